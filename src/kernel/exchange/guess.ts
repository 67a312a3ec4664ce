import { createHash } from 'node:crypto'
import type { Text } from '../../handbook/model.ts'
import type { ColumnSpec, Importer, Mapping, ReadSheet } from './importer.ts'
import { textOf } from './sheet/text.ts'

/** Traditional characters of headings beside the simplified ones. */
const pairs =
  '訂订單单戶户編编號号稱称區区產产銷销額额數数類类別别貨货運运發发郵邮細细經经員员狀状態态幣币種种備备註注責责負负價价稅税潤润門门業业務务級级職职電电話话聯联繫系機机'
const simplified = new Map(pairs.match(/../gu)?.map((pair) => [pair[0] as string, pair[1] as string]))

const plain = (text: string): string =>
  [...textOf(text)]
    .map((one) => simplified.get(one) ?? one)
    .join('')
    .toLowerCase()
    .replaceAll(/[\s_\-/()（）:：]/g, '')
const means = (heading: string, names: readonly string[]): boolean =>
  names.some((name) => plain(name) === plain(heading))

const names = ({ label, aliases }: { label: Text; aliases: readonly string[] }): string[] => [
  label.zh,
  label.en,
  ...aliases,
]

/** Whether a heading is one that an importer asks for, in any of its parts. */
export function knownHeadings(importer: Importer): (heading: string) => boolean {
  const known = new Set(importer.sheets.flatMap((spec) => spec.columns.flatMap(names)).map(plain))
  return (heading) => known.has(plain(heading))
}

/**
 * The mapping a person would probably choose: sheets by name or by their headings, columns by label and alias. Hidden sheets are nobody's
 * guess. A sheet that is not named for its part is taken for it when it has all that the part requires and, where the part may be missing,
 * what it is known by; one heading that many sheets have is no reason.
 */
export function guessMapping(importer: Importer, sheets: readonly ReadSheet[]): Mapping {
  const chosen: Record<string, string | null> = {}
  const columns: Record<string, Record<string, string | null>> = {}
  const visible = sheets.filter((sheet) => !sheet.hidden)
  for (const spec of importer.sheets) {
    const has = (sheet: ReadSheet, column: ColumnSpec) =>
      sheet.headings.some((heading) => means(heading, names(column)))
    const hits = (sheet: ReadSheet) => spec.columns.filter((column) => has(sheet, column)).length
    const whole = (sheet: ReadSheet) => spec.columns.every((column) => !column.required || has(sheet, column))
    const speaks = (sheet: ReadSheet) =>
      spec.known
        ? spec.columns.every((column) => !spec.known?.includes(column.id) || has(sheet, column))
        : hits(sheet) > 1
    const free = visible.filter((sheet) => !Object.values(chosen).includes(sheet.name))
    const sheet =
      free.find((one) => means(one.name, names(spec)) && (spec.required || whole(one))) ??
      free
        .filter((one) => whole(one) && (spec.required || speaks(one)))
        .sort((a, b) => hits(b) - hits(a))[0] ??
      // A single table is what was meant, whatever it lacks.
      (spec.required && visible.length === 1 ? free[0] : undefined)
    chosen[spec.id] = sheet?.name ?? null
    columns[spec.id] = Object.fromEntries(
      spec.columns.map((column) => {
        const found = sheet?.headings.filter((heading) => means(heading, names(column))) ?? []
        return [
          column.id,
          found.find((heading) => !sheet?.hiddenColumns.includes(heading)) ?? found[0] ?? null,
        ]
      }),
    )
  }
  return { sheets: chosen, columns }
}

/** What a file looks like, whatever it holds: equal for next month's file of the same source. */
export const fingerprintOf = (sheets: readonly ReadSheet[]): string =>
  createHash('sha256')
    .update(JSON.stringify(sheets.map((sheet) => [sheet.name, sheet.headings])))
    .digest('hex')
