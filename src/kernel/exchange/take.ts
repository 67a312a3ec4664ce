import { setImmediate } from 'node:timers/promises'
import type { Text } from '../../handbook/model.ts'
import type {
  ColumnSort,
  ColumnSpec,
  Importer,
  Mapping,
  ReadSheet,
  RowFault,
  SheetSpec,
  Taken,
  TakenSheet,
} from './importer.ts'
import type { Reading } from './reading.ts'
import { type Cell, columnLetter, digitsOf, isBroken, isDay, isShown, plainText } from './sheet/cell.ts'
import { dayOf } from './sheet/dates.ts'
import { numberOf, type Said, showsComma } from './sheet/numbers.ts'
import { textOf } from './sheet/text.ts'

/** What was taken of a file: rows whose every cell could be read, why others were not, and what is worth knowing. */
export interface TakenFile {
  readonly taken: Taken
  readonly faults: readonly RowFault[]
  readonly warnings: readonly Text[]
}

/** After so many rows others get their turn. */
const atOnce = 1000

/**
 * Takes the columns that were matched out of the sheets and reads every cell by the rule of its column. A row with a cell that cannot be
 * read is a fault with its place and the mend; rows of totals and hidden rows are left out and named; so are columns and sheets that
 * nobody asked for.
 */
export async function takeFile(
  importer: Importer,
  sheets: readonly ReadSheet[],
  mapping: Mapping,
  reading: Reading,
  currency: string,
): Promise<TakenFile> {
  const taken: Record<string, TakenSheet> = {}
  const faults: RowFault[] = []
  const warnings: Text[] = []
  const doubtful = reading.decimal === undefined && (await hasComma(importer, sheets, mapping))
  for (const spec of importer.sheets) {
    const sheet = sheets.find((one) => one.name === mapping.sheets[spec.id])
    if (!sheet) continue
    warnings.push(
      ...sheet.notices.map(
        (said): Text => ({ zh: `“${sheet.name}”：${said.zh}`, en: `“${sheet.name}”: ${said.en}` }),
      ),
    )
    const found = await takeSheet(spec, sheet, mapping, { reading, currency, doubtful })
    taken[spec.id] = found.sheet
    for (const one of found.faults) faults.push(one)
    warnings.push(...found.warnings)
  }
  warnings.push(...unusedSheets(sheets, mapping))
  return { taken, faults, warnings }
}

const numeric: readonly (ColumnSort | undefined)[] = ['integer', 'decimal', 'percent', 'money']

const placesOf = (spec: SheetSpec, sheet: ReadSheet, mapping: Mapping) =>
  spec.columns.flatMap((column) => {
    const heading = mapping.columns[spec.id]?.[column.id] ?? null
    const at = heading === null ? -1 : sheet.headings.indexOf(heading)
    return at < 0 ? [] : [{ column, at, heading: heading as string }]
  })

/** Whether a number of the file is written with a decimal comma beyond doubt. */
async function hasComma(
  importer: Importer,
  sheets: readonly ReadSheet[],
  mapping: Mapping,
): Promise<boolean> {
  for (const spec of importer.sheets) {
    const sheet = sheets.find((one) => one.name === mapping.sheets[spec.id])
    if (!sheet) continue
    const places = placesOf(spec, sheet, mapping).filter(({ column }) => numeric.includes(column.sort))
    for (const [index, row] of sheet.rows.entries()) {
      if (index % atOnce === atOnce - 1) await setImmediate()
      if (places.some(({ at }) => showsComma(row[at]))) return true
    }
  }
  return false
}

interface Rules {
  readonly reading: Reading
  readonly currency: string
  readonly doubtful: boolean
}

async function takeSheet(spec: SheetSpec, sheet: ReadSheet, mapping: Mapping, rules: Rules) {
  const places = placesOf(spec, sheet, mapping)
  const required = places.filter(({ column }) => column.required)
  const hidden = new Set(sheet.hiddenRows)
  const torn = new Set(sheet.torn)
  const rows: (string | null)[][] = []
  const numbers: number[] = []
  const faults: RowFault[] = []
  const refused: TakenSheet['refused'][number][] = []
  const totals: number[] = []
  const stripped: string[] = []
  const beside = besideOf(sheet, places)
  for (const [index, cells] of sheet.rows.entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate()
    const row = sheet.numbers[index] as number
    if (hidden.has(row)) continue
    if (isTotal(cells, required)) {
      totals.push(row)
      continue
    }
    beside.look(row, cells)
    const fault = (column: string, value: string, text: Text) =>
      faults.push({ sheet: sheet.name, row, column, value: pictured(value).slice(0, 80), text })
    if (torn.has(row)) {
      fault('', cells.slice(0, 12).map(plainText).join(' | '), tornRow(cells.length, sheet.headings.length))
      continue
    }
    const missing = required.filter(({ at }) => textOf(cells[at]) === '')
    if (missing.length >= 3 && missing.length * 2 > required.length) {
      const said = cells.filter((cell) => cell !== null).map(plainText)
      fault('', said.join(' | '), noRow(missing.map(({ heading }) => heading)))
      continue
    }
    let sound = true
    const values = places.map(({ column, at, heading }) => {
      const said = readCell(cells[at] ?? null, column, sheet, rules)
      if ('value' in said) {
        if (holdsControls(cells[at] ?? null)) stripped.push(`${columnLetter(at)}${row}`)
        return said.value
      }
      sound = false
      const place = `${columnLetter(at)}${row}`
      fault(heading, plainText(cells[at]), {
        zh: `${place}：${said.fault.zh}`,
        en: `${place}: ${said.fault.en}`,
      })
      return null
    })
    if (!sound) {
      refused.push({ row, cells: values })
      continue
    }
    rows.push(values)
    numbers.push(row)
  }
  return {
    sheet: { name: sheet.name, columns: places.map(({ column }) => column.id), rows, numbers, refused },
    faults,
    warnings: [
      ...totalRows(sheet, totals),
      ...withoutControls(sheet, stripped),
      ...beside.told(),
      ...fromHidden(
        sheet,
        places.map(({ heading }) => heading),
      ),
    ],
  }
}

const totalWord =
  /^(?:合\s*计|小\s*计|总\s*计|累\s*计|总\s*和|本页合计|本月合计|年度合计|grand total|sub-?total|total|sum)(?:\s*[:：(（].*)?$/i

/** A row of sums: it says so in one of its first cells, and says less than a row should, or says so where a name belongs. */
function isTotal(
  cells: readonly Cell[],
  required: readonly { readonly column: ColumnSpec; readonly at: number }[],
): boolean {
  let looked = 0
  for (const [at, cell] of cells.entries()) {
    if (cell === null) continue
    if (typeof cell === 'string' && cell.length < 40 && totalWord.test(textOf(cell)))
      return required.some((one) => one.at === at) || required.some((one) => (cells[one.at] ?? null) === null)
    looked += 1
    if (looked === 3) return false
  }
  return false
}

const damaged: { readonly fault: Text } = {
  fault: {
    zh: '有的字符已经损坏，读不出来。核对文件的编码，或改正后再导',
    en: 'Some characters are damaged and cannot be read. Check the encoding of the file, or mend it',
  },
}
const unseen: { readonly fault: Text } = {
  fault: {
    zh: '这一格里有看不见的控制字符，两个不同的值会被当成一个。多半是文件损坏了；重新输入这一格再导',
    en: 'This cell holds control characters that cannot be seen, which would make one value of two. The file is probably damaged; type the cell anew',
  },
}
/** Characters that no text holds: halves of characters, and control characters other than the blanks among them. */
const controls = /[\p{Cs}]|(?![\t\n\v\f\r])\p{Cc}/u
const holdsControls = (cell: Cell): boolean =>
  controls.test(isShown(cell) ? cell.w : typeof cell === 'string' ? cell : '')
/** A cell as it is told of: what cannot be seen has a picture. */
const pictured = (text: string): string =>
  text.replaceAll(/[\p{Cs}]|(?![\t\n\v\f\r])\p{Cc}/gu, (one) =>
    one < ' ' ? String.fromCodePoint(0x2400 + one.charCodeAt(0)) : '\uFFFD',
  )
const longCode: { readonly fault: Text } = {
  fault: {
    zh: '这个编号存成了数字，超过 15 位的部分已经丢失。把列设为文本，重新填入原来的编号',
    en: 'This code is stored as a number and has lost what goes beyond 15 digits. Make the column text and enter the code anew',
  },
}
const exponentCode: { readonly fault: Text } = {
  fault: {
    zh: '这个编号变成了科学计数，位数已经丢失。把列设为文本，重新填入原来的编号',
    en: 'This code was turned into a power of ten and has lost digits. Make the column text and enter the code anew',
  },
}
const dayCode: { readonly fault: Text } = {
  fault: {
    zh: '这个编号被表格软件变成了日期。把列设为文本，重新填入原来的编号',
    en: 'This code was turned into a date by the spreadsheet. Make the column text and enter the code anew',
  },
}
const whyBroken = {
  error: (w: string): Text => ({
    zh: `这一格是错误值 ${w}，改好公式后再导`,
    en: `This cell holds the error ${w}; mend its formula`,
  }),
  formula: (w: string): Text => ({
    zh: `这一格的公式（${w.slice(0, 40)}）没有存下结果，用表格软件打开、重新计算并保存后再导`,
    en: `The formula of this cell (${w.slice(0, 40)}) has no stored result; open the file in a spreadsheet, recalculate and save it`,
  }),
  merged: (w: string): Text => ({
    zh: `这一格并在上面的合并单元格（${w.slice(0, 40)}）里。取消合并并逐行填写，或本次导入选“合并单元格向下填充”`,
    en: `This cell is part of the merged cell above (${w.slice(0, 40)}). Unmerge it and fill every row, or choose to fill merged cells down for this import`,
  }),
} as const

/** One cell by the rule of its column. */
function readCell(cell: Cell, { sort = 'text' }: ColumnSpec, sheet: ReadSheet, rules: Rules): Said<string> {
  if (cell === null) return { value: null }
  if (isBroken(cell)) return { fault: whyBroken[cell.broken](cell.w) }
  if (typeof cell === 'string' && cell.includes('\uFFFD')) return damaged
  if (sort === 'code' && holdsControls(cell)) return unseen
  const { reading, currency, doubtful } = rules
  switch (sort) {
    case 'date':
      return dayOf(cell, { order: reading.dates, date1904: sheet.date1904 })
    case 'money':
      return numberOf(cell, { decimal: reading.decimal, doubtful, currency })
    case 'percent':
      return numberOf(cell, { decimal: reading.decimal, doubtful, percent: true })
    case 'integer':
    case 'decimal':
      return isDay(cell) ? { fault: dayNumber } : numberOf(cell, { decimal: reading.decimal, doubtful })
    default:
      return textIn(cell, sort === 'code')
  }
}

const dayNumber: Text = {
  zh: '这一格是日期，不是数字',
  en: 'This cell holds a date, not a number',
}

function textIn(cell: Exclude<Cell, null>, code: boolean): Said<string> {
  if (isDay(cell)) return code ? dayCode : { value: cell.day }
  if (typeof cell === 'number' || isShown(cell)) {
    const n = typeof cell === 'number' ? cell : cell.n
    if (Math.abs(n) >= 1e15) return longCode
    return { value: typeof cell === 'number' ? digitsOf(n) : isShown(cell) ? cell.w : '' }
  }
  const text = String(plainText(cell))
  if (/^\s*\d\.\d+E\+\d{2,}\s*$/i.test(text) || (code && /^\s*\dE\+\d{2,}\s*$/i.test(text)))
    return exponentCode
  return { value: text }
}

const tornRow = (fields: number, headings: number): Text => ({
  zh: `这一行有 ${fields} 格，标题只有 ${headings} 格，内容已经错位。多半是数字里的逗号没有加引号`,
  en: `This row has ${fields} fields below ${headings} headings, so its cells have shifted. A comma within a number probably lacks quotes`,
})
const noRow = (headings: readonly string[]): Text => ({
  zh: `不像一行数据（说明、合计或签字行），缺：${headings.join('、')}`,
  en: `Not a row of data (a remark, a total or a signature); missing: ${headings.join(', ')}`,
})

function totalRows(sheet: ReadSheet, totals: readonly number[]): Text[] {
  if (totals.length === 0) return []
  const shown = totals.slice(0, 10).join('、')
  const more = totals.length > 10
  return [
    {
      zh: `“${sheet.name}”第 ${shown}${more ? ' 等' : ''} 行是合计行，没有导入（共 ${totals.length} 行）`,
      en: `“${sheet.name}”: totals are left out, ${totals.length === 1 ? 'row' : `${totals.length} rows:`} ${totals.slice(0, 10).join(', ')}${more ? ' …' : ''}`,
    },
  ]
}

function withoutControls(sheet: ReadSheet, places: readonly string[]): Text[] {
  if (places.length === 0) return []
  const few = places.slice(0, 5)
  return [
    {
      zh: `“${sheet.name}”里 ${places.length} 格带有看不见的控制字符，导入时去掉：${few.join('、')}${places.length > 5 ? ' 等' : ''}`,
      en: `“${sheet.name}”: control characters that cannot be seen are left out of ${places.length} cells: ${few.join(', ')}${places.length > 5 ? ' …' : ''}`,
    },
  ]
}

function fromHidden(sheet: ReadSheet, headings: readonly string[]): Text[] {
  const taken = headings.filter((heading) => sheet.hiddenColumns.includes(heading))
  if (taken.length === 0) return []
  return [
    {
      zh: `“${sheet.name}”里取自隐藏列的：${taken.join('、')}`,
      en: `“${sheet.name}”: taken from hidden columns: ${taken.join(', ')}`,
    },
  ]
}

/** What stands beside the columns asked for: which columns hold something, with a few of their values, and where they are broken. */
function besideOf(sheet: ReadSheet, places: readonly { readonly at: number }[]) {
  const taken = new Set(places.map(({ at }) => at))
  const left = sheet.headings.flatMap((heading, at) =>
    heading === '' || taken.has(at) ? [] : [{ heading, at, values: new Set<string>() }],
  )
  const broken: string[] = []
  let errors = 0
  return {
    look(row: number, cells: readonly Cell[]) {
      for (const { at, values } of left) {
        const cell = cells[at] ?? null
        if (cell === null) continue
        if (values.size < 4) values.add(textOf(cell).slice(0, 20))
        if (!isBroken(cell) || cell.broken === 'merged') continue
        errors += 1
        if (broken.length < 5) broken.push(`${columnLetter(at)}${row} ${cell.w.slice(0, 20)}`)
      }
    },
    told(): Text[] {
      const columns = left.filter(({ values }) => values.size > 0)
      const said: Text[] = []
      const few = (values: ReadonlySet<string>, sign: string, end: string) =>
        [...values].slice(0, 3).join(sign) + (values.size > 3 ? end : '')
      if (columns.length > 0)
        said.push({
          zh: `“${sheet.name}”里没有导入的列：${columns.map(({ heading, values }) => `${heading}（${few(values, '、', '……')}）`).join('，')}`,
          en: `“${sheet.name}”: columns left out: ${columns.map(({ heading, values }) => `${heading} (${few(values, ', ', ' …')})`).join('; ')}`,
        })
      if (errors > 0)
        said.push({
          zh: `“${sheet.name}”没有导入的列里有 ${errors} 格是错误值：${broken.join('，')}${errors > broken.length ? ' 等' : ''}`,
          en: `“${sheet.name}”: ${errors} cells of columns left out hold errors: ${broken.join(', ')}${errors > broken.length ? ' …' : ''}`,
        })
      return said
    },
  }
}

function unusedSheets(sheets: readonly ReadSheet[], mapping: Mapping): Text[] {
  const used = new Set(Object.values(mapping.sheets))
  const rest = sheets.filter((sheet) => !used.has(sheet.name) && sheet.rows.length > 0)
  if (rest.length === 0) return []
  return [
    {
      zh: `没有导入的工作表：${rest.map(({ name, hidden }) => `${name}${hidden ? '（隐藏）' : ''}`).join('、')}`,
      en: `Sheets left out: ${rest.map(({ name, hidden }) => `${name}${hidden ? ' (hidden)' : ''}`).join(', ')}`,
    },
  ]
}
