import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { importFile } from '../kernel/exchange/import-file.ts'
import type { Choices } from '../kernel/exchange/importer.ts'

// What a sales file means: whose lines, which year, which day, what counts. Each story begins in an empty company.

let server: TestServer
const folder = mkdtempSync(join(tmpdir(), 'sales-'))
beforeEach(async () => {
  server = await sampleServer()
}, 120_000)
afterEach(() => server?.close())
afterAll(() => rmSync(folder, { recursive: true }))

interface Brought {
  code: number
  /** Everything the command said, in English. */
  said: string
}
async function brings(
  rows: readonly string[] | string,
  {
    basis = 'order',
    what = 'sales',
    dryRun = false,
    ...choices
  }: { basis?: string; what?: string; dryRun?: boolean } & Choices = {},
): Promise<Brought> {
  const file = typeof rows === 'string' ? rows : join(folder, 'file.csv')
  if (typeof rows !== 'string') writeFileSync(file, rows.join('\r\n'))
  const said: string[] = []
  const code = await importFile(
    server.app.kernel,
    { file, login: 'sup', what, ...(what === 'sales' && basis ? { basis } : {}), choices, dryRun, yes: true },
    (text) => said.push(text.en),
  )
  return { code, said: said.join('\n') }
}
const head = '行 ID,订单 ID,订单日期,客户 ID,客户名称,地区,产品名称,销售额'
const shipped = `${head},发货日期`
const all = async <T>(text: string) => (await sql.raw<T>(text).execute(server.db.kysely)).rows
const lines = () =>
  all<{ key: string; amount: string }>(
    `select order_code || '/' || line_no as key, amount::text from order_line where counts order by 1`,
  )
async function k01(period: string): Promise<{ value: string | null; basis: string }> {
  const answer = await server.call('sup', 'GET', `/api/v1/kpis?kpi=K01&period=${period}`)
  const { value, basis } = (await answer.json()) as { value: { amount: string } | null; basis: string }
  return { value: value?.amount ?? null, basis }
}
/** The facts and their sums tell the same, and every line that counts stands once on the basis of its year. */
const agrees = async () =>
  expect(
    await all(`select sales_month_agrees() as sums, (select coalesce(sum(amount), 0) from sales_fact where kind = 'sale') =
      (select coalesce(sum(amount), 0) from order_line where counts) as lines`),
  ).toEqual([{ sums: true, lines: true }])

test('An account belongs to the region that bought most, not to that of its last order; the last order breaks a tie', async () => {
  await brings([
    head,
    '1,R-1,2016-01-01,C-1,示例公司,华东,轴承,900',
    '2,R-2,2016-05-01,C-1,示例公司,西南,轴承,100',
    '3,R-3,2016-06-01,C-1,示例公司,华北,轴承,300',
    '4,R-4,2016-01-01,C-2,示例二号,东北,轴承,500',
    '5,R-5,2016-02-01,C-2,示例二号,中南,轴承,250',
    '6,R-6,2016-03-01,C-2,示例二号,中南,轴承,250',
  ])
  expect(
    await all(
      `select a.code, u.name_zh as home from account a join unit u on u.id = a.home_unit_id order by 1`,
    ),
  ).toEqual([
    { code: 'C-1', home: '华东' },
    { code: 'C-2', home: '中南' },
  ])
})

describe('A line is known by source, order and number', () => {
  const january = [
    head,
    '1,J-1,2016-01-01,C-1,示例公司,华东,轴承,100',
    '2,J-2,2016-01-02,C-1,示例公司,华东,轴承,100',
  ]
  const february = [
    head,
    '1,F-1,2016-02-01,C-1,示例公司,华东,轴承,200',
    '2,F-2,2016-02-02,C-1,示例公司,华东,轴承,200',
  ]

  test('a second month that begins to count anew adds its lines and takes none away', async () => {
    await brings(january)
    expect((await brings(february)).said).toContain('Order lines: 2 new, 0 changed, 0 the same')
    expect((await lines()).map(({ key }) => key)).toEqual(['F-1/1', 'F-2/2', 'J-1/1', 'J-2/2'])
    expect((await k01('2016')).value).toBe('600')
    await agrees()
  })

  test('another source tells its lines apart, and is told when they look like those of another', async () => {
    await brings(january)
    const { said } = await brings(january, { source: 'ERP' })
    expect(said).toContain('“ERP” is a new source')
    expect(said).toContain('2 lines stand under the source “default” already')
    expect(await lines()).toHaveLength(4)
    expect((await brings(january, { source: 'erp' })).said).toContain(
      'Order lines: 0 new, 0 changed, 2 the same',
    )
  })

  test('the same order with another amount is changed: its facts are reversed and booked anew', async () => {
    await brings([
      head,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100',
      '2,O-1,2016-03-03,C-1,示例公司,华东,轴承,50',
    ])
    const { said } = await brings([
      head,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,120',
      '2,O-1,2016-03-03,C-1,示例公司,华东,轴承,50',
    ])
    expect(said).toContain('Order lines: 0 new, 1 changed, 1 the same')
    expect(
      await all(
        `select amount::text, reverses is not null as back from sales_fact order by reverses is not null, amount::numeric`,
      ),
    ).toEqual([
      { amount: '50', back: false },
      { amount: '100', back: false },
      { amount: '120', back: false },
      { amount: '-100', back: true },
    ])
    await agrees()
  })

  test('a line that is gone from an order of the file is named and stays', async () => {
    await brings([
      head,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100',
      '2,O-1,2016-03-03,C-1,示例公司,华东,轴承,50',
      '1,O-2,2016-03-03,C-1,示例公司,华东,轴承,7',
    ])
    const { said } = await brings([head, '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100'])
    expect(said).toContain(
      '1 lines stand in the records and not in the file’s same order: line 2 of order O-1',
    )
    expect(await lines()).toHaveLength(3)
    // A row that cannot be written speaks of its line all the same.
    const faulty = [
      head,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100',
      '2,O-1,2016-03-03,C-1,示例公司,华东,轴承,约五十',
    ]
    expect((await brings(faulty)).said).not.toContain('stand in the records')
  })

  test('a line keeps its customer: another one is refused by the cell, with both', async () => {
    await brings(january)
    const { said } = await brings([head, '1,J-1,2016-01-01,C-2,另一家公司,华东,轴承,100'])
    expect(said).toMatch(/× Sheet1 row 2 客户 ID: C-2 — .*C-1 \(示例公司\).*C-2 \(另一家公司\)/)
    expect(await all(`select code from account`)).toEqual([{ code: 'C-1' }])
  })

  test('a line keeps its order where numbers are unique within the source', async () => {
    await brings(january, { numbers: 'source' })
    const moved = [head, '1,J-9,2016-01-01,C-1,示例公司,华东,轴承,100']
    const { said } = await brings(moved)
    expect(said).toMatch(/× Sheet1 row 2 订单 ID: J-9 — .*J-1.*J-9/)
    expect((await lines()).map(({ key }) => key)).toEqual(['J-1/1', 'J-2/2'])
    // Said to be unique within an order alone, it is a new line, and looks like the old one under another code.
    expect((await brings(moved, { numbers: 'order', dryRun: true })).said).toContain(
      'their order seems to have another code',
    )
  })

  test('a source whose numbers repeat cannot be said to number from end to end', async () => {
    await brings(january)
    await brings(february)
    await expect(brings(january, { numbers: 'source' })).rejects.toMatchObject({
      status: 422,
      faults: [{ path: 'choices.numbers' }],
    })
  })

  test('a line is known as the same by what it was before sources had names', async () => {
    await brings([shipped, '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100,2016-03-09'])
    // As programs before this one reckoned it: files that came then say nothing new today.
    expect(
      await all(`select l.digest = md5(d::text) as same from order_line l join sales_order o on o.id = l.order_id
        join account a on a.id = l.account_id cross join lateral (select l.line_no, o.code, l.ordered_on, l.shipped_on, o.ship_mode,
          a.code as account_code, a.name, a.industry, l.unit_id, o.province, o.city, l.product_code, l.product_name, l.category,
          l.subcategory, l.amount, l.quantity, l.discount, l.profit) d`),
    ).toEqual([{ same: true }])
  })

  test('one code of several customers is several orders; an order of another day moves with its lines and keeps its record', async () => {
    await brings([
      head,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100',
      '2,O-1,2016-03-02,C-2,另一家,华北,轴承,50',
    ])
    const before = await all<{ id: number }>(
      `select o.id from sales_order o join account a on a.id = o.account_id order by a.code`,
    )
    expect(before).toHaveLength(2)
    const { said } = await brings([head, '1,O-1,2016-03-05,C-1,示例公司,华东,轴承,100'])
    expect(said).toContain('O-1 from 2016-03-02 to 2016-03-05')
    expect(
      await all(
        `select o.id, o.ordered_on::text as day, o.amount::text from sales_order o join account a on a.id = o.account_id order by a.code`,
      ),
    ).toEqual([
      { id: before[0]?.id, day: '2016-03-05', amount: '100' },
      { id: before[1]?.id, day: '2016-03-02', amount: '50' },
    ])
    await agrees()
  })
})

describe('A year counts by one basis', () => {
  const year2016 = [
    shipped,
    '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100,2016-03-09',
    '1,O-2,2016-12-30,C-1,示例公司,华东,轴承,50,2017-01-04',
  ]

  test('the first import asks for it, sets it and says so', async () => {
    await expect(brings(year2016, { basis: '' })).rejects.toMatchObject({
      status: 422,
      faults: [{ path: 'choices.basis' }],
    })
    expect((await brings(year2016)).said).toContain('sets the basis of sales of 2016: by order date')
    expect(await all(`select year, basis from sales_year`)).toEqual([{ year: 2016, basis: 'order' }])
    expect(await k01('2016')).toEqual({ value: '150', basis: 'order' })
    // Set once, it need not be said again.
    expect((await brings(year2016, { basis: '' })).code).toBe(0)
  })

  test('one line on another basis is refused and leaves the closed year as it was', async () => {
    await brings(year2016)
    const one = [shipped, '1,O-3,2016-05-01,C-1,示例公司,华东,轴承,1,2016-05-02']
    await expect(brings(one, { basis: 'shipment' })).rejects.toMatchObject({
      code: 'basis-set',
      detail: { set: { 2016: 'order' } },
    })
    expect(await k01('2016')).toEqual({ value: '150', basis: 'order' })
    // Remembered from another file that looked like this one, it is judged just so.
    await sql`update import_memory set choices = '{"basis": "shipment"}'`.execute(server.db.kysely)
    await expect(brings(one, { basis: '' })).rejects.toMatchObject({ code: 'basis-set' })
  })

  test('the edition’s basis is taken where the file bears its date, and a line without the date is refused by its row', async () => {
    const accepted = [
      `${head},验收日期`,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100,2016-04-01',
      '2,O-1,2016-03-02,C-1,示例公司,华东,轴承,9,',
    ]
    const { said } = await brings(accepted, { basis: '' })
    expect(said).toContain('sets the basis of sales of 2016: by acceptance date')
    expect(said).toMatch(
      /× Sheet1 row 3 验收日期: {2}— Acceptance date is missing: sales of 2016 count by acceptance date/,
    )
    expect(await k01('2016-04')).toEqual({ value: '100', basis: 'acceptance' })
    expect(await k01('2016-03')).toMatchObject({ value: null })
  })

  test('is changed with a reason, books the year anew, and back again', async () => {
    await brings(year2016)
    const ask = (login: string, basis: string, reason = '按新的财务口径') =>
      server.call(login, 'POST', '/api/v1/sales-years/2016/basis', { basis, reason })
    expect((await ask('rep01', 'shipment')).status).toBe(403)
    expect((await ask('sup', 'acceptance')).status).toBe(422)
    expect((await ask('sup', 'order')).status).toBe(409)
    const preview = (await (
      await server.call('sup', 'GET', '/api/v1/sales-years/2016/preview?basis=shipment')
    ).json()) as {
      never: { total: number; items: { order: string }[] }
    }
    expect([preview.never.total, preview.never.items[0]?.order]).toEqual([1, 'O-2'])
    const changed = await ask('sup', 'shipment')
    expect([changed.status, await changed.json()]).toMatchObject([
      200,
      {
        before: 'order',
        basis: 'shipment',
        twice: { total: 0 },
        never: { total: 1, items: [{ order: 'O-2', amount: '50' }] },
      },
    ])
    // The line shipped in 2017 waits for the basis of that year.
    expect(await k01('2016')).toEqual({ value: '100', basis: 'shipment' })
    expect(await all(`select sales_month_agrees() as agrees`)).toEqual([{ agrees: true }])
    expect((await ask('sup', 'order')).status).toBe(200)
    expect(await k01('2016')).toEqual({ value: '150', basis: 'order' })
    await agrees()
    expect(
      await all(
        `select changes ->> 'reason' as said from audit where kind = 'sales-year' and action = 'update' order by id limit 1`,
      ),
    ).toEqual([{ said: expect.stringContaining('按新的财务口径') }])
  })

  test('lines at the turn of two years that are dated differently are told of: counted twice, or never', async () => {
    await brings([shipped, '1,N-1,2017-06-01,C-1,示例公司,华东,轴承,7,2017-06-02'], { basis: 'shipment' })
    await brings([shipped, '1,O-9,2016-02-01,C-1,示例公司,华东,轴承,3,2016-02-02'])
    const { said } = await brings(year2016, { basis: '' })
    expect(said).toContain('1 lines count in two years')
    expect(said).toContain('rows 3')
    expect([await k01('2016'), await k01('2017')]).toEqual([
      { value: '153', basis: 'order' },
      { value: '57', basis: 'shipment' },
    ])
  })

  test('a file that sets the basis of the next year is told which lines of before would count in it once more', async () => {
    await brings([
      shipped,
      '1,T-1,2016-12-30,C-1,示例公司,华东,轴承,40,2017-01-02',
      '2,T-2,2016-11-30,C-1,示例公司,华东,轴承,50,2016-12-02',
    ])
    const next = [shipped, '3,T-3,2016-12-31,C-1,示例公司,华东,轴承,7,2017-01-05']
    const { said } = await brings(next, { basis: 'shipment', dryRun: true })
    expect(said).toContain('1 line imported before (40 in all) would count once more, in 2017')
    const same = await brings([shipped, '4,T-4,2017-02-01,C-1,示例公司,华东,轴承,7,2017-02-05'], {
      dryRun: true,
    })
    expect(same.said).not.toContain('imported before')
  })

  test('a figure on another basis than the year’s is none, and says why', async () => {
    await brings(year2016)
    const answer = await server.call('sup', 'GET', '/api/v1/kpis?kpi=K01&period=2016&basis=shipment')
    expect(await answer.json()).toMatchObject({
      value: null,
      basis: 'shipment',
      why: { en: expect.stringContaining('by order date') },
    })
  })
})

describe('A customer is known by the key of his code', () => {
  test('full width, case and characters without width make no second one, in sales and in lists', async () => {
    await brings(['客户编号,客户名称', 'Ａ１２－００１,北京（示例）有限公司'], { what: 'account' })
    const { said } = await brings([
      head,
      '1,O-1,2016-03-02,a12-001,北京(示例)有限公司,华东,轴承,100',
      '2,O-1,2016-03-02,A12-001\u200b,北京（示例）有限公司,华东,轴承,50',
    ])
    expect(said).toContain('Accounts: 0 new, 0 changed, 1 the same')
    expect(await all(`select code, name from account`)).toEqual([
      { code: 'Ａ１２－００１', name: '北京（示例）有限公司' },
    ])
    expect(
      (await brings(['客户编号,客户名称', 'a12-001,北京（示例）有限公司'], { what: 'account' })).said,
    ).toContain('Accounts: 0 new, 0 changed, 1 the same')
    const twin = await server.call('sup', 'POST', '/api/v1/records/account', {
      code: 'a12-001',
      name: '另一家',
    })
    expect(twin.status).toBe(409)
  })

  test('leading zeros make another customer', async () => {
    await brings([head, '1,O-1,2016-03-02,000042,零家,华东,轴承,1', '2,O-2,2016-03-02,42,非零家,华东,轴承,1'])
    expect(await all(`select code, name from account order by code`)).toEqual([
      { code: '000042', name: '零家' },
      { code: '42', name: '非零家' },
    ])
  })

  test('a file without codes knows him by his name', async () => {
    const nameless = '行 ID,订单 ID,订单日期,客户名称,地区,产品名称,销售额'
    await brings([
      nameless,
      '1,O-1,2016-03-02,示例商行,华东,轴承,1',
      '2,O-1,2016-03-02,示例商行 ,华东,轴承,1',
    ])
    expect(await all(`select code, name from account`)).toEqual([{ code: '示例商行', name: '示例商行' }])
  })

  test('doubles of a list are refused; equal names, suffixes and credit codes are told of', async () => {
    const { said } = await brings(
      [
        '客户编号,客户名称,统一社会信用代码',
        'Q001,同名公司,91110000MA01AAAA1X',
        'Q001 ,同名公司,',
        'q001,同名公司,',
        'Ｑ００１,同名公司,',
        'Q001\u200b,同名公司,',
        'Q002,同名 有限公司,91110000ma01aaaa1x',
        'Q003,别名（中国）公司,',
        'Q004,"别名(中国) Co., Ltd.",91110000MA01AAAA1X',
      ],
      { what: 'account' },
    )
    expect(said).toContain('Accounts: 4 new')
    expect(said).toContain('Bad rows: 4')
    expect(said).toMatch(/Names that more than one account bears: 2\..*\(Q001, Q002\).*\(Q003, Q004\)/)
    expect(said).toMatch(/Credit codes that more than one account bears: 1\..*\(Q001, Q002, Q004\)/)
    expect(await all(`select code from account order by code`)).toHaveLength(4)
  })

  test('an older file does not rename him back; a newer one does, and says so', async () => {
    const line = (no: number, day: string, name: string) => [head, `1,O-${no},${day},C-1,${name},华东,轴承,1`]
    await brings(line(1, '2016-03-02', '旧名公司'))
    expect((await brings(line(2, '2016-05-02', '新名公司'))).said).toContain(
      'C-1 “旧名公司” becomes “新名公司”',
    )
    expect((await brings(line(3, '2016-04-02', '旧名公司'))).said).toContain(
      'C-1 stays “新名公司”, not “旧名公司”',
    )
    expect(await all(`select name from account`)).toEqual([{ name: '新名公司' }])
    // Given by hand, it is of its day.
    await brings(line(4, '2016-05-03', '新名公司'))
    await sql`update account set name = '手改公司'`.execute(server.db.kysely)
    await brings(line(5, '2016-06-02', '新名公司'))
    expect(await all(`select name from account`)).toEqual([{ name: '手改公司' }])
  })

  test('accounts from before that collide stay and are listed', async () => {
    await brings(['客户编号,客户名称', 'T-1,甲家'], { what: 'account' })
    await sql`insert into account (code, name, twin_of) select 't-1', '乙家', id from account`.execute(
      server.db.kysely,
    )
    const { said } = await brings([
      head,
      '1,O-1,2016-03-02,t-1,乙家,华东,轴承,1',
      '1,O-2,2016-03-02,T-1,甲家,华东,轴承,1',
    ])
    expect(said).toContain('case, width or blanks: 1 sets, “T-1” (t-1)')
    expect(
      await all(
        `select a.code, o.code as order from account a join sales_order o on o.account_id = a.id order by o.code`,
      ),
    ).toEqual([
      { code: 't-1', order: 'O-1' },
      { code: 'T-1', order: 'O-2' },
    ])
  })
})

describe('Regions are taken the same way by both importers', () => {
  test('short, with 区 or 大区, by code, in English, in any case and width', async () => {
    const [unit] = await all<{ code: string; en: string }>(
      `select code, name_en as en from unit where level = 'region' and name_zh like '华东%'`,
    )
    const names = [
      '华东',
      '华东区',
      '华东大区',
      unit?.code,
      unit?.code.toLowerCase(),
      unit?.en.toUpperCase(),
    ] as string[]
    await brings(['客户编号,客户名称,归属大区', ...names.map((name, n) => `R-${n},示例 ${n} 号,${name}`)], {
      what: 'account',
    })
    await brings([
      head,
      ...names.map((name, n) => `${n},O-${n},2016-03-02,S-${n},示例 ${n} 店,${name},轴承,1`),
    ])
    expect(
      await all(
        `select count(*)::int as n, count(distinct home_unit_id)::int as units from account where code ~ '^[RS]-'`,
      ),
    ).toEqual([{ n: 12, units: 1 }])
    expect(
      await all(`select count(distinct unit_id)::int as units, count(*)::int as n from order_line`),
    ).toEqual([{ units: 1, n: 6 }])
  })
})

describe('What counts', () => {
  const stated = (...states: string[]) => [
    `${head},状态`,
    ...states.map((state, n) => `${n + 1},O-${n + 1},2016-03-0${n + 1},C-1,示例公司,华东,轴承,100,${state}`),
  ]

  test('cancelled lines and drafts are named and do not', async () => {
    const { said } = await brings(stated('已发货', '已取消', '草稿', 'VOID'))
    expect(said).toContain('1 lines in the state “已取消” (100 in all) do not count as sales: rows 3')
    expect(said).toContain('state “草稿”')
    expect(said).toContain('state “VOID”')
    expect(await lines()).toEqual([{ key: 'O-1/1', amount: '100' }])
    expect((await k01('2016')).value).toBe('100')
  })

  test('a line that is cancelled later is reversed, and counts again when it is taken up', async () => {
    await brings(stated('已发货', '已发货'))
    expect((await brings(stated('已发货', '已取消'))).said).toContain('1 of them counted before')
    expect((await k01('2016')).value).toBe('100')
    expect(await all(`select amount::text from sales_order order by code`)).toEqual([
      { amount: '100' },
      { amount: '0' },
    ])
    await agrees()
    await brings(stated('已发货', '已完成'))
    expect((await k01('2016')).value).toBe('200')
    await agrees()
  })

  test('a word that nobody knows is refused by its cell, unless the person says what it means', async () => {
    expect((await brings(stated('已发货', '特批'))).said).toMatch(/× Sheet1 row 3 状态: 特批 — /)
    const { said } = await brings(stated('已发货', '特批'), { states: { 特批: 'counted' } })
    expect(said).toContain('Bad rows: 0')
    expect((await k01('2016')).value).toBe('200')
    expect((await brings(stated('已发货', '特批'), { left: '特批、待定' })).said).toContain(
      'in the state “特批”',
    )
    expect((await k01('2016')).value).toBe('100')
  })

  test('another currency than that of the books is refused by its cell', async () => {
    const { said } = await brings([
      `${head},币种`,
      '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,1000,人民币',
      '2,O-2,2016-03-03,C-1,示例公司,华东,轴承,1000,USD',
      '3,O-3,2016-03-04,C-1,示例公司,华东,轴承,1000,欧元',
      '4,O-4,2016-03-04,C-1,示例公司,华东,轴承,1000,',
    ])
    expect(said).toMatch(/× Sheet1 row 3 币种: USD — The currency is “USD”, the books are kept in CNY/)
    expect(said).toContain('Bad rows: 2')
    expect((await k01('2016')).value).toBe('2000')
  })
})

describe('Returns', () => {
  const sold = [
    head,
    '1,O-1,2016-03-02,C-1,示例公司,华东,轴承,100',
    '1,O-2,2016-03-02,C-1,示例公司,华东,轴承,7',
  ]
  const book = (name: string, table: unknown[][]): string => {
    const file = join(folder, 'book.xlsx')
    const made = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet(sold.map((line) => line.split(','))), '订单')
    XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet(table), name)
    writeFileSync(file, XLSX.write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    return file
  }
  const returned = async () =>
    (await all<{ code: string }>(`select order_code as code from order_return order by 1`)).map(
      ({ code }) => code,
    )

  test('a sheet of deliveries that names orders is no sheet of returns', async () => {
    await brings(
      book('发货记录', [
        ['订单 ID', '承运商'],
        ['O-1', '示例物流'],
        ['O-2', '示例物流'],
      ]),
    )
    expect(await returned()).toEqual([])
  })

  test('a return is taken back by 否, and a word that says neither is refused', async () => {
    await brings(
      book('退货', [
        ['订单 ID', '退回'],
        ['O-1', '是'],
      ]),
    )
    expect(await returned()).toEqual(['O-1'])
    expect(await all(`select sum(amount)::text as back from sales_fact where kind = 'returned'`)).toEqual([
      { back: '100' },
    ])
    const { said } = await brings(
      book('退货', [
        ['订单 ID', '退回'],
        ['O-1', '否'],
        ['O-2', '待定'],
      ]),
    )
    expect(said).toContain('The returns of 1 orders are taken back: O-1')
    expect(said).toMatch(/× 退货 row 3 退回: 待定 — /)
    expect(await returned()).toEqual([])
    expect(await all(`select sum(amount)::text as back from sales_fact where kind = 'returned'`)).toEqual([
      { back: '0' },
    ])
    await agrees()
  })
})

const cases = '../shared/data/import-cases'
const there = existsSync(cases)
describe.skipIf(!there)(
  `Sheets that people’s reports are about${there ? '' : `: skipped, ${cases} is not there`}`,
  () => {
    const file = (name: string) => `${cases}/${name}`

    test('two months whose numbers begin anew make six lines', async () => {
      await brings(file('s34a-jan.csv'))
      await brings(file('s34b-feb.csv'))
      expect(await lines()).toHaveLength(6)
      expect((await k01('2016')).value).toBe('900')
    })

    test('an order with another amount is changed and reversed; without a line, it is told of', async () => {
      await brings(file('s32a-order.csv'))
      expect((await brings(file('s32b-same-order-other-amount.csv'))).said).toContain(
        'Order lines: 0 new, 1 changed, 1 the same',
      )
      expect((await k01('2016')).value).toBe('170')
      expect((await brings(file('s32c-line-gone.csv'))).said).toContain('line s32-2 of order s32-O1')
      expect((await k01('2016')).value).toBe('170')
      await agrees()
    })

    test('cancelled lines do not count, other currencies are refused, deliveries are no returns', async () => {
      const cancelled = await brings(file('s35-cancelled.csv'))
      expect(cancelled.said).toContain('in the state “已取消”')
      expect(await lines()).toHaveLength(1)
      expect((await brings(file('s05-currency-column.csv'))).said).toContain('Bad rows: 2')
      await brings(file('s50-second-sheet.xlsx'))
      expect(await all(`select from order_return`)).toEqual([])
      expect(await all(`select count(*)::int as n from order_line where returned`)).toEqual([{ n: 0 }])
    })

    test('a line in another currency is refused, and a basis whose date the file does not bear as well', async () => {
      const { said } = await brings(file('s60-cli.csv'), { basis: 'order' })
      expect(said).toContain('币种: USD')
      const accepted = await brings(file('s34a-jan.csv'), { basis: 'acceptance' })
      expect(accepted.said).toContain('Bad rows: 3')
      expect(await lines()).toEqual([])
      expect(await all(`select from sales_year`)).toEqual([])
    })

    test('one customer in full width and half, in a list and in sales', async () => {
      await brings(file('a12-nfkc.csv'), { what: 'account' })
      await brings(file('s12n-nfkc.csv'))
      expect(await all(`select count(*)::int as n from account`)).toEqual([{ n: 1 }])
    })

    test('doubled codes are refused, equal names told of, regions taken by any of their names', async () => {
      const keys = await brings(file('a31-keys.csv'), { what: 'account' })
      expect(keys.said).toContain('Accounts: 4 new')
      expect(keys.said).toContain('Bad rows: 4')
      expect(keys.said).toContain('Names that more than one account bears: 2.')
      const refs = await brings(file('a13-refs.csv'), { what: 'account' })
      expect(refs.said).not.toContain('归属大区: 华东大区')
      expect(refs.said).toContain('归属大区: 火星')
      expect(refs.said).toContain('没有这个人')
    })
  },
)
