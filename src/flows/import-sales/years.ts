import type { Edition } from '../../handbook/model.ts'
import type { Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import { invalid, Refusal } from '../../kernel/refusal.ts'
import { type Basis, bases, basisNames, basisOfEdition, basisWords } from '../../modules/orders/basis.ts'
import { sheets } from './file.ts'
import type { LineRow } from './rows.ts'

/** The date of a line that each basis counts by. */
export const dayOf: Readonly<Record<Basis, 'ordered_on' | 'shipped_on' | 'accepted_on'>> = {
  order: 'ordered_on',
  shipment: 'shipped_on',
  acceptance: 'accepted_on',
}
const yearOf = (day: string): number => Number(day.slice(0, 4))

/** How the lines of a file fall into years. */
export interface Years {
  /** What years take that nobody has set; `null` where the file reaches none. */
  readonly basis: Basis | null
  /** Years that this file sets. */
  readonly fresh: readonly number[]
  readonly faults: readonly RowFault[]
  /** Rows that can be written. */
  readonly lines: readonly LineRow[]
  /** Lines that would count in two years, and in none, because two years are dated differently. */
  readonly twice: readonly LineRow[]
  readonly never: readonly LineRow[]
}

/**
 * Judges lines by the basis of the years they fall into: set before, or by this file. A line without the date that its year counts by
 * cannot be written.
 * @throws Refusal 422 when another basis was chosen than a year has, or a year has none and none was chosen
 */
export function yearsOf(
  all: readonly LineRow[],
  set: ReadonlyMap<number, Basis>,
  chosen: Basis | null,
  edition: Edition,
  mapping: Mapping,
  taken: Taken,
): Years {
  // The edition's basis is the default where the file bears its date; where it does not, somebody has to say.
  const own = basisOfEdition(edition)
  const basis = chosen ?? (mapping.columns.lines?.[dayOf[own]] ? own : null)
  if (chosen) refuseOther(all, set, chosen)
  const yearBasis = (year: number) => set.get(year) ?? basis
  const unset = new Set<number>()
  const lines: LineRow[] = []
  const faults: RowFault[] = []
  for (const line of all) {
    const year = yearOf(line.ordered_on)
    const by = yearBasis(year)
    if (by === null) unset.add(year)
    else if (line[dayOf[by]] === null && line.counts) faults.push(undated(line, year, by, mapping, taken))
    else lines.push(line)
  }
  if (unset.size > 0) throw wanted([...unset].sort(), own)
  const fresh = new Set<number>()
  const twice: LineRow[] = []
  const never: LineRow[] = []
  for (const line of lines) {
    if (!line.counts) continue
    let times = 0
    for (const one of bases) {
      const day = line[dayOf[one]]
      if (day === null || yearBasis(yearOf(day)) !== one) continue
      times += 1
      if (!set.has(yearOf(day))) fresh.add(yearOf(day))
    }
    if (times === 0) never.push(line)
    if (times > 1) twice.push(line)
  }
  return { basis, fresh: [...fresh].sort(), faults, lines, twice, never }
}

/** A choice that contradicts a year is refused: one line on another basis would tear the year apart. */
function refuseOther(lines: readonly LineRow[], set: ReadonlyMap<number, Basis>, chosen: Basis): void {
  const other = new Map<number, Basis>()
  for (const line of lines) {
    const year = yearOf(line[dayOf[chosen]] ?? line.ordered_on)
    const basis = set.get(year)
    if (basis && basis !== chosen) other.set(year, basis)
  }
  if (other.size === 0) return
  const said = (lang: 'zh' | 'en') =>
    [...other]
      .sort(([a], [b]) => a - b)
      .map(([year, basis]) =>
        lang === 'zh' ? `${year} 年${basisWords[basis].zh}` : `${year} ${basisWords[basis].en}`,
      )
      .join(lang === 'zh' ? '，' : ', ')
  throw new Refusal(
    422,
    'basis-set',
    {
      zh: `没有导入：销售口径已定（${said('zh')}），这次选的是${basisWords[chosen].zh}。照已定的口径导，或者先改那一年的口径`,
      en: `Not imported: the basis of sales is set (${said('en')}), and ${basisWords[chosen].en} was chosen. Import as it is set, or change the basis of that year first`,
    },
    {
      faults: [{ path: 'choices.basis', text: { zh: `已定：${said('zh')}`, en: `Set: ${said('en')}` } }],
      detail: { set: Object.fromEntries(other) },
    },
  )
}

const wanted = (years: readonly number[], own: Basis): Refusal => {
  const [first, last] = [years[0], years.at(-1)]
  const span = first === last ? `${first}` : `${years.join('、')}`
  return invalid(
    {
      zh: `${span} 年的销售口径还没有定，文件里也没有手册所定（${basisWords[own].zh}）的那一列。选一种口径：下单、发货或验收`,
      en: `The basis of sales of ${span.replaceAll('、', ', ')} is not set, and the file has no column for the handbook’s (${basisWords[own].en}). Choose one: order, shipment or acceptance`,
    },
    [{ path: 'choices.basis', text: { zh: '选一种口径', en: 'Choose a basis' } }],
  )
}

function undated(line: LineRow, year: number, basis: Basis, mapping: Mapping, taken: Taken): RowFault {
  const id = dayOf[basis]
  const label = sheets[0]?.columns.find((one) => one.id === id)?.label ?? basisNames[basis]
  return {
    sheet: taken.lines?.name ?? '',
    row: line.row,
    column: mapping.columns.lines?.[id] ?? '',
    value: '',
    text: {
      zh: `缺“${label.zh}”：${year} 年的销售${basisWords[basis].zh}计`,
      en: `${label.en} is missing: sales of ${year} count ${basisWords[basis].en}`,
    },
  }
}
