import { exportTold } from '../audit/security.ts'
import { actForAsker } from '../auth/acting.ts'
import type { Ctx } from '../context.ts'
import type { Asked, HeavyKind } from '../jobs/heavy.ts'
import { notFound } from '../refusal.ts'
import { requireRight } from '../rights/may.ts'
import { listed } from './beside.ts'
import { columnsOf, exportedFile } from './export.ts'
import type { Query } from './filter.ts'
import { type Kind, rightKindOf } from './kind.ts'

interface Input {
  readonly kind: string
  readonly query: Query
}

/**
 * A list as a file, for the person who asks.
 * @throws Refusal 422 for a column that is not declared, before anything is queued
 */
export async function downloadAsked(ctx: Ctx, kind: Kind, query: Query): Promise<Asked> {
  const { fields } = listed(kind, ctx.house.registry.besides.get(kind.id))
  columnsOf(fields, query.columns as string | undefined)
  await exportTold(ctx, { kind: kind.id, format: query.format ?? 'xlsx' })
  const input: Input = { kind: kind.id, query }
  return { kind: 'download', key: `${ctx.actor.userId} ${JSON.stringify(input)}`, input: { ...input } }
}

export const downloadJob: HeavyKind = {
  id: 'download',
  label: { zh: '导出列表', en: 'Exporting a list' },
  lane: 'file',
  bounds: { memoryMb: 700, seconds: 600 },
  async run({ kernel, userId, lang, input }) {
    const { kind: id, query } = input as Input
    const kind = kernel.registry.kinds.get(id)
    if (!kind) throw notFound()
    const acting = await actForAsker(kernel, userId, lang)
    return {
      file: await acting.run(async (ctx) => {
        await requireRight(ctx, rightKindOf(kind), 'export')
        return exportedFile(ctx, kind, query)
      }),
    }
  },
}
