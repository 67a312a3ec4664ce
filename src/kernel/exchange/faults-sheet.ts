import { actForAsker } from '../auth/acting.ts'
import type { Ctx } from '../context.ts'
import type { Asked, HeavyKind } from '../jobs/heavy.ts'
import { workbook, xlsxFile } from '../records/export.ts'
import { faultsOf, runById } from './runs.ts'

interface Input {
  readonly runId: number
}
const mostRows = 100_000
const heads = {
  zh: ['工作表', '行', '列', '内容', '原因和改法'],
  en: ['Sheet', 'Row', 'Column', 'Value', 'Reason and mend'],
} as const
const widths = [16, 8, 18, 24, 70]

/** The faulty rows of a run as a sheet; the same until the run is tried again. */
export async function faultsAsked(ctx: Ctx, runId: number): Promise<Asked> {
  const { rev } = await runById(ctx.tx, runId)
  return { kind: 'faults', key: `${ctx.actor.userId} ${ctx.lang} ${runId} ${rev}`, input: { runId } }
}

export const faultsJob: HeavyKind = {
  id: 'faults',
  label: { zh: '写不进去的行', en: 'Listing the faulty rows' },
  lane: 'file',
  bounds: { memoryMb: 500, seconds: 300 },
  async run({ kernel, userId, lang, input }) {
    const acting = await actForAsker(kernel, userId, lang)
    const { items } = await acting.run((ctx) => faultsOf(ctx, (input as Input).runId, 0, mostRows))
    const title = { zh: '问题行', en: 'Faulty rows' }[lang]
    const columns = heads[lang].map((label, at) => ({ label, width: widths[at] ?? 18 }))
    const rows = async function* () {
      for (const one of items) yield [one.sheet, one.row, one.column, one.value, one.text[lang]]
    }
    return { file: xlsxFile(title, await workbook(title, columns, rows())) }
  },
}
