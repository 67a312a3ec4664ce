import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../../test/server.ts'
import { importFile } from '../kernel/exchange/import-file.ts'

// Figures of a public data set that nobody here made, against those another tool computed from it.

const folder = '../shared/data/superstore-zh'
const there = existsSync(`${folder}/superstore-zh.xls`)
interface Expected {
  kpis: Record<string, { rows: Record<string, string | number>[] }>
}
const expected: Expected = there ? JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) : { kpis: {} }
const rowsOf = (name: string) => {
  const rows = expected.kpis[name]?.rows ?? []
  expect(rows.length, name).toBeGreaterThan(0)
  return rows
}
const thousandths = (amount: unknown) => Number(amount).toFixed(3)

describe.skipIf(!there)(
  `The public sample of 10,000 order lines${there ? '' : `: skipped, ${folder} is not there`}`,
  () => {
    let server: TestServer
    const regions = new Map<string, number>()
    const said: string[] = []

    beforeAll(async () => {
      server = await sampleServer()
      const code = await importFile(
        server.app.kernel,
        {
          file: `${folder}/superstore-zh.xls`,
          login: 'sup',
          what: 'sales',
          basis: 'order',
          dryRun: false,
          yes: true,
        },
        (text) => said.push(text.en),
      )
      expect([code, said.filter((line) => line.startsWith('×'))]).toEqual([0, []])
      const { rows } = await sql<{
        id: number
        name: string
      }>`select id, name_zh as name from unit where level = 'region'`.execute(server.db.kysely)
      for (const row of rows) regions.set(row.name, row.id)
    }, 240_000)
    afterAll(() => server?.close())

    interface Figure {
      value: { amount: string; currency: string }
      returned: { amount: string }
      net: { amount: string }
      basis: string
    }
    async function k01(period: string, scope = 'company'): Promise<Figure> {
      const answer = await server.call('sup', 'GET', `/api/v1/kpis?kpi=K01&period=${period}&scope=${scope}`)
      expect(answer.status, `${period} ${scope}`).toBe(200)
      return (await answer.json()) as Figure
    }
    const unit = (region: unknown) => `unit:${regions.get(String(region))}`

    test('is written whole: the counts of another tool', async () => {
      const [total] = rowsOf('totals')
      const [back] = rowsOf('returns')
      const { rows } = await sql<
        Record<string, string>
      >`select (select count(*)::int from account) as accounts,
        (select count(*)::int from order_line) as lines, (select count(distinct code)::int from sales_order) as codes,
        (select count(*)::int from order_return) as returns, (select sum(amount)::text from order_line) as sales,
        (select sum(amount) filter (where returned)::text from order_line) as returned`.execute(
        server.db.kysely,
      )
      expect({
        ...rows[0],
        sales: thousandths(rows[0]?.sales),
        returned: thousandths(rows[0]?.returned),
      }).toEqual({
        accounts: total?.customers,
        lines: total?.lines,
        codes: total?.orders,
        returns: back?.rows,
        sales: thousandths(total?.sales),
        returned: thousandths(back?.returned_sales),
      })
    })

    test('K01 of each year, returns and net beside it', async () => {
      for (const row of rowsOf('year')) {
        const figure = await k01(String(row.y))
        expect([row.y, thousandths(figure.value.amount), figure.basis]).toEqual([
          row.y,
          thousandths(row.sales),
          'order',
        ])
        expect(thousandths(figure.net.amount)).toBe(
          thousandths(Number(figure.value.amount) - Number(figure.returned.amount)),
        )
      }
      const figure = await k01('2017')
      expect([figure.value.amount, figure.returned.amount, figure.net.amount]).toEqual([
        '5488465.787',
        '741863.605',
        '4746602.182',
      ])
    })

    test('K01 of each quarter and region', async () => {
      for (const row of rowsOf('quarter_region')) {
        const { value } = await k01(String(row.q), unit(row.region))
        expect([row.q, row.region, thousandths(value.amount)]).toEqual([
          row.q,
          row.region,
          thousandths(row.sales),
        ])
      }
    })

    test('K01 of each regional manager and year: the sum of the region', async () => {
      const regionOf = new Map(rowsOf('manager').map((row) => [row.manager, row.region]))
      for (const row of rowsOf('manager_year')) {
        const { value } = await k01(String(row.y), unit(regionOf.get(row.manager as string)))
        expect([row.manager, row.y, thousandths(value.amount)]).toEqual([
          row.manager,
          row.y,
          thousandths(row.sales),
        ])
      }
      for (const row of rowsOf('manager')) {
        const years = rowsOf('year').map((one) => String(one.y))
        let sum = 0
        for (const year of years) sum += Number((await k01(year, unit(row.region))).value.amount)
        expect([row.region, thousandths(sum)]).toEqual([row.region, thousandths(row.sales)])
      }
    })

    test('the plan’s basis of 2017 by region and in all', async () => {
      const begun = await server.call('sup', 'POST', '/api/v1/cases', {
        workflow: 'PLAN',
        input: { year: 2018 },
      })
      const { record } = (await begun.json()) as { record: { id: number } }
      const basis = (await (
        await server.call('sup', 'GET', `/api/v1/plans/${record.id}/basis?cut=region`)
      ).json()) as {
        rows: { label: { zh: string }; amount: string }[]
        total: { amount: string; returned: string; net: string }
      }
      const truth = new Map<string, number>()
      for (const row of rowsOf('quarter_region'))
        if (String(row.q).startsWith('2017'))
          truth.set(String(row.region), (truth.get(String(row.region)) ?? 0) + Number(row.sales))
      expect(basis.rows).toHaveLength(truth.size)
      for (const row of basis.rows)
        expect([row.label.zh, thousandths(row.amount)]).toEqual([
          row.label.zh,
          thousandths(truth.get(row.label.zh)),
        ])
      expect(basis.total).toMatchObject({
        amount: '5488465.787',
        returned: '741863.605',
        net: '4746602.182',
      })
    })

    test('brought again, everything is the same', async () => {
      const again: string[] = []
      const code = await importFile(
        server.app.kernel,
        {
          file: `${folder}/superstore-zh.xls`,
          login: 'sup',
          what: 'sales',
          basis: 'order',
          dryRun: true,
          yes: false,
        },
        (text) => again.push(text.en),
      )
      expect(code).toBe(0)
      const counts = again.filter((line) => / new, /.test(line))
      expect(counts.length).toBe(4)
      for (const line of counts) expect(line).toMatch(/: 0 new, 0 changed, \d+ the same$/)
      expect(again).toContain('Bad rows: 0')
    }, 120_000)
  },
)
