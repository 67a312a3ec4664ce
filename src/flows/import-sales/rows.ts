import type { Text } from '../../handbook/model.ts'
import type { Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import { cellsOf, refusedOf } from '../../kernel/exchange/sheet/cells.ts'
import { dateOf, decimalOf, textOf } from '../../kernel/exchange/sheet/values.ts'
import { keyOf } from '../../kernel/records/key.ts'
import { sheets } from './file.ts'
import { type Counting, countingOf, isCurrency } from './words.ts'

/** A line of the file in the program's own words; amounts are exact decimals, dates `YYYY-MM-DD`. */
export interface LineRow {
  /** Row number in the file. */
  readonly row: number
  readonly line_no: string
  readonly order_code: string
  readonly ordered_on: string
  readonly shipped_on: string | null
  readonly accepted_on: string | null
  readonly ship_mode: string | null
  readonly account_code: string
  /** What the customer is known by: the key of his code, of his name in a file without codes. */
  readonly account_key: string
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
  /** False where the file calls the line cancelled or a draft; `state` is its word. */
  readonly counts: boolean
  readonly state: string
}
/** An order that came back, or one of which the file says that it did not. */
export interface ReturnRow {
  readonly row: number
  readonly order_code: string
  readonly returned: boolean
}
/** A line that the file speaks of, though its row cannot be written. */
export interface Mentioned {
  readonly order_code: string
  readonly line_no: string
}
/** What lines are judged by besides themselves. */
export interface Judging {
  readonly regions: ReadonlyMap<string, number | 'several'>
  /** Regions as people call them. */
  readonly regionNames: readonly string[]
  readonly numbers: 'order' | 'source'
  readonly currency: string
  readonly states: ReadonlyMap<string, Counting>
  /** Keys that several accounts from before share: there each spelling is a customer of its own. */
  readonly shared: ReadonlySet<string>
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
  { regions, regionNames, numbers, currency, states, shared }: Judging,
): { lines: LineRow[]; faults: RowFault[]; mentioned: Mentioned[] } {
  const lines: LineRow[] = []
  const mentioned: Mentioned[] = []
  const coded = Boolean(mapping.columns.lines?.account_code)
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  const names = new Map<string, { name: string; row: number }>()
  for (const { row, cell, sheet } of cellsOf('lines', taken, mapping)) {
    let sound = true
    const fault = (column: string, said: Text) => {
      sound = false
      faults.push({
        sheet: sheet.name,
        row,
        column: mapping.columns.lines?.[column] ?? '',
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
    const name = needed('account_name')
    const code = coded ? needed('account_code') : codeOfName(name, fault)
    const state = text('status')
    const counting = countingOf(state, states)
    const line = {
      row,
      line_no: needed('line_no'),
      order_code: needed('order_code'),
      ordered_on: date('ordered_on', true) ?? '',
      shipped_on: date('shipped_on', false),
      accepted_on: date('accepted_on', false),
      ship_mode: optional('ship_mode'),
      account_code: code,
      account_key: keyOf(code),
      account_name: name,
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
      counts: counting === 'counted',
      state,
    }
    if (counting === undefined)
      fault('status', {
        zh: `不知道状态“${state}”算不算销售。改成“已完成”或“已取消”这类说法，或者在导入的选项里写明它算不算`,
        en: `Whether the state “${state}” counts as sales is not known. Write a word like completed or cancelled, or name it among the options of the import`,
      })
    const money = text('currency')
    if (!isCurrency(money, currency)) fault('currency', foreign(money, currency))
    const region = line.region === '' ? 0 : regions.get(keyOf(line.region))
    if (region === undefined)
      fault('region', {
        zh: `没有“${line.region}”这个大区。现有：${regionNames.join('、')}`,
        en: `There is no region “${line.region}”. There are: ${regionNames.join(', ')}`,
      })
    if (region === 'several')
      fault('region', {
        zh: `叫“${line.region}”的大区不止一个，改写编号`,
        en: `More than one region is called “${line.region}”; write its code`,
      })
    if (line.shipped_on && line.ordered_on && line.shipped_on < line.ordered_on)
      fault('shipped_on', {
        zh: '发货日期早于订单日期，核对后改正',
        en: 'Shipped before it was ordered; check the dates',
      })
    if (line.accepted_on && line.ordered_on && line.accepted_on < line.ordered_on)
      fault('accepted_on', {
        zh: '验收日期早于订单日期，核对后改正',
        en: 'Accepted before it was ordered; check the dates',
      })
    const whole = line.line_no !== '' && line.order_code !== ''
    const key = numbers === 'source' ? line.line_no : `${line.order_code}\n${line.line_no}`
    const twin = whole ? seen.get(key) : undefined
    if (twin !== undefined)
      fault('line_no', {
        zh: `与第 ${twin} 行的${numbers === 'source' ? '' : '订单和'}行号相同，改行号或删掉一行`,
        en: `Row ${twin} bears the same ${numbers === 'source' ? '' : 'order and '}number; change or delete one`,
      })
    else if (whole) seen.set(key, row)
    const who = shared.has(line.account_key) ? line.account_code : line.account_key
    const named = names.get(who)
    if (
      line.account_code !== '' &&
      line.account_name !== '' &&
      named &&
      keyOf(named.name) !== keyOf(line.account_name)
    )
      fault('account_name', {
        zh: `这个客户编号在第 ${named.row} 行叫“${named.name}”，改成同一个名称`,
        en: `Row ${named.row} calls this customer “${named.name}”; make them the same`,
      })
    if (!sound) {
      if (whole) mentioned.push({ order_code: line.order_code, line_no: line.line_no })
      continue
    }
    if (!named) names.set(who, { name: line.account_name, row })
    lines.push(line)
  }
  // A row with a cell that could not be read is refused already; the file speaks of its line all the same.
  for (const { row, sheet, cell } of refusedOf('lines', taken)) {
    const money = textOf(cell('currency'))
    if (!isCurrency(money, currency))
      faults.push({
        sheet: sheet.name,
        row,
        column: mapping.columns.lines?.currency ?? '',
        value: money.slice(0, 80),
        text: foreign(money, currency),
      })
    const [order_code, line_no] = [textOf(cell('order_code')), textOf(cell('line_no'))]
    if (order_code !== '' && line_no !== '') mentioned.push({ order_code, line_no })
  }
  return { lines, faults, mentioned }
}

const foreign = (money: string, books: string): Text => ({
  zh: `币种是“${money}”，账本记 ${books}。换算成 ${books} 再导`,
  en: `The currency is “${money}”, the books are kept in ${books}. Convert the amounts and import again`,
})

/** A customer without a code is known by his name. */
function codeOfName(name: string, fault: (column: string, said: Text) => void): string {
  if (name.length <= (longest.account_code as number)) return name
  fault('account_name', {
    zh: `文件里没有客户编号，名称就当编号，不能超过 ${longest.account_code} 个字；缩短名称，或加一列客户编号`,
    en: `The file has no customer codes, so the name is the code and may have ${longest.account_code} characters; shorten it or add a column of codes`,
  })
  return name
}

/** The orders that a file's sheet of returns names. */
export const returnedCodes = (taken: Taken, mapping: Mapping): string[] => [
  ...new Set([...cellsOf('returns', taken, mapping)].map(({ cell }) => textOf(cell('order_code')))),
]

const cameBack = /^(是|有|y|yes|true|1|退|退货|退回|已退|已退货|已退回|全部退货|return|returned)$/i
const stayed = /^(否|无|没有|未退|未退货|未退回|n|no|false|0|not returned)$/i

/** Returned orders, each once, and those of which the file says that they did not come back. */
export function returnsOf(
  taken: Taken,
  mapping: Mapping,
  orders: ReadonlySet<string>,
): { returns: ReturnRow[]; faults: RowFault[] } {
  const returns = new Map<string, ReturnRow>()
  const faults: RowFault[] = []
  const marked = Boolean(mapping.columns.returns?.returned)
  for (const { row, cell, sheet } of cellsOf('returns', taken, mapping)) {
    const code = textOf(cell('order_code'))
    const fault = (column: string, value: string, said: Text) =>
      faults.push({
        sheet: sheet.name,
        row,
        column: mapping.columns.returns?.[column] ?? '',
        value,
        text: said,
      })
    const word = textOf(cell('returned'))
    const returned = !marked || cameBack.test(word)
    if (!returned && !stayed.test(word)) {
      fault('returned', word.slice(0, 80), {
        zh: '看不出退了没有，写“是”或“否”',
        en: 'Whether it came back is not clear; write yes or no',
      })
      continue
    }
    if (code === '') {
      fault('order_code', '', { zh: '缺订单编号，补上后再导', en: 'The order is missing; fill it in' })
      continue
    }
    if (!orders.has(code)) {
      if (returned)
        fault('order_code', code.slice(0, 80), {
          zh: '没有这个订单，核对编号',
          en: 'There is no such order; check the code',
        })
      continue
    }
    const said = returns.get(code)
    if (said && said.returned !== returned)
      fault('returned', word.slice(0, 80), {
        zh: `第 ${said.row} 行对同一张订单说的相反，留一行`,
        en: `Row ${said.row} says the opposite of the same order; keep one of them`,
      })
    else if (!said) returns.set(code, { row, order_code: code, returned })
  }
  return { returns: [...returns.values()], faults }
}

/** Names that the file gives to the regions: labels only, nobody is created from them. */
export function peopleOf(taken: Taken, mapping: Mapping): { region: string; name: string }[] {
  return [...cellsOf('people', taken, mapping)].map(({ cell }) => ({
    region: textOf(cell('region')),
    name: textOf(cell('name')),
  }))
}
