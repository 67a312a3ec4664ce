import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tried, written } from '../../test/imports.ts'
import { acting, sampleKernel } from '../../test/people.ts'
import { sampleDatabase } from '../../test/sample-database.ts'
import { salesFile } from '../../test/superstore.ts'
import { standingClock } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/context.ts'
import { writeImport } from '../kernel/exchange/jobs.ts'
import { loadsOf, proposalOf } from '../kernel/exchange/proposal.ts'
import { faultsOf, openRun, runById, tryRun, writeRun } from '../kernel/exchange/runs.ts'
import { readKpi } from '../kernel/figures/read.ts'
import type { Refusal } from '../kernel/refusal.ts'

const clock = standingClock('2018-01-02T02:00:00Z')

const brings = (kernel: Kernel, bytes: Uint8Array, choices: Record<string, unknown> = {}) =>
  tried(kernel, 'sales', 'sales.xls', bytes, { basis: 'order', ...choices })
const one = async <T>(kernel: Kernel, text: string) =>
  (await sql.raw<T>(text).execute(kernel.db.kysely)).rows[0] as T

describe('A sales file of old binary Excel', () => {
  let kernel: Kernel
  let drop: () => Promise<void>
  const file = salesFile()
  beforeAll(async () => {
    const fresh = await sampleDatabase()
    drop = fresh.drop
    kernel = sampleKernel(fresh.db, clock)
  }, 120_000)
  afterAll(() => drop?.())

  test('only a post that imports customers may bring one', async () => {
    await expect(
      acting(kernel, 'rep01', (ctx) => openRun(ctx, 'sales', 'x.xls', file.bytes)),
    ).rejects.toMatchObject({ status: 403 })
  })

  test('what is no table is told so', async () => {
    const noise = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3])
    await expect(acting(kernel, 'sup', (ctx) => openRun(ctx, 'sales', 'x.xls', noise))).rejects.toMatchObject(
      { code: 'file-unreadable' },
    )
  })

  test('is tried without writing: every bad row is named with its column and its mend', async () => {
    const run = await brings(kernel, file.bytes)
    expect(run.remembered).toBe(false)
    // What is new is neither changed nor the same.
    expect(run.trial?.counts.map(({ id, fresh, changed, same }) => [id, fresh, changed, same])).toEqual([
      ['account', file.truth.accounts, 0, 0],
      ['order', file.truth.orders, 0, 0],
      ['order-line', file.truth.lines, 0, 0],
      ['order-return', file.truth.returns, 0, 0],
    ])
    const { items } = await acting(kernel, 'sup', (ctx) => faultsOf(ctx, run.id, 0))
    const at = (fault: { sheet: string; row: number; column: string }) =>
      `${fault.sheet} ${fault.row} ${fault.column}`
    expect(new Set(items.map(at))).toEqual(new Set(file.bad.map(at)))
    for (const fault of items) expect(fault.text.zh.length * fault.text.en.length).toBeGreaterThan(0)
    expect(await one<{ n: number }>(kernel, 'select count(*)::int as n from account')).toEqual({ n: 0 })
  })

  test('faulty rows are left out only when that is said', async () => {
    const run = await brings(kernel, file.bytes)
    expect(run.remembered).toBe(true)
    await expect(
      acting(kernel, 'sup', (ctx) =>
        writeRun(ctx, run.id, { rev: run.rev, leaveOutFaulty: false, owners: {} }),
      ),
    ).rejects.toMatchObject({ code: 'faulty-rows' })
  })

  test('cut off in the middle, nothing of it stands; taken up again, all of it does', async () => {
    const run = await brings(kernel, file.bytes)
    const broken = {
      ...kernel,
      registry: { ...kernel.registry, importers: new Map(kernel.registry.importers) },
    }
    const sales = kernel.registry.importers.get('sales')
    if (!sales) throw new Error('the sales importer is not there')
    broken.registry.importers.set('sales', {
      ...sales,
      async write(...said) {
        await sales.write(...said)
        throw new Error('the program is cut off')
      },
    })
    const asked = await acting(kernel, 'sup', async (ctx) => {
      await writeRun(ctx, run.id, { rev: run.rev, leaveOutFaulty: true, owners: {} })
      return {
        runId: run.id,
        editionId: ctx.edition.id,
        userId: ctx.actor.userId,
        personId: ctx.actor.personId,
      }
    })
    await expect(writeImport(broken, asked)).rejects.toThrow('cut off')
    expect(await one<{ n: number }>(kernel, 'select count(*)::int as n from account')).toEqual({ n: 0 })
    // A worker and a command line take it up at the same moment: one of them writes, the other finds it done.
    const both = await Promise.all([writeImport(kernel, asked), writeImport(kernel, asked)])
    expect(both.filter((result) => result !== null)).toHaveLength(1)
    expect(both.find((result) => result !== null)?.booked).toBeGreaterThan(0)
    expect((await acting(kernel, 'sup', (ctx) => runById(ctx.tx, run.id))).state).toBe('done')
    const there = await one<{ accounts: number; orders: number; lines: number; sold: string }>(
      kernel,
      `select (select count(*)::int from account) as accounts, (select count(*)::int from sales_order) as orders,
        (select count(*)::int from order_line) as lines, (select sum(amount)::text from sales_order) as sold`,
    )
    const all = Object.values(file.truth.sold).reduce((sum, part) => sum + part, 0)
    expect(there).toMatchObject({
      accounts: file.truth.accounts,
      orders: file.truth.orders,
      lines: file.truth.lines,
    })
    expect(Number(there.sold).toFixed(3)).toBe((all / 1000).toFixed(3))
  })

  test('brought again, changes nothing', async () => {
    const before = await one(
      kernel,
      `select (select count(*) from audit) as trail, (select count(*) from sales_fact) as facts`,
    )
    const run = await brings(kernel, file.bytes)
    for (const count of run.trial?.counts ?? [])
      expect([count.id, count.fresh, count.changed]).toEqual([count.id, 0, 0])
    const { result } = await written(kernel, run)
    expect(result?.booked).toBe(0)
    const after = await one(
      kernel,
      `select (select count(*) from audit) as trail, (select count(*) from sales_fact) as facts`,
    )
    expect(after).toEqual(before)
  })

  test('every account is at home in the region that bought most from it', async () => {
    const { rows } = await sql`select a.code from account a where a.home_unit_id is distinct from (
      select l.unit_id from order_line l where l.account_id = a.id and l.counts group by l.unit_id
      order by sum(l.amount) desc, max(l.ordered_on) desc, l.unit_id limit 1)`.execute(kernel.db.kysely)
    expect(rows).toEqual([])
  })

  test('every account has an owner of its home region in turn, another behind, and the manager who covers it', async () => {
    const { rows } = await sql<{ code: string; good: boolean }>`select a.code, a.owner_id <> a.backup_id
        and exists (select from holder h where h.post = 'REP' and h.unit_id = a.home_unit_id and h.person_id = a.owner_id)
        and exists (select from holder h where h.post = 'REP' and h.unit_id = a.home_unit_id and h.person_id = a.backup_id)
        and exists (select from holder h where h.post = 'KAM' and a.home_unit_id = any(h.covers) and h.person_id = a.manager_id) as good
      from account a`.execute(kernel.db.kysely)
    expect(rows.filter((row) => !row.good)).toEqual([])
    const { rows: spread } = await sql<{
      most: number
      least: number
    }>`select max(n)::int as most, min(n)::int as least from (
      select home_unit_id, owner_id, count(*) as n from account group by 1, 2) x group by home_unit_id`.execute(
      kernel.db.kysely,
    )
    for (const one of spread) expect(one.most - one.least).toBeLessThanOrEqual(1)
  })

  test('K01 of each year is the sum of the lines, returns beside it', async () => {
    for (const [year, sold] of Object.entries(file.truth.sold)) {
      const k01 = await acting(kernel, 'sup', (ctx) =>
        readKpi(ctx, { kpi: 'K01', period: year, scope: 'company' }),
      )
      expect(Number(k01.value?.amount).toFixed(3)).toBe((sold / 1000).toFixed(3))
      expect(Number(k01.returned?.amount).toFixed(3)).toBe(
        ((file.truth.returned[year] ?? 0) / 1000).toFixed(3),
      )
    }
    expect(await one(kernel, 'select sales_month_agrees() as agrees')).toEqual({ agrees: true })
  })

  test('a changed amount is booked by a reversing row; the past is not written over', async () => {
    await sql`update order_line set digest = 'old', amount = amount + 100 where line_no = '1'`.execute(
      kernel.db.kysely,
    )
    await sql`select book_sales('order')`.execute(kernel.db.kysely)
    const { result } = await written(kernel, await brings(kernel, file.bytes))
    expect(result?.counts.find((count) => count.id === 'order-line')?.changed).toBe(1)
    const { rows } = await sql<{
      n: number
      sum: string
      line: string
    }>`select count(*)::int as n, sum(f.amount)::text as sum, max(l.amount)::text as line
      from sales_fact f join order_line l on l.id = f.line_id where l.line_no = '1' and f.kind = 'sale'`.execute(
      kernel.db.kysely,
    )
    expect(rows[0]?.n).toBe(5)
    expect(rows[0]?.sum).toBe(rows[0]?.line)
  })

  test('the head may give an account to another than proposed', async () => {
    const more = salesFile({ lines: 30, accounts: 200, seed: 11, faulty: false })
    const run = await brings(kernel, more.bytes)
    const { items, candidates } = await acting(kernel, 'sup', (ctx) =>
      proposalOf(ctx, run.id, { q: '', from: 0 }),
    )
    const first = items[0] as (typeof items)[number]
    const { proposed, cap, units } = await acting(kernel, 'sup', (ctx) => loadsOf(ctx, run.id))
    expect(cap).toBe(20)
    expect(proposed[0]).toEqual([first.key, first.owner?.id ?? null, first.unit?.id ?? null])
    expect(units).toContainEqual(first.unit)
    // Narrowed to the region and to the person, it is what falls on him there, whatever page it stands on.
    for (const [narrow, at] of [
      [{ owner: first.owner?.id }, 1],
      [{ unit: first.unit?.id }, 2],
    ] as const) {
      const all: string[] = []
      for (let next: number | null = 0; next !== null; ) {
        const found = await acting(kernel, 'sup', (ctx) =>
          proposalOf(ctx, run.id, { q: '', from: next as number, ...narrow }),
        )
        all.push(...found.items.map((row) => row.key))
        next = found.next
      }
      expect(all).toEqual(proposed.filter((row) => row[at] === Object.values(narrow)[0]).map(([key]) => key))
      expect(all).toContain(first.key)
    }
    const other = candidates.find(
      (one) => one.id !== first.owner?.id && one.id !== first.backup?.id,
    ) as (typeof candidates)[number]
    await written(kernel, run, { [first.key]: other.id })
    expect(await one(kernel, `select owner_id from account where code = '${first.key}'`)).toEqual({
      owner_id: other.id,
    })
  })

  test('an account keeps its code and where it came from, whatever a later file is called', async () => {
    const source = await one(kernel, `select distinct source from account`)
    expect(source).toEqual({ source: 'sales.xls' })
    const run = await tried(kernel, 'sales', 'later.xls', file.bytes, { basis: 'order' })
    await sql`update account set name = name || '旧' where id = (select min(id) from account)`.execute(
      kernel.db.kysely,
    )
    await written(kernel, run)
    expect(await one(kernel, `select distinct source from account`)).toEqual(source)
  })

  test('an owner who holds no post is refused before anything is queued', async () => {
    const more = salesFile({ lines: 30, accounts: 300, seed: 12, faulty: false })
    const run = await brings(kernel, more.bytes)
    await expect(
      acting(kernel, 'sup', (ctx) =>
        writeRun(ctx, run.id, { rev: run.rev, leaveOutFaulty: true, owners: { 'KH-1': 999_999 } }),
      ),
    ).rejects.toMatchObject({ code: 'invalid', faults: [{ path: 'owners.KH-1' }] })
  })

  test('what no column can hold is a bad row, and so is a code with characters that nobody sees; a name loses them, and it is told', async () => {
    const long = 'x'.repeat(3000)
    const csv = [
      '行 ID,订单 ID,订单日期,客户 ID,客户名称,地区,产品名称,销售额',
      `H-1,H-1,2017-01-02,H-1,示例\u0000户,华东,产品,1`,
      `H-7,H\u00007,2017-01-02,H-1,示例户,华东,产品,1`,
      `H-2,H-2,2017-01-02,${long},示例户,华东,产品,1`,
      `H-3,H-3,2017-01-02,H-3,示例户,华东,${long},1`,
      `H-4,H-4,2017-01-02,H-4,示例户,华东,产品,1.${'1'.repeat(20_000)}`,
      `H-5,H-5,9999-01-02,H-5,示例户,华东,产品,1`,
      `H-6,H-6,2017-01-02,H-6,示例户,华东,产品,${'9'.repeat(16)}`,
    ].join('\r\n')
    const run = await brings(kernel, new TextEncoder().encode(csv))
    const { items } = await acting(kernel, 'sup', (ctx) => faultsOf(ctx, run.id, 0))
    expect(items.map((fault) => [fault.row, fault.column])).toEqual([
      [3, '订单 ID'],
      [4, '客户 ID'],
      [5, '产品名称'],
      [6, '销售额'],
      [7, '订单日期'],
      [8, '销售额'],
    ])
    expect(items[0]).toMatchObject({ value: 'H␀7', text: { en: expect.stringContaining('cannot be seen') } })
    const { trial } = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, run.id))
    expect(trial?.warnings.map(({ en }) => en).join()).toContain('left out of 1 cells: E2')
    await written(kernel, run)
    expect(await one(kernel, `select name from account where code = 'H-1'`)).toEqual({ name: '示例户' })
  })

  test('two windows: the one that looked earlier is told', async () => {
    const run = await brings(kernel, file.bytes)
    const late = acting(kernel, 'sup', (ctx) =>
      tryRun(ctx, run.id, { rev: run.rev - 1, mapping: run.mapping, choices: {} }),
    )
    await expect(late).rejects.toSatisfy((error: Refusal) => error.code === 'conflict')
  })
})
