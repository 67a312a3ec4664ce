import * as XLSX from '@e965/xlsx'

const regions = ['东北', '华北', '华东', '中南', '西南', '西北']

/** Shows the serial numbers of the two columns of days as days, as whoever made such a sheet would have it. */
function withDays(sheet: XLSX.WorkSheet): XLSX.WorkSheet {
  for (const [place, cell] of Object.entries(sheet as Record<string, XLSX.CellObject>))
    if (/^[CD]\d+$/.test(place) && cell.t === 'n') cell.z = 'yyyy-mm-dd'
  return sheet
}

/** A small repeatable generator of numbers from 0 to 1. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed >>> 0
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

export interface SampleFile {
  readonly bytes: Uint8Array
  /** What a right import finds: exact decimals in thousandths, by year. */
  readonly truth: {
    lines: number
    accounts: number
    orders: number
    returns: number
    sold: Record<string, number>
    returned: Record<string, number>
  }
  /** Rows of the file that cannot be written, by the column at fault. */
  readonly bad: { sheet: string; row: number; column: string }[]
}

const serial = (year: number, day: number) =>
  Math.round((Date.UTC(year, 0, 1) - Date.UTC(1899, 11, 30)) / 86_400_000) + day

/**
 * An invented sales file of the kind a chain of shops exports: old binary Excel, three sheets, headings with spaces, order numbers
 * that several customers share, customers who buy in several regions, amounts as binary floats, returns without a date, and, when
 * asked for, rows that are truly bad.
 */
export function salesFile(
  options: { lines?: number; accounts?: number; seed?: number; faulty?: boolean } = {},
): SampleFile {
  const { lines = 700, accounts = 60, seed = 7, faulty = true } = options
  const next = numbers(seed)
  const pick = (n: number) => Math.floor((next.next().value as number) * n)
  const head = [
    '行 ID',
    '订单 ID',
    '订单日期',
    '发货日期',
    '邮寄方式',
    '客户 ID',
    '客户名称',
    '细分',
    '城市',
    '省/自治区',
    '国家',
    '地区',
    '产品 ID',
    '类别',
    '子类别',
    '产品名称',
    '销售额',
    '数量',
    '折扣',
    '利润',
  ]
  const rows: unknown[][] = [head]
  const sold: Record<string, number> = {}
  const orders = new Map<string, string[]>()
  const amounts = new Map<string, [string, number][]>()
  const used = new Set<number>()
  // One order per number, customer and day: it has one region and one ship date.
  const shape = new Map<string, { region: string; shipped: number }>()
  for (let line = 1; line <= lines; line += 1) {
    const customer = pick(accounts)
    used.add(customer)
    const year = 2016 + pick(2)
    const day = pick(360)
    const code = `SX-${year}-${1000 + pick(Math.ceil(lines / 5))}`
    const key = `${code}|${customer}|${day}`
    const order = shape.get(key) ?? {
      region: regions[(customer + pick(3)) % 6] as string,
      shipped: day + pick(5),
    }
    shape.set(key, order)
    const thousandths = 1000 + pick(4_000_000)
    // Sums of binary floats leave noise behind the fifteenth digit.
    const amount = (thousandths / 1000) * (line % 9 === 0 ? 1 + 2 ** -52 : 1)
    sold[year] = (sold[year] ?? 0) + thousandths
    orders.set(code, [...(orders.get(code) ?? []), key])
    amounts.set(code, [...(amounts.get(code) ?? []), [String(year), thousandths]])
    rows.push([
      line,
      code,
      serial(year, day),
      serial(year, order.shipped),
      ['一级', '二级', '标准级'][pick(3)],
      `KH-${10_000 + customer}`,
      `示例商行${customer + 1}`,
      ['公司', '消费者', '小型企业'][customer % 3],
      '示例市',
      '示例省',
      '中国',
      order.region,
      `示例-${100 + pick(90)}`,
      ['办公用品', '家具', '技术'][pick(3)],
      ['用品', '桌椅', '配件'][pick(3)],
      `示例产品 ${pick(90)}`,
      amount,
      1 + pick(9),
      pick(4) / 10,
      (thousandths * (pick(40) - 10)) / 100_000,
    ])
  }
  const bad: SampleFile['bad'] = []
  const spoil = (column: string, change: (row: unknown[]) => void) => {
    const row = [...(rows[1 + bad.length] as unknown[])]
    row[0] = lines + 1 + bad.length
    change(row)
    rows.push(row)
    bad.push({ sheet: '订单', row: rows.length, column })
  }
  if (faulty) {
    spoil('地区', (row) => {
      row[11] = '海外'
    })
    spoil('订单日期', (row) => {
      row[2] = '二月三十'
    })
    spoil('销售额', (row) => {
      row[16] = '约五百'
    })
    spoil('客户 ID', (row) => {
      row[5] = null
    })
    spoil('行 ID', (row) => {
      row.splice(0, row.length, ...(rows[1] as unknown[]))
    })
    spoil('客户名称', (row) => {
      row[6] = '另一个名字'
    })
    spoil('发货日期', (row) => {
      row[3] = (row[2] as number) - 9
    })
  }
  const codes = [...orders.keys()].filter((_, at) => at % 9 === 0)
  const back: unknown[][] = [['订单 ID', '退回'], ...codes.map((code) => [code, '是'])]
  if (faulty) {
    back.push(['SX-1999-0', '是'])
    bad.push({ sheet: '退货', row: back.length, column: '订单 ID' })
  }
  const returned: Record<string, number> = {}
  for (const code of codes)
    for (const [year, amount] of amounts.get(code) ?? []) returned[year] = (returned[year] ?? 0) + amount
  const book = XLSX.utils.book_new()
  for (const [name, table] of [
    ['订单', rows],
    ['退货', back],
    ['销售人员', [['地区', '地区经理'], ...regions.map((region, at) => [region, `示例经理${at + 1}`])]],
  ] as const)
    XLSX.utils.book_append_sheet(book, withDays(XLSX.utils.aoa_to_sheet(table as unknown[][])), name)
  return {
    bytes: new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer),
    truth: { lines, accounts: used.size, orders: shape.size, returns: codes.length, sold, returned },
    bad,
  }
}
