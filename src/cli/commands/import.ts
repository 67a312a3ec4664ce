import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ZodError } from 'zod'
import { registry } from '../../app/registry.ts'
import { createApp } from '../../app.ts'
import type { AskedReading } from '../../kernel/exchange/import-file.ts'
import type { Mapping } from '../../kernel/exchange/importer.ts'
import { encodings } from '../../kernel/exchange/sheet/encodings.ts'
import { mappingSchema } from '../../kernel/exchange/wire.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

/**
 * `kambook import FILE --user LOGIN [--what sales|account] [--map FILE] [--basis order|shipment|acceptance] [--source NAME]
 * [--numbers order|source] [--state WORD=counted|left]... [--encoding NAME] [--header-row N|SHEET=N]... [--dates ymd|dmy|mdy] [--decimal point|comma] [--hidden-rows] [--fill-merged] [--dry-run] [--yes]`
 */
export async function importRecords(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      user: { type: 'string' },
      what: { type: 'string', default: 'sales' },
      map: { type: 'string' },
      basis: { type: 'string' },
      source: { type: 'string' },
      numbers: { type: 'string' },
      state: { type: 'string', multiple: true },
      encoding: { type: 'string' },
      'header-row': { type: 'string', multiple: true },
      dates: { type: 'string' },
      decimal: { type: 'string' },
      'hidden-rows': { type: 'boolean', default: false },
      'fill-merged': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
    1,
  )
  const file = resolve(required(positionals[0], 'FILE'))
  const login = required(values.user, '--user')
  const basis = values.basis ? oneOf(values.basis, '--basis', ['order', 'shipment', 'acceptance']) : undefined
  const choices = {
    ...(values.source ? { source: values.source } : {}),
    ...(values.numbers ? { numbers: oneOf(values.numbers, '--numbers', ['order', 'source']) } : {}),
    ...(values.state ? { states: Object.fromEntries(values.state.map(stateOf)) } : {}),
  }
  const what = oneOf(values.what, '--what', [...registry.importers.keys()])
  const reading: AskedReading = {
    ...(values.encoding ? { encoding: oneOf(values.encoding.toLowerCase(), '--encoding', encodings) } : {}),
    ...(values.dates ? { dates: oneOf(values.dates, '--dates', ['ymd', 'dmy', 'mdy'] as const) } : {}),
    ...(values.decimal ? { decimal: oneOf(values.decimal, '--decimal', ['point', 'comma'] as const) } : {}),
    headerRows: Object.fromEntries((values['header-row'] ?? []).map(headerRowOf)),
    hiddenRows: values['hidden-rows'],
    fillMerged: values['fill-merged'],
  }
  const map = values.map ? await readMap(values.map) : undefined
  await withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      const { importFile } = await import('../../kernel/exchange/import-file.ts')
      process.exitCode = await importFile(
        app.kernel,
        { file, login, what, map, basis, choices, reading, dryRun: values['dry-run'], yes: values.yes },
        say,
      )
    } finally {
      await app.close()
    }
  })
}

/** `2`, or `明细=2` for one of several sheets; 0 says that there are no headings. */
function headerRowOf(said: string): [string, number] {
  const [, sheet = '', row = ''] = /^(?:(.*)=)?(\d{1,7})$/s.exec(said) ?? []
  if (row === '')
    throw new UsageError({
      zh: `--header-row 写行号，如 2，或 工作表=2；不是“${said}”`,
      en: `--header-row takes a row number such as 2, or SHEET=2, not “${said}”`,
    })
  return [sheet, Number(row)]
}

/** `待定=left`: what a word of state means. */
function stateOf(said: string): [string, string] {
  const at = said.lastIndexOf('=')
  return [said.slice(0, Math.max(at, 0)), oneOf(said.slice(at + 1), '--state', ['counted', 'left'])]
}

/** A mapping is YAML; JSON is YAML as well. */
async function readMap(path: string): Promise<Mapping> {
  const { parse } = await import('yaml')
  try {
    return mappingSchema.parse(parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof ZodError)
      throw new UsageError({
        zh: `对应表 ${path} 不合要求：${error.issues.map((one) => one.path.join('.') || '·').join('、')}。写法见 docs/operations.zh-CN.md`,
        en: `The mapping ${path} does not fit: ${error.issues.map((one) => one.path.join('.') || '·').join(', ')}. See docs/operations.md`,
      })
    throw new UsageError({
      zh: `读不了对应表 ${path}：${error}`,
      en: `The mapping ${path} cannot be read: ${error}`,
    })
  }
}
