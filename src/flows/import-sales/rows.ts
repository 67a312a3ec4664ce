import type { Text } from '../../handbook/model.ts'
import type { Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import { cellsOf } from '../../kernel/exchange/sheet/cells.ts'
import { dateOf, decimalOf, textOf } from '../../kernel/exchange/sheet/values.ts'
import { sheets } from './file.ts'

/** A line of the file in the program's own words; amounts are exact decimals, dates `YYYY-MM-DD`. */
export interface LineRow {
  readonly row: number
  readonly line_no: string
  readonly order_code: string
  readonly ordered_on: string
  readonly shipped_on: string | null
  readonly ship_mode: string | null
  readonly account_code: string
  readonly account_name: string
  readonly industry: string | null
  readonly region: string
  readonly province: string | null
  readonly city: string | null
  readonly product_code: string | null
  readonly product_name: string
  readonly category: string | null
  readonly subcategory: string | null
  readonly amount: string
  readonly quantity: string | null
  readonly discount: string | null
  readonly profit: string | null
}
export interface ReturnRow {
  readonly row: number
  readonly order_code: string
}

const labelOf = (spec: string, id: string): Text =>
  sheets.find((one) => one.id === spec)?.columns.find((one) => one.id === id)?.label ?? { zh: id, en: id }

/** Most characters of a text, as the records that it goes into take it. */
const longest: Readonly<Record<string, number>> = {
  line_no: 60,
  order_code: 60,
  ship_mode: 40,
  account_code: 40,
  industry: 60,
  province: 40,
  city: 40,
  product_name: 300,
}

/** Lines that can be written, and every row that cannot, with its column, its value and what to do. */
export function linesOf(
  taken: Taken,
  mapping: Mapping,
  regions: ReadonlyMap<string, number>,
): { lines: LineRow[]; faults: RowFault[] } {
  const lines: LineRow[] = []
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  const names = new Map<string, { name: string; row: number }>()
  const known = shortNames(regions)
  for (const { row, cell, sheet } of cellsOf('lines', taken, mapping)) {
    let sound = true
    const fault = (column: string, said: Text) => {
      sound = false
      faults.push({
        sheet: sheet.name,
        row,
        column: mapping.columns.lines?.[column] ?? column,
        value: textOf(cell(column)).slice(0, 80),
        text: said,
      })
    }
    const text = (column: string): string => {
      const value = textOf(cell(column))
      const most = longest[column] ?? 200
      if (value.length > most)
        fault(column, {
          zh: `“${labelOf('lines', column).zh}”超过 ${most} 个字，缩短后再导`,
          en: `${labelOf('lines', column).en} is longer than ${most} characters; shorten it`,
        })
      return value
    }
    const needed = (column: string): string => {
      const value = text(column)
      const label = labelOf('lines', column)
      if (value === '')
        fault(column, { zh: `缺“${label.zh}”，补上后再导`, en: `${label.en} is missing; fill it in` })
      return value
    }
    const optional = (column: string) => text(column) || null
    const decimal = (column: string, must: boolean): string | null => {
      const value = decimalOf(cell(column))
      const label = labelOf('lines', column)
      if (value === undefined)
        fault(column, { zh: `“${label.zh}”不是数字，改成数字`, en: `${label.en} is no number; write one` })
      else if (value === null && must)
        fault(column, { zh: `缺“${label.zh}”，补上后再导`, en: `${label.en} is missing; fill it in` })
      return value ?? null
    }
    const date = (column: string, must: boolean): string | null => {
      const value = dateOf(cell(column))
      const label = labelOf('lines', column)
      if (value === undefined)
        fault(column, {
          zh: `“${label.zh}”不是日期，写成 2017-04-28`,
          en: `${label.en} is no date; write it as 2017-04-28`,
        })
      else if (value === null && must)
        fault(column, { zh: `缺“${label.zh}”，补上后再导`, en: `${label.en} is missing; fill it in` })
      return value ?? null
    }
    const line = {
      row,
      line_no: needed('line_no'),
      order_code: needed('order_code'),
      ordered_on: date('ordered_on', true) ?? '',
      shipped_on: date('shipped_on', false),
      ship_mode: optional('ship_mode'),
      account_code: needed('account_code'),
      account_name: needed('account_name'),
      industry: optional('industry'),
      region: needed('region'),
      province: optional('province'),
      city: optional('city'),
      product_code: optional('product_code'),
      product_name: needed('product_name'),
      category: optional('category'),
      subcategory: optional('subcategory'),
      amount: decimal('amount', true) ?? '0',
      quantity: decimal('quantity', false),
      discount: decimal('discount', false),
      profit: decimal('profit', false),
    }
    if (line.region !== '' && !regions.has(line.region))
      fault('region', {
        zh: `没有“${line.region}”这个大区。现有：${known.join('、')}`,
        en: `There is no region “${line.region}”. There are: ${known.join(', ')}`,
      })
    if (line.shipped_on && line.ordered_on && line.shipped_on < line.ordered_on)
      fault('shipped_on', {
        zh: '发货日期早于订单日期，核对后改正',
        en: 'Shipped before it was ordered; check the dates',
      })
    const twin = line.line_no === '' ? undefined : seen.get(line.line_no)
    if (twin !== undefined)
      fault('line_no', {
        zh: `与第 ${twin} 行的行号相同，改行号或删掉一行`,
        en: `Row ${twin} bears the same number; change or delete one`,
      })
    else if (line.line_no !== '') seen.set(line.line_no, row)
    const named = names.get(line.account_code)
    if (line.account_code !== '' && line.account_name !== '' && named && named.name !== line.account_name)
      fault('account_name', {
        zh: `这个客户编号在第 ${named.row} 行叫“${named.name}”，改成同一个名称`,
        en: `Row ${named.row} calls this customer “${named.name}”; make them the same`,
      })
    if (!sound) continue
    if (!named) names.set(line.account_code, { name: line.account_name, row })
    lines.push(line)
  }
  return { lines, faults }
}

/** The orders that a file's sheet of returns names. */
export const returnedCodes = (taken: Taken, mapping: Mapping): string[] => [
  ...new Set([...cellsOf('returns', taken, mapping)].map(({ cell }) => textOf(cell('order_code')))),
]

/** Returned orders, each once. A row that says 否 or no is none. */
export function returnsOf(
  taken: Taken,
  mapping: Mapping,
  orders: ReadonlySet<string>,
): { returns: ReturnRow[]; faults: RowFault[] } {
  const returns: ReturnRow[] = []
  const faults: RowFault[] = []
  const seen = new Set<string>()
  for (const { row, cell, sheet } of cellsOf('returns', taken, mapping)) {
    const code = textOf(cell('order_code'))
    if (/^(否|no|n|false|0)$/i.test(textOf(cell('returned')))) continue
    if (code !== '' && orders.has(code)) {
      if (!seen.has(code)) returns.push({ row, order_code: code })
      seen.add(code)
      continue
    }
    faults.push({
      sheet: sheet.name,
      row,
      column: mapping.columns.returns?.order_code ?? 'order_code',
      value: code,
      text:
        code === ''
          ? { zh: '缺订单编号，补上后再导', en: 'The order is missing; fill it in' }
          : { zh: '没有这个订单，核对编号', en: 'There is no such order; check the code' },
    })
  }
  return { returns, faults }
}

/** Regions as people call them: of the names one may be written by, the shortest Chinese one. */
function shortNames(regions: ReadonlyMap<string, number>): string[] {
  const short = new Map<number, string>()
  for (const [name, id] of regions)
    if (/[\u4e00-\u9fff]/.test(name) && name.length < (short.get(id)?.length ?? Number.POSITIVE_INFINITY))
      short.set(id, name)
  return [...short.values()]
}

/** Names that the file gives to the regions: labels only, nobody is created from them. */
export function peopleOf(taken: Taken, mapping: Mapping): { region: string; name: string }[] {
  return [...cellsOf('people', taken, mapping)].map(({ cell }) => ({
    region: textOf(cell('region')),
    name: textOf(cell('name')),
  }))
}
