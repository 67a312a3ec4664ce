import { createHash } from 'node:crypto'
import type { Importer, Mapping, ReadSheet } from './importer.ts'
import { textOf } from './sheet/values.ts'

const plain = (text: string): string =>
  textOf(text)
    .toLowerCase()
    .replaceAll(/[\s_\-/()（）:：]/g, '')
const means = (heading: string, names: readonly string[]): boolean =>
  names.some((name) => plain(name) === plain(heading))

/** The mapping a person would probably choose: sheets by name or by their headings, columns by label and alias. */
export function guessMapping(importer: Importer, sheets: readonly ReadSheet[]): Mapping {
  const chosen: Record<string, string | null> = {}
  const columns: Record<string, Record<string, string | null>> = {}
  for (const spec of importer.sheets) {
    const hits = (sheet: ReadSheet) =>
      spec.columns.filter((column) =>
        sheet.headings.some((heading) =>
          means(heading, [column.label.zh, column.label.en, ...column.aliases]),
        ),
      ).length
    const free = sheets.filter((sheet) => !Object.values(chosen).includes(sheet.name))
    const required = spec.columns.filter((column) => column.required).length
    const known = (sheet: ReadSheet) =>
      spec.columns
        .filter((column) => column.required || spec.known?.includes(column.id))
        .every((column) =>
          sheet.headings.some((heading) =>
            means(heading, [column.label.zh, column.label.en, ...column.aliases]),
          ),
        )
    const sheet =
      free.find((one) => means(one.name, [spec.label.zh, spec.label.en, ...spec.aliases])) ??
      free
        .filter((one) => (spec.known ? known(one) : hits(one) >= required))
        .sort((a, b) => hits(b) - hits(a))[0]
    chosen[spec.id] = sheet?.name ?? null
    columns[spec.id] = Object.fromEntries(
      spec.columns.map((column) => [
        column.id,
        sheet?.headings.find((heading) =>
          means(heading, [column.label.zh, column.label.en, ...column.aliases]),
        ) ?? null,
      ]),
    )
  }
  return { sheets: chosen, columns }
}

/** What a file looks like, whatever it holds: equal for next month's file of the same source. */
export const fingerprintOf = (sheets: readonly ReadSheet[]): string =>
  createHash('sha256')
    .update(JSON.stringify(sheets.map((sheet) => [sheet.name, sheet.headings])))
    .digest('hex')
