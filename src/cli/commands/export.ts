import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createApp } from '../../app.ts'
import { exportTold } from '../../kernel/audit/security.ts'
import { actAs } from '../../kernel/auth/acting.ts'
import { exportFileOf, makeExport } from '../../kernel/exchange/exports.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { fileProblem } from '../files.ts'
import { withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook export KIND --user LOGIN`: the same file as in the browser, under the same rights, with the same trail. */
export async function exportRecords(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      user: { type: 'string' },
      format: { type: 'string' },
      filter: { type: 'string', multiple: true, default: [] },
      columns: { type: 'string' },
      lang: { type: 'string' },
      out: { type: 'string' },
    },
    1,
  )
  const kind = required(positionals[0], 'KIND')
  const login = required(values.user, '--user')
  const named = values.out?.endsWith('.csv') ? 'csv' : 'xlsx'
  const format = oneOf(values.format ?? named, '--format', ['xlsx', 'csv'] as const)
  const lang = values.lang ? oneOf(values.lang, '--lang', ['zh', 'en'] as const) : undefined
  const filter = Object.fromEntries(values.filter.map(pair))
  const columns = values.columns?.split(',').map((one) => one.trim())
  await withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      const acting = await actAs(app.kernel, login, lang)
      const { run, file } = await acting.run(async (ctx) => {
        const run = await makeExport(ctx, {
          kind,
          format,
          filter,
          ...(columns ? { columns } : {}),
          ...(lang ? { lang } : {}),
        })
        await exportTold(ctx, { kind, format, at: 'terminal' })
        return { run, file: await exportFileOf(ctx, run.id) }
      })
      const out = resolve(values.out ?? file.name)
      await writeFile(out, file.bytes).catch((error) => {
        throw fileProblem(error, out)
      })
      say({ zh: `已导出 ${run.rows} 行`, en: `${run.rows} rows exported` })
      console.log(out)
    } finally {
      await app.close()
    }
  })
}

function pair(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new UsageError({
    zh: `--filter 要写成 字段=值，${text} 不是`,
    en: `Write --filter as FIELD=VALUE; ${text} is none`,
  })
}
