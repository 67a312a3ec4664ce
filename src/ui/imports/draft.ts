import type { ImportRun } from '../../kernel/exchange/wire.ts'

export type Mapping = ImportRun['mapping']
export type Ask = ImportRun['asks'][number]
export type Sheet = ImportRun['sheets'][number]

/** The steps of an import in their order. */
export const steps = ['sheets', 'columns', 'trial', 'owners', 'write'] as const
export type Step = (typeof steps)[number]

/** The steps of a run: where nothing is proposed there is nothing to change. */
export const stepsOf = (run: Pick<ImportRun, 'importer'>): Step[] =>
  steps.filter((one) => one !== 'owners' || run.importer.proposes)

/** The step a run stands at when it is opened. */
export function stepOf(run: Pick<ImportRun, 'state'>): Step {
  switch (run.state) {
    case 'mapping':
      return 'sheets'
    case 'tried':
      return 'trial'
    default:
      return 'write'
  }
}

/** Steps that can be opened now: all before and including the one the run stands at; after a trial all. */
export function reachable(run: Pick<ImportRun, 'state' | 'trial'>, step: Step): boolean {
  switch (run.state) {
    case 'mapping':
      return step === 'sheets' || step === 'columns'
    case 'tried':
      return step !== 'owners' || (run.trial?.proposals ?? 0) > 0
    case 'failed':
      return step !== 'owners' && (step !== 'trial' || run.trial !== null)
    default:
      return step === 'write'
  }
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_\-/()（）:：]/g, '')

/** Another sheet for a part: headings that the new sheet has too are kept, others are looked for by name. */
export function withSheet(mapping: Mapping, ask: Ask, sheet: Sheet | null): Mapping {
  const before = mapping.columns[ask.id] ?? {}
  const columns = Object.fromEntries(
    ask.columns.map((column) => {
      const kept = before[column.id]
      if (!sheet) return [column.id, null]
      if (kept && sheet.headings.includes(kept)) return [column.id, kept]
      const names = [column.label.zh, column.label.en, column.id].map(plain)
      return [column.id, sheet.headings.find((heading) => names.includes(plain(heading))) ?? null]
    }),
  )
  return {
    sheets: { ...mapping.sheets, [ask.id]: sheet?.name ?? null },
    columns: { ...mapping.columns, [ask.id]: columns },
  }
}

/** Another column of the file for a field. */
export const withColumn = (
  mapping: Mapping,
  ask: string,
  column: string,
  heading: string | null,
): Mapping => ({
  ...mapping,
  columns: { ...mapping.columns, [ask]: { ...mapping.columns[ask], [column]: heading } },
})

/** Required parts without a sheet. */
export const missingSheets = (asks: readonly Ask[], mapping: Mapping): Ask[] =>
  asks.filter((ask) => ask.required && !mapping.sheets[ask.id])

/** Required fields without a column, of the parts that have a sheet. */
export const missingColumns = (asks: readonly Ask[], mapping: Mapping): Ask['columns'] =>
  asks
    .filter((ask) => mapping.sheets[ask.id])
    .flatMap((ask) =>
      ask.columns.filter((column) => column.required && !mapping.columns[ask.id]?.[column.id]),
    )

/** The first value that stands under a heading in the rows shown of a sheet. */
export function sampleOf(sheet: Sheet | undefined, heading: string | null | undefined): string {
  const at = heading ? (sheet?.headings.indexOf(heading) ?? -1) : -1
  return at === -1 ? '' : (sheet?.sample.map((row) => row[at] ?? '').find((value) => value !== '') ?? '')
}

/** Columns of a sheet that no field is taken from, with an example of each. */
export const leftOver = (
  sheet: Sheet | undefined,
  columns: Readonly<Record<string, string | null>>,
): { heading: string; sample: string }[] => {
  const taken = new Set(Object.values(columns))
  return (sheet?.headings ?? [])
    .filter((heading) => !taken.has(heading))
    .map((heading) => ({ heading, sample: sampleOf(sheet, heading) }))
}

/** Rows that writing would add or change. */
export const rowsToWrite = (counts: readonly { fresh: number; changed: number }[]): number =>
  counts.reduce((sum, one) => sum + one.fresh + one.changed, 0)
