import type { Deadline, Edition, Norm, NormCell, NormColumn, NormRow, NormValue, Text } from '../model.ts'

/** Runs in the browser, too: norms found by their path and told in words, alike on screen and paper. */
export interface FoundNorm {
  readonly norm: Norm
  /** Whole name: of a value, or of row and column. */
  readonly name: Text
  readonly value: number | string | boolean | Deadline | Text | null
  readonly words: Text
  /** What a permanent link marks: the value or the row. */
  readonly part: string
}

/** Which norm table a path leads into; the longest id wins. */
export const normOf = (edition: Pick<Edition, 'norms'>, path: string): Norm | undefined =>
  edition.norms
    .filter((one) => path === one.id || path.startsWith(`${one.id}.`))
    .sort((a, b) => b.id.length - a.id.length)[0]

/** The name of a post as people say it; an id that no post has stays visible. */
export const calledIn =
  (edition: Pick<Edition, 'posts'>) =>
  (post: string): Text =>
    edition.posts.find((one) => one.id === post)?.name ?? { zh: post, en: post }

/** What stands at `norm.planning.reviewRounds` (a value) or `norm.limits.price.KAM` (a cell); `null` when nothing does. */
export function findNorm(edition: Pick<Edition, 'norms' | 'posts'>, path: string): FoundNorm | null {
  const of = places.get(edition.norms) ?? new Map<string, FoundNorm | null>()
  places.set(edition.norms, of)
  const known = of.get(path)
  if (known !== undefined) return known
  const found = lookUp(edition, path)
  of.set(path, found)
  return found
}

// Norms never change, and every deadline and every number in a text asks for its place again.
const places = new WeakMap<Edition['norms'], Map<string, FoundNorm | null>>()

function lookUp(edition: Pick<Edition, 'norms' | 'posts'>, path: string): FoundNorm | null {
  const norm = normOf(edition, path)
  if (!norm) return null
  const [first = '', second, ...more] = path.slice(norm.id.length + 1).split('.')
  const value = norm.values[first]
  if (value && second === undefined)
    return { norm, name: value.name, value: value.value, words: valueText(value), part: first }
  const row = norm.rows.find((one) => one.id === first)
  const column = norm.columns.find((one) => one.id === second)
  const cell = second === undefined ? undefined : row?.cells[second]
  if (!row || !column || !cell || more.length > 0) return null
  return {
    norm,
    name: { zh: `${row.name.zh}，${column.name.zh}`, en: `${row.name.en}, ${column.name.en}` },
    value: cell.kind === 'value' ? cell.value : null,
    words: cellText(cell, calledIn(edition), row.unit ?? column.unit),
    part: first,
  }
}

/** The row that `norm.limits.price` names; `null` when there is none. */
export function findRow(edition: Pick<Edition, 'norms'>, path: string): { norm: Norm; row: NormRow } | null {
  const norm = normOf(edition, path)
  const row = norm?.rows.find((one) => `${norm.id}.${one.id}` === path)
  return norm && row ? { norm, row } : null
}

const isText = (value: object): value is Text => 'zh' in value
/** Whether a norm's value is a deadline. */
export const isDeadline = (value: unknown): value is Deadline =>
  typeof value === 'object' && value !== null && !isText(value)

/** Whether the program can count the day: not for shares of a bid's time, dates set case by case, or another beginning. */
export const isCounted = ({ share, open, from }: Deadline): boolean =>
  share === undefined && open === undefined && from === undefined

/** Whether a row tells up to which amount each post may decide, one post a column. */
export const isLadder = (edition: Pick<Edition, 'posts'>, norm: Norm, row: NormRow): boolean =>
  norm.columns.length > 0 &&
  norm.columns.every((column) => edition.posts.some((post) => post.id === column.id)) &&
  norm.columns.some(({ id }) => {
    const cell = row.cells[id]
    return cell?.kind === 'value' && typeof cell.value === 'number' && cell.value > 0
  })

/** Who may decide up to how much, from the lowest post up: 经理 3% · 主管 8%. Posts without power are left out. */
export function ladderText(edition: Pick<Edition, 'posts'>, norm: Norm, row: NormRow): Text {
  const parts = norm.columns.flatMap((column) => {
    const cell = row.cells[column.id]
    if (!cell || cell.kind === 'none' || (cell.kind === 'value' && cell.value === 0)) return []
    const words = cellText(cell, calledIn(edition), row.unit ?? column.unit)
    return [{ zh: `${column.name.zh} ${words.zh}`, en: `${column.name.en} ${words.en}` }]
  })
  return { zh: parts.map((one) => one.zh).join(' · '), en: parts.map((one) => one.en).join(' · ') }
}

/** What each post may decide by a row of limits, as a range of amounts: 超过 8%，至 15%. Posts without a part are left out. */
export function rangesOf(
  edition: Pick<Edition, 'posts'>,
  norm: Norm,
  row: NormRow,
): { post: string; range: Text }[] {
  const called = calledIn(edition)
  let from: Text | null = null
  const ranges: { post: string; range: Text }[] = []
  for (const column of norm.columns) {
    const cell = row.cells[column.id]
    if (!cell || cell.kind === 'none' || (cell.kind === 'value' && cell.value === 0)) continue
    const words = cellText(cell, called, row.unit ?? column.unit)
    const over: Text = from
      ? { zh: `超过 ${from.zh}`, en: `over ${from.en}` }
      : { zh: '任何数额', en: 'any amount' }
    if (cell.kind === 'unlimited') {
      const signs = cellText({ kind: 'value', value: over, and: cell.and }, called)
      ranges.push({ post: column.id, range: signs })
    } else if (typeof cell.value === 'number') {
      const upTo: Text = from
        ? { zh: `${over.zh}，至 ${words.zh}`, en: `${over.en}, up to ${words.en}` }
        : { zh: `至 ${words.zh}`, en: `up to ${words.en}` }
      ranges.push({ post: column.id, range: upTo })
      from = cellText({ ...cell, and: [] }, called, row.unit ?? column.unit)
    } else ranges.push({ post: column.id, range: words })
  }
  return ranges
}

/** The lowest post whose limit in a row covers `amount`; `null` when none does. */
export function judgeOf(norm: Norm, row: NormRow, amount: number): NormColumn | null {
  return (
    norm.columns.find(({ id }) => {
      const cell = row.cells[id]
      if (cell?.kind === 'unlimited') return true
      return cell?.kind === 'value' && typeof cell.value === 'number' && cell.value >= amount
    }) ?? null
  )
}

/** A norm's value in words, with its unit. */
export function valueText({ value, unit }: Pick<NormValue, 'value' | 'unit'>): Text {
  if (isDeadline(value)) return deadlineText(value)
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  return withUnit(typeof value === 'number' ? grouped(value, unit) : value, unit)
}

/** A cell in words: its value with the unit and who signs beside, no limit, or no power. */
export function cellText(cell: NormCell, called: (post: string) => Text, unit?: Text): Text {
  if (cell.kind === 'none') return { zh: '—', en: '—' }
  const { zh, en } = cell.kind === 'unlimited' ? { zh: '不限', en: 'no limit' } : ofCell(cell.value, unit)
  if (cell.and.length === 0) return { zh, en }
  const signers = cell.and.map(called)
  const named = signers.map((one) => one.zh).join('、')
  return {
    zh: `${zh}（${named}${han.test(named.slice(-1)) ? '' : ' '}会签）`,
    en: `${en} (with ${signers.map((one) => one.en).join(', ')})`,
  }
}

function ofCell(value: number | Text | Deadline, unit?: Text): Text {
  if (typeof value === 'number') return withUnit(grouped(value, unit), unit)
  return isDeadline(value) ? deadlineText(value) : value
}

/** 1,000,000 reads better than 1000000; a number without a unit may be a year or a code, and stays whole up to four digits. */
const grouped = (value: number, unit?: Text): string =>
  Math.abs(value) < (unit ? 1000 : 10_000)
    ? String(value)
    : value.toLocaleString('en-US', { maximumFractionDigits: 10 })

function withUnit(number: string, unit?: Text): Text {
  if (!unit) return { zh: number, en: number }
  if (unit.zh === '%') return { zh: `${number}%`, en: `${number}%` }
  return { zh: `${number} ${unit.zh}`, en: `${number} ${unit.en}` }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dayText(date: string, year = 0): Text {
  const month = Number(date.slice(0, 2))
  const day = Number(date.slice(3))
  const zh = year < 0 ? '上年 ' : year > 0 ? '次年 ' : '当年 '
  const en = year < 0 ? ' of the year before' : year > 0 ? ' of the year after' : ' of the year itself'
  return { zh: `${zh}${month} 月 ${day} 日`, en: `${day} ${months[month - 1] ?? ''}${en}` }
}

const some = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** When a step is due, in words. */
export function deadlineText(deadline: Deadline): Text {
  const { zh, en } = plain(deadline)
  const { from, latest } = deadline
  const last = latest ? dayText(latest.date, latest.year) : null
  return {
    zh: `${from ? `${from.zh} ` : ''}${zh}${last ? `，不晚于${last.zh}` : ''}`,
    en: `${en}${from ? ` ${from.en}` : ''}${last ? `, by ${last.en} at the latest` : ''}`,
  }
}

const period = {
  month: { zh: '次月', en: 'the next month' },
  quarter: { zh: '次季', en: 'the next quarter' },
} as const

function plain(deadline: Deadline): Text {
  const { date, year, workdays, workdayOf, days, hours, share, open, least } = deadline
  const span = (zh: string, en: string): Text =>
    least ? { zh: `至少 ${zh}`, en: `at least ${en}` } : { zh: `${zh}内`, en: `within ${en}` }
  if (open) return open
  if (date) return dayText(date, year)
  if (workdayOf)
    return {
      zh: `${period[workdayOf].zh}第 ${workdays ?? 0} 个工作日`,
      en: `working day ${workdays ?? 0} of ${period[workdayOf].en}`,
    }
  if (workdays !== undefined) return span(`${workdays} 个工作日`, some(workdays, 'working day'))
  if (days !== undefined) return span(`${days} 天`, some(days, 'day'))
  if (hours !== undefined) return span(`${hours} 小时`, some(hours, 'hour'))
  if (share !== undefined)
    return { zh: `投标时间的 ${share}% 之内`, en: `within ${share}% of the time for the bid` }
  return { zh: `${deadline.months ?? 0} 个月内`, en: `within ${some(deadline.months ?? 0, 'month')}` }
}

const han = /\p{Script=Han}/u

/**
 * Fills `{{norm.planning.reviewRounds}}` with the norm's value and unit; an unknown reference stays visible. Chinese knows a space beside
 * figures and Latin letters only, and what a value begins and ends with is known only now.
 */
export const filled = (edition: Pick<Edition, 'norms' | 'posts'>, text: string, lang: 'zh' | 'en'): string =>
  text.replaceAll(
    /(\s?)\{\{((?:norm|kpi)\.[\w.-]+)\}\}(\s?)(?=(\S?))/gu,
    (whole, before: string, path: string, after: string, next: string) => {
      const words = findNorm(edition, path)?.words[lang]
      if (words === undefined) return whole
      const opens = han.test([...words][0] ?? '') ? '' : before
      const closes = han.test([...words].at(-1) ?? '') && han.test(next) ? '' : after
      return `${opens}${words}${closes}`
    },
  )
