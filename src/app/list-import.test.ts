import * as XLSX from '@e965/xlsx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tried, written } from '../../test/imports.ts'
import { acting } from '../../test/people.ts'
import { someSales } from '../../test/sales.ts'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { faultsOf, openRun, type RunRow } from '../kernel/exchange/runs.ts'

let server: TestServer
beforeAll(async () => {
  server = await sampleServer()
  await someSales(server.db)
}, 120_000)
afterAll(() => server?.close())

type Row = Record<string, string>

/** The list of accounts as the head exports it, with every column. */
async function exported(lang: 'zh' | 'en', format: 'xlsx' | 'csv' = 'xlsx'): Promise<Uint8Array> {
  const answer = await server.call(
    'sup',
    'GET',
    `/api/v1/records/account/export?format=${format}&lang=${lang}`,
  )
  expect(answer.status).toBe(200)
  return new Uint8Array(await answer.arrayBuffer())
}
const rowsIn = (bytes: Uint8Array): Row[] => {
  const book = XLSX.read(bytes)
  return XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0] as string] as XLSX.WorkSheet, {
    defval: '',
    raw: false,
  })
}
const sheetOf = (rows: readonly Row[]): Uint8Array => {
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.json_to_sheet([...rows]), '客户')
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
}

const brings = (bytes: Uint8Array) => tried(server.app.kernel, 'account', 'accounts', bytes)
const counted = (run: Pick<RunRow, 'trial'>) => {
  const [count] = run.trial?.counts ?? []
  return { fresh: count?.fresh, changed: count?.changed, same: count?.same, bad: run.trial?.faultyRows }
}
const accountOf = async (code: string) => {
  const answer = await server.call(
    'sup',
    'GET',
    `/api/v1/records/account?code=${encodeURIComponent(code)}&limit=1`,
  )
  const { items } = (await answer.json()) as { items: Record<string, unknown>[] }
  return items[0] as Record<string, unknown>
}

describe('A list of accounts', () => {
  test.each([
    ['zh', 'xlsx'],
    ['en', 'xlsx'],
    ['zh', 'csv'],
  ] as const)('as it was exported (%s, %s) says nothing new', async (lang, format) => {
    const bytes = await exported(lang, format)
    const all = rowsIn(bytes).length
    expect(all).toBeGreaterThan(10)
    expect(counted(await brings(bytes))).toEqual({ fresh: 0, changed: 0, same: all, bad: 0 })
  })

  test('with texts that begin like a formula runs nothing in a spreadsheet, and comes back as it was', async () => {
    const made = await server.call('sup', 'POST', '/api/v1/records/account', {
      code: '=1+1',
      name: '@示例客户',
      phone: '+86 10 0000 0000',
      notes: '-第一行\n=HYPERLINK("x")',
    })
    expect(made.status).toBe(201)
    const csv = await exported('zh', 'csv')
    expect(new TextDecoder().decode(csv)).toContain(`'=1+1,'@示例客户,`)
    const xlsx = await exported('zh')
    const sheet = Object.values(XLSX.read(xlsx).Sheets)[0] as XLSX.WorkSheet
    const cells = Object.entries(sheet).filter(([at]) => !at.startsWith('!')) as [string, XLSX.CellObject][]
    expect(cells.filter(([, cell]) => cell.f !== undefined)).toEqual([])
    expect(cells.find(([, cell]) => cell.v === '=1+1')?.[1].t).toBe('s')
    for (const bytes of [csv, xlsx])
      expect(counted(await brings(bytes))).toMatchObject({ fresh: 0, changed: 0, bad: 0 })
  })

  test('corrected in a sheet brings what was corrected and what is new; empty cells and missing columns change nothing', async () => {
    const before = rowsIn(await exported('zh'))
    const [first, second] = before as [Row, Row]
    const owner = before.find((row) => row['负责人（A角）'] !== first['负责人（A角）'])?.[
      '负责人（A角）'
    ] as string
    const file = sheetOf([
      {
        客户编号: first.客户编号 as string,
        行业: '（示例）装备',
        客户分级: 'A 级客户',
        '负责人（A角）': owner,
        简称: '',
      },
      {
        客户编号: second.客户编号 as string,
        行业: second.行业 as string,
        客户分级: '',
        '负责人（A角）': '',
        简称: '',
      },
      {
        客户编号: 'NEU-1',
        客户名称: '示例新客户（集团）',
        归属大区: '华东',
        合作起始: '2017年3月1日',
      } as unknown as Row,
    ])
    const run = await brings(file)
    expect(counted(run)).toEqual({ fresh: 1, changed: 1, same: 1, bad: 0 })
    expect((await accountOf('NEU-1')) ?? null).toBeNull()
    await written(server.app.kernel, run)
    expect(await accountOf(first.客户编号 as string)).toMatchObject({
      industry: '（示例）装备',
      grade: 'A',
      owner_id: { title: owner },
      name: first.客户名称,
    })
    expect(await accountOf('NEU-1')).toMatchObject({
      name: '示例新客户（集团）',
      home_unit_id: { title: expect.stringContaining('华东') },
      since: '2017-03-01',
    })
    const { id } = await accountOf(first.客户编号 as string)
    const history = await server.call('sup', 'GET', `/api/v1/records/account/${id}/history`)
    const { items } = (await history.json()) as { items: { action: string; changes: { field: string }[] }[] }
    expect(items[0]?.action).toBe('update')
    expect(items[0]?.changes.map(({ field }) => field).sort()).toEqual(['grade', 'industry', 'owner_id'])
    expect(counted(await brings(file))).toEqual({ fresh: 0, changed: 0, same: 3, bad: 0 })
  })

  test('names every row that cannot be written, with its column and the mend, and writes the others', async () => {
    const [first] = rowsIn(await exported('zh')) as [Row]
    const file = sheetOf([
      {
        客户编号: 'NEU-2',
        客户名称: '示例二号客户',
        客户分级: 'Z',
        '负责人（A角）': '',
        合作起始: '',
        来源: '',
      },
      { 客户编号: 'NEU-3', 客户名称: '' },
      { 客户编号: '', 客户名称: '没有编号' },
      { 客户编号: 'NEU-4', 客户名称: '示例四号客户', '负责人（A角）': '查无此人' },
      { 客户编号: 'NEU-5', 客户名称: '示例五号客户', 合作起始: '去年' },
      { 客户编号: first.客户编号 as string, 客户名称: '', 来源: '另一个来源' },
      { 客户编号: 'NEU-6', 客户名称: '示例六号客户' },
      { 客户编号: 'NEU-6', 客户名称: '示例六号客户' },
      { 客户编号: 'NEU-7', 客户名称: '长'.repeat(201) },
    ] as Row[])
    const run = await brings(file)
    const { items } = await acting(server.app.kernel, 'sup', (ctx) => faultsOf(ctx, run.id, 0))
    expect(items.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 客户分级',
      '3 客户名称',
      '4 客户编号',
      '5 负责人（A角）',
      '6 合作起始',
      '7 来源',
      '9 客户编号',
      '10 客户名称',
    ])
    for (const { text } of items) expect([text.zh.length > 3, text.en.length > 3]).toEqual([true, true])
    await written(server.app.kernel, run)
    expect(await accountOf('NEU-6')).toMatchObject({ name: '示例六号客户' })
    for (const code of ['NEU-2', 'NEU-3', 'NEU-4', 'NEU-5', 'NEU-7'])
      expect((await accountOf(code)) ?? null, code).toBeNull()
  })

  test('counts a row once, in however many places it is wrong', async () => {
    const run = await brings(sheetOf([{ 客户编号: 'NEU-9', 客户名称: '', 客户分级: 'Z' }]))
    expect(run.trial).toMatchObject({ faults: 2, faultyRows: 1 })
  })

  test('a field that a new record needs is named by the reason where the file has no column for it', async () => {
    const run = await brings(sheetOf([{ 客户编号: 'NEU-8', 行业: '示例行业' }]))
    const { items } = await acting(server.app.kernel, 'sup', (ctx) => faultsOf(ctx, run.id, 0))
    expect(items).toMatchObject([
      {
        row: 2,
        column: '',
        text: { zh: '缺“客户名称”，补上后再导', en: 'Account name is missing; fill it in' },
      },
    ])
  })

  test('is brought by whoever may import accounts everywhere, and by nobody else', async () => {
    const bytes = await exported('zh')
    for (const login of ['rep01', 'kam1', 'rgm1', 'hr', 'adm'])
      await expect(
        acting(server.app.kernel, login, (ctx) => openRun(ctx, 'account', 'x.xlsx', bytes)),
        login,
      ).rejects.toMatchObject({ status: 403 })
  })

  test('gives accounts to others only by whoever may assign them, when it is tried and when it is written', async () => {
    const [first] = rowsIn(await exported('zh')) as [Row]
    const code = { 客户编号: first.客户编号 as string }
    const giving = sheetOf([{ ...code, 主管经理: first.主管经理 as string }])
    const plain = sheetOf([{ ...code, 行业: '示例行业二' }])
    const ready = await brings(giving)
    const assigns = sql`verb = 'assign' and kind = 'account' and post = 'SUP'`
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from right_grant where ${assigns}`.execute(server.db.kysely)
    expect(rows[0]?.n).toBeGreaterThan(0)
    await sql`delete from right_grant where ${assigns}`.execute(server.db.kysely)
    await expect(brings(giving)).rejects.toMatchObject({ status: 403, code: 'no-right' })
    await expect(written(server.app.kernel, ready)).rejects.toMatchObject({ status: 403, code: 'no-right' })
    expect(counted(await brings(plain))).toEqual({ fresh: 0, changed: 1, same: 0, bad: 0 })
  })
})
