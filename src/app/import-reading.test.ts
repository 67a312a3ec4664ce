import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acting, sampleKernel } from '../../test/people.ts'
import { sampleDatabase } from '../../test/sample-database.ts'
import { standingClock } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/context.ts'
import { type AskedReading, importFile } from '../kernel/exchange/import-file.ts'
import type { Reading } from '../kernel/exchange/reading.ts'
import { openRun, readRunAnew, runById, tryRun } from '../kernel/exchange/runs.ts'

const clock = standingClock('2018-01-02T02:00:00Z')
const head = '行 ID;订单 ID;订单日期;客户 ID;客户名称;地区;产品名称;销售额'
const line = (n: number, day: string, amount: string) =>
  `M-${n};MO-${n};${day};MK-1;示例商行;华东;轴承;${amount}`
const file = (...lines: string[]) => new TextEncoder().encode([head, ...lines].join('\n'))

describe('How a file is read', () => {
  let kernel: Kernel
  let drop: () => Promise<void>
  const folder = mkdtempSync(join(tmpdir(), 'kambook-import-'))
  beforeAll(async () => {
    const fresh = await sampleDatabase()
    drop = fresh.drop
    kernel = sampleKernel(fresh.db, clock)
  }, 120_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await drop?.()
  })

  const opens = (bytes: Uint8Array, reading: Reading = {}) =>
    acting(kernel, 'sup', async (ctx) =>
      runById(ctx.tx, await openRun(ctx, 'sales', 'monat.csv', bytes, reading)),
    )
  const tries = (id: number) =>
    acting(kernel, 'sup', async (ctx) => {
      const { rev, mapping } = await runById(ctx.tx, id)
      await tryRun(ctx, id, { rev, mapping, choices: { basis: 'order' } })
      return runById(ctx.tx, id)
    })
  /** `kambook import`, and all that it says in English. */
  async function commands(name: string, bytes: Uint8Array, reading: AskedReading = {}, what = 'sales') {
    writeFileSync(join(folder, name), bytes)
    const said: string[] = []
    const basis = what === 'sales' ? 'order' : undefined
    const asked = { file: join(folder, name), login: 'sup', what, dryRun: true, yes: false, basis, reading }
    const code = await importFile(kernel, asked, (text) => said.push(text.en))
    return { code, said: said.join('\n') }
  }

  test('is chosen for one run, kept with it, and holds for the next such file', async () => {
    const run = await opens(file(line(1, '05/03/2017', '12,50')))
    expect((await tries(run.id)).trial?.faultyRows).toBe(1)
    await acting(kernel, 'sup', async (ctx) => {
      const { rev } = await runById(ctx.tx, run.id)
      await readRunAnew(ctx, run.id, { rev, reading: { decimal: 'comma', dates: 'dmy' } })
      expect(await runById(ctx.tx, run.id)).toMatchObject({ state: 'mapping', trial: null })
    })
    expect((await tries(run.id)).trial?.faultyRows).toBe(0)
    const next = await opens(file(line(2, '06/04/2017', '13,50')))
    expect(next).toMatchObject({ remembered: true, reading: { decimal: 'comma', dates: 'dmy' }, dropped: [] })
  })

  test('is dropped and said where it no longer fits', async () => {
    const next = await opens(file(line(3, '04/25/2017', '13.50')))
    expect(next.reading).toEqual({ sheets: {} })
    expect(next.dropped.map(({ zh }) => zh).join('\n')).toMatch(/小数点.*\n.*日期写法/)
    const { trial } = await tries(next.id)
    expect(trial?.warnings.slice(0, 2)).toEqual(next.dropped)
    const others = new TextEncoder().encode(`${head.replace('行 ID', '序号')}\n${line(4, '2017-03-05', '1')}`)
    expect((await opens(others)).remembered).toBe(false)
  })

  test('with a row of headings that is not there is refused', async () => {
    await expect(
      opens(file(line(5, '2017-03-05', '1')), { sheets: { Sheet1: { headerRow: 9 } } }),
    ).rejects.toMatchObject({ status: 422, text: { zh: expect.stringContaining('第 9 行是空的') } })
    await expect(
      opens(file(line(5, '2017-03-05', '1')), { sheets: { 别的: { headerRow: 1 } } }),
    ).rejects.toMatchObject({ status: 422 })
  })

  test('the command says all that it guessed, and what it leaves out', async () => {
    const csv =
      '销售明细\n序号,订单号,订单日期,客户编号,客户,大区,产品,金额,币种\nC-1,CO-1,2017-03-05,MK-1,示例商行,华东,轴承,1,USD'
    const { code, said } = await commands('guess.csv', new Uint8Array(iconv.encode(csv, 'gb18030')))
    expect(said).toContain('Encoding: Simplified Chinese GBK / GB18030, begins: 销售明细')
    expect(said).toContain('Orders ← sheet “Sheet1”, headings in row 2')
    expect(said).toContain('Sales ← 金额')
    expect(said).toMatch(/币种|USD/)
    expect([0, 1]).toContain(code)
  })

  test('the command asks for an encoding that is not clear, and takes the one it is given', async () => {
    const plain = new TextEncoder().encode('客户编号,客户名称\nA1,삼성전자주식회사')
    expect((await commands('utf.csv', plain, {}, 'account')).code).toBe(0)
    const bytes = new Uint8Array(iconv.encode('고객코드,고객명\nA1,삼성전자주식회사', 'euc-kr'))
    const { rows: before } = await sql<{
      n: number
    }>`select count(*)::int as n from import_run where state = 'cancelled'`.execute(kernel.db.kysely)
    await expect(commands('korea.csv', bytes, {}, 'account')).rejects.toMatchObject({
      code: 'encoding-unclear',
      text: { en: expect.stringContaining('Korean EUC-KR') },
    })
    const { rows: after } = await sql<{
      n: number
    }>`select count(*)::int as n from import_run where state = 'cancelled'`.execute(kernel.db.kysely)
    expect(after[0]?.n).toBe((before[0]?.n ?? 0) + 1)
    // Its headings are of no language that is known here: the encoding is settled, the columns are not.
    await expect(commands('korea.csv', bytes, { encoding: 'euc-kr' }, 'account')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('the command takes the decimal mark, the order of dates and the row of headings', async () => {
    const bytes = file(line(7, '05/03/2017', '1.234,50'))
    expect((await commands('komma.csv', bytes, { headerRows: { '': 1 } })).said).toContain('Bad rows: 1')
    const { code, said } = await commands('komma.csv', bytes, {
      decimal: 'comma',
      dates: 'dmy',
      headerRows: { '': 1 },
    })
    expect([code, said.includes('Bad rows: 0')]).toEqual([0, true])
  })
})
