/** A number that the file shows as more than its digits: `000042`, `50%`, `$100`. */
export interface Shown {
  readonly n: number
  readonly w: string
}
/** A cell that the file itself shows as a day; `w` is how it is shown. */
export interface Day {
  readonly day: string
  readonly w: string
}
/** A cell without a value that could be taken: an error of the sheet, a formula never reckoned, a part of a merged cell. */
export interface Broken {
  readonly broken: 'error' | 'formula' | 'merged'
  readonly w: string
}
/** What stands in a cell of a file. */
export type Cell = string | number | null | Shown | Day | Broken

export const isShown = (cell: unknown): cell is Shown =>
  typeof cell === 'object' && cell !== null && 'n' in cell
export const isDay = (cell: unknown): cell is Day =>
  typeof cell === 'object' && cell !== null && 'day' in cell
export const isBroken = (cell: unknown): cell is Broken =>
  typeof cell === 'object' && cell !== null && 'broken' in cell

/** Digits of a number as a person would type them; up to fifteen are exact. */
export const digitsOf = (n: number): string =>
  Number.isInteger(n) && Math.abs(n) < 1e21 ? n.toFixed(0) : String(n)

/** A cell as a plain text: what the file shows, days as `YYYY-MM-DD`. */
export function plainText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return digitsOf(cell)
  if (isShown(cell)) return cell.w
  if (isDay(cell)) return cell.day
  if (isBroken(cell)) return cell.w
  return String(cell)
}

const errorText =
  /^#(REF!|N\/A|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|BLOCKED!|UNKNOWN!)$/
/** A cell of a CSV as it is meant: `="00123"` is the text 00123, and what a sheet showed as an error is one. */
export function cellOfText(text: string): Cell {
  if (text === '') return null
  if (text.startsWith('="') && text.endsWith('"') && text.length > 3)
    return text.slice(2, -1).replaceAll('""', '"')
  if (text.startsWith('#') && errorText.test(text.trim())) return { broken: 'error', w: text.trim() }
  return text
}

/** Name of a column by its place, as sheets write it: 0 is A. */
export function columnLetter(at: number): string {
  let name = ''
  for (let left = at + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name
  return name
}
