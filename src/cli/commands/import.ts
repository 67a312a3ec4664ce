import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ZodError } from 'zod'
import { registry } from '../../app/registry.ts'
import { createApp } from '../../app.ts'
import type { Mapping } from '../../kernel/exchange/importer.ts'
import { mappingSchema } from '../../kernel/exchange/wire.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { withDatabase } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook import FILE --user LOGIN [--what sales|account] [--map FILE] [--basis order|shipment|acceptance] [--dry-run] [--yes]` */
export async function importRecords(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      user: { type: 'string' },
      what: { type: 'string', default: 'sales' },
      map: { type: 'string' },
      basis: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
    1,
  )
  const file = resolve(required(positionals[0], 'FILE'))
  const login = required(values.user, '--user')
  const basis = values.basis ? oneOf(values.basis, '--basis', ['order', 'shipment', 'acceptance']) : undefined
  const what = oneOf(values.what, '--what', [...registry.importers.keys()])
  const map = values.map ? await readMap(values.map) : undefined
  await withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      const { importFile } = await import('../../kernel/exchange/import-file.ts')
      process.exitCode = await importFile(
        app.kernel,
        { file, login, what, map, basis, dryRun: values['dry-run'], yes: values.yes },
        say,
      )
    } finally {
      await app.close()
    }
  })
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
