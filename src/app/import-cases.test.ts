import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseFile, casesFolder, casesThere } from '../../test/import-cases.ts'
import { acting, sampleKernel } from '../../test/people.ts'
import { sampleDatabase } from '../../test/sample-database.ts'
import { standingClock } from '../kernel/clock.ts'
import type { Kernel } from '../kernel/context.ts'
import type { Reading } from '../kernel/exchange/reading.ts'
import { faultsOf, openRun, type RunRow, runById, tryRun } from '../kernel/exchange/runs.ts'

// What a clerk's files hold that is not clean. Each is either read right, or refused with the cell and the mend; none is taken wrong.

const clock = standingClock('2018-01-02T02:00:00Z')

interface Read {
  readonly run: RunRow
  /** Lines or accounts that would be made. */
  readonly fresh: number
  /** `row column` of every fault. */
  readonly faults: string[]
  readonly said: string
  readonly warned: string
}

describe.skipIf(!casesThere)(
  `Files as people bring them${casesThere ? '' : `: skipped, ${casesFolder} is not there`}`,
  () => {
    let kernel: Kernel
    let drop: () => Promise<void>
    beforeAll(async () => {
      const fresh = await sampleDatabase()
      drop = fresh.drop
      kernel = sampleKernel(fresh.db, clock)
    }, 120_000)
    afterAll(() => drop?.())

    async function reads(name: string, reading: Reading = {}): Promise<Read> {
      const what = /^a\d|dbf/.test(name) ? 'account' : 'sales'
      const id = await acting(kernel, 'sup', (ctx) => openRun(ctx, what, name, caseFile(name), reading))
      return acting(kernel, 'sup', async (ctx) => {
        const { rev, mapping } = await runById(ctx.tx, id)
        await tryRun(ctx, id, { rev, mapping, choices: { basis: 'order' } })
        const run = await runById(ctx.tx, id)
        const { items } = await faultsOf(ctx, id, 0, 1000)
        const count = run.trial?.counts.find((one) => one.id === 'order-line' || one.id === 'account')
        const lines = run.trial?.counts.find((one) => one.id === 'order-line') ?? count
        return {
          run,
          fresh: lines?.fresh ?? 0,
          faults: items.map((fault) => `${fault.row} ${fault.column}`),
          said: items.map((fault) => fault.text.zh).join('\n'),
          warned: (run.trial?.warnings ?? []).map(({ zh }) => zh).join('\n'),
        }
      })
    }
    /** Amounts of the lines as they would be written. */
    const amounts = async (name: string, reading: Reading = {}) => {
      const id = await acting(kernel, 'sup', (ctx) => openRun(ctx, 'sales', name, caseFile(name), reading))
      return acting(kernel, 'sup', async (ctx) => {
        const { rev, mapping } = await runById(ctx.tx, id)
        await tryRun(ctx, id, { rev, mapping, choices: { basis: 'order' } })
        const { rows } = await sql<{
          line: string
          amount: string
          day: string
        }>`select line_no as line, trim_scale(amount)::text as amount, ordered_on::text as day from said_line order by line_no`.execute(
          ctx.tx,
        )
        return rows
      })
    }

    test('s01: decimal commas are refused, or read when they are chosen', async () => {
      const refused = await reads('s01-decimal-comma.csv')
      expect(refused.faults).toEqual(['2 销售额', '3 销售额', '4 销售额', '5 销售额'])
      expect(refused.said).toContain('小数点写作逗号')
      const read = await amounts('s01-decimal-comma.csv', { decimal: 'comma' })
      expect(read.map(({ amount }) => amount)).toEqual(['1234.56', '12.5', '1.5', '1234.5'])
    })
    test('s02: groups of three are read, others refused', async () => {
      expect((await reads('s02-thousands.csv')).faults).toEqual(['4 销售额', '5 销售额', '8 销售额'])
      const read = await amounts('s02-thousands.csv')
      expect(new Set(read.map(({ amount }) => amount))).toEqual(new Set(['1234.5']))
      expect(read).toHaveLength(4)
    })
    test('s03: negative numbers', async () => {
      const read = await amounts('s03-negative.csv')
      expect(Object.fromEntries(read.map(({ line, amount }) => [line, amount]))).toEqual({
        's03-1': '-123.45',
        's03-2': '-123.45',
        's03-4': '-123.45',
        's03-6': '-123.45',
        's03-7': '-123.45',
        's03-8': '-1123.45',
        's03-9': '5',
      })
      expect((await reads('s03-negative.csv')).faults).toEqual(['4 销售额', '6 销售额', '11 销售额'])
    })
    test('s04: signs of the books’ currency are read, others and units refused', async () => {
      const read = await amounts('s04-currency.csv')
      expect(read.map(({ line, amount }) => `${line} ${amount}`)).toEqual([
        's04-1 100',
        's04-2 100.5',
        's04-3 100',
        's04-4 100',
        's04-8 100',
      ])
      expect((await reads('s04-currency.csv')).faults).toHaveLength(8)
    })
    test('s05: a column of currencies is named, or its foreign rows are refused', async () => {
      const { warned, faults } = await reads('s05-currency-column.csv')
      expect(faults.length > 0 || /币种（CNY、USD、EUR）/.test(warned)).toBe(true)
    })
    test('s06: dates that say year, month and day are read, the others refused', async () => {
      const read = await amounts('s06-dates.csv')
      expect(Object.fromEntries(read.map(({ line, day }) => [line, day]))).toEqual({
        's06-1': '2017-03-05',
        's06-2': '2017-03-05',
        's06-3': '2017-03-05',
        's06-4': '2017-03-05',
        's06-7': '2017-03-05',
        's06-8': '2017-03-06',
        's06-10': '2017-03-05',
        's06-18': '2017-03-05',
      })
      const refused = await reads('s06-dates.csv')
      expect(refused.faults).toEqual([6, 7, 10, 12, 13, 14, 15, 16, 17, 18].map((row) => `${row} 订单日期`))
      expect(refused.said).toContain('民国')
      const chosen = await amounts('s06-dates.csv', { dates: 'dmy' })
      const day = (line: string) => chosen.find((one) => one.line === line)?.day
      expect([day('s06-5'), day('s06-6')]).toEqual(['2017-03-05', '2017-05-03'])
    })
    test('s07: totals are left out by name, a line of signatures has one reason', async () => {
      const { fresh, faults, warned } = await reads('s07-totals.csv')
      expect([fresh, faults]).toEqual([2, ['6 ']])
      expect(warned).toContain('第 4 行是合计行')
    })
    test('s08: the headings are the second row; another one can be chosen', async () => {
      const { fresh, run, warned } = await reads('s08-two-headers.xlsx')
      expect([fresh, run.sheets[0]?.headerRow]).toEqual([2, 2])
      expect(warned).toContain('标题在第 2 行')
      const id = await acting(kernel, 'sup', (ctx) =>
        openRun(ctx, 'sales', 's08', caseFile('s08-two-headers.xlsx'), {
          sheets: { 订单: { headerRow: 1 } },
        }),
      )
      const other = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, id))
      expect(other.sheets[0]?.headings.slice(0, 2)).toEqual(['订单信息', '(B)'])
    })
    test('s10: merged cells are refused, or filled down', async () => {
      const refused = await reads('s10-merged-body.xlsx')
      expect([refused.fresh, new Set(refused.faults.map((one) => one.split(' ')[0]))]).toEqual([
        1,
        new Set(['3']),
      ])
      expect(refused.said).toContain('合并单元格')
      const filled = await reads('s10-merged-body.xlsx', { sheets: { 订单: { fillMerged: true } } })
      expect([filled.fresh, filled.faults]).toEqual([2, []])
    })
    test('s11: doubled headings are both offered', async () => {
      const { run, warned } = await reads('s11-dup-headers.csv')
      expect(run.sheets[0]?.headings.slice(-2)).toEqual(['销售额', '销售额 (2)'])
      expect(run.mapping.columns.lines?.amount).toBe('销售额')
      expect(warned).toContain('标题重复：销售额')
    })
    test('s12b: a hidden sheet is nobody’s guess', async () => {
      const { run, fresh, warned } = await reads('s12b-hidden-sheet.xlsx')
      expect(run.mapping.sheets).toEqual({ lines: '明细', returns: null, people: null })
      expect([fresh, warned.includes('订单（隐藏）')]).toEqual([1, true])
    })
    test('s13: error cells are named, also where nobody asked for them', async () => {
      const { faults, said, fresh, run } = await reads('s13-error-cells.xlsx')
      expect([fresh, [...faults].sort()]).toEqual([1, ['3 销售额', '4 利润', '4 数量']])
      expect(said).toContain('H3：这一格是错误值 #REF!')
      expect(said).toContain('#DIV/0!')
      const mapping = {
        ...run.mapping,
        columns: {
          ...run.mapping.columns,
          lines: { ...run.mapping.columns.lines, profit: null, quantity: null },
        },
      }
      const warned = await acting(kernel, 'sup', async (ctx) => {
        await tryRun(ctx, run.id, { rev: run.rev, mapping, choices: { basis: 'order' } })
        return (await runById(ctx.tx, run.id)).trial?.warnings.map(({ zh }) => zh).join('\n')
      })
      expect(warned).toContain('I4 #DIV/0!，J4 #N/A')
    })
    test('s14: a formula that was never reckoned is said to be one', async () => {
      const { faults, said, fresh } = await reads('s14-formula-nocache.xlsx')
      expect([fresh, faults]).toEqual([1, ['2 销售额']])
      expect(said).toContain('没有存下结果')
    })
    test.each([
      ['s15-utf16le-bom.csv', 'utf-16le', 2],
      ['a16-big5.csv', 'big5', 1],
      ['a17-gb18030-rare.csv', 'gb18030', 3],
      ['a22e-biff5-gbk.xls', 'gb18030', 1],
    ] as const)('%s is read as %s', async (name, encoding, rows) => {
      const { run, fresh } = await reads(name)
      expect([run.encoding?.encoding, run.encoding?.clear, fresh]).toEqual([encoding, true, rows])
    })
    test('names keep their characters, rare ones too', async () => {
      const names = async (name: string) => (await reads(name)).run.sheets[0]?.sample.map((row) => row[1])
      expect(await names('a16-big5.csv')).toEqual(['臺灣測試水泥股份有限公司'])
      expect(await names('a17-gb18030-rare.csv')).toEqual(['李㐂𠮷商贸公司', '龚䶮电气', '€欧元测试'])
      expect(await names('a22e-biff5-gbk.xls')).toEqual(['测试公司'])
    })
    test('s16: what is Big5 is read as such; a region in another script is refused', async () => {
      const { run, faults } = await reads('s16-big5.csv')
      expect(run.encoding).toMatchObject({ encoding: 'big5', clear: true })
      expect(run.sheets[0]?.sample[0]?.[4]).toBe('臺灣測試公司')
      expect(run.mapping.columns.lines?.order_code).toBe('訂單 ID')
      expect(faults).toEqual(['2 地區'])
    })
    test('s22d: a DBF says by its code page what it is', async () => {
      const id = await acting(kernel, 'sup', (ctx) =>
        openRun(ctx, 'account', 's22d-dbf-gbk.dbf', caseFile('s22d-dbf-gbk.dbf')),
      )
      const run = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, id))
      expect(run.sheets[0]?.sample).toEqual([['s22d', '测试公司']])
    })
    test.each(['s22-biff5.xls', 's22-dbf.dbf'])(
      '%s was saved without its Chinese: it says so, for what is lost is not found again',
      async (name) => {
        const id = await acting(kernel, 'sup', (ctx) => openRun(ctx, 'sales', name, caseFile(name)))
        const run = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, id))
        expect(run.sheets[0]?.notices[0]?.zh).toContain('列标题的文字在存这个文件时就丢了')
      },
    )
    test('s21: long digits and zeros of an HTML table stay', async () => {
      const { run, fresh } = await reads('s21-html.xls')
      expect(fresh).toBe(2)
      expect(run.sheets[0]?.sample.map((row) => row[3])).toEqual(['000123', '913100001234567890'])
    })
    test.each(['s22-xlsb.xlsb', 's22-ods.ods', 's22-fods.fods', 's22-xlml.xml', 's22-biff8.xls'])(
      '%s is read',
      async (name) => {
        const { fresh, faults } = await reads(name)
        expect([fresh, faults]).toEqual([2, []])
      },
    )
    test.each([
      ['s25-password.xlsx', '密码'],
      ['s26-empty.csv', '文件是空的'],
      ['s26b-header-only.csv', '除标题外没有内容'],
      ['s26c-blank-lines.csv', '没有表格'],
      ['s27-bomb.xlsx', '太大'],
    ])('%s is refused: %s', async (name, why) => {
      await expect(
        acting(kernel, 'sup', (ctx) => openRun(ctx, 'sales', name, caseFile(name))),
      ).rejects.toMatchObject({ status: 422, text: { zh: expect.stringContaining(why) } })
    })
    test('s20 and s30: a first heading ID, line breaks and quotes', async () => {
      const id = await acting(kernel, 'sup', (ctx) =>
        openRun(ctx, 'sales', 's20-ID-first.csv', caseFile('s20-ID-first.csv')),
      )
      const run = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, id))
      expect([run.sheets[0]?.headings[0], run.sheets[0]?.rows]).toEqual(['ID', 1])
      const broken = await reads('s30-linebreaks.csv')
      expect([broken.fresh, broken.faults]).toEqual([2, []])
      expect(broken.run.sheets[0]?.sample.map((row) => row[6])).toEqual(['轴承 大号', '说"引号",逗号'])
    })
    test('s39 and s41: days counted from 1904 and moments near midnight are one day, however the cell is shown', async () => {
      expect((await amounts('s39-date1904.xlsx')).map(({ day }) => day)).toEqual(['2016-04-02', '2016-04-02'])
      expect((await amounts('s41-datetime.xlsx')).map(({ day }) => day)).toEqual([
        '2017-03-01',
        '2017-03-01',
        '2017-02-28',
      ])
    })
    test('s42: a percentage is no amount', async () => {
      const { fresh, faults, said } = await reads('s42-percent-amount.csv')
      expect([fresh, faults]).toEqual([0, ['2 销售额', '3 销售额', '4 销售额']])
      expect(said).toContain('不是百分比')
    })
    test('s44: a stray cell in the last row makes no million rows', async () => {
      const { fresh, faults } = await reads('s44-stray-last-row.xlsx')
      expect([fresh, faults]).toEqual([1, []])
    })
    test('s50: a sheet of deliveries is left alone and said to be', async () => {
      const { run, warned, fresh } = await reads('s50-second-sheet.xlsx')
      expect(run.mapping.sheets.returns).toBeNull()
      expect([fresh, warned.includes('没有导入的工作表：发货明细')]).toEqual([2, true])
    })
    test('s60: 12,50 in a comma file is refused', async () => {
      const { fresh, faults } = await reads('s60-cli.csv')
      expect([fresh, faults[0]]).toEqual([0, '2 销售额'])
    })
    test('a01: a code is what the file shows; what has lost digits is refused', async () => {
      const { fresh, faults, said } = await reads('a01-long-codes.xlsx')
      expect(faults).toEqual(['2 统一社会信用代码', '4 客户编号'])
      expect([fresh, said.includes('超过 15 位')]).toEqual([3, true])
      const codes = await acting(kernel, 'sup', async (ctx) => {
        const id = await openRun(ctx, 'account', 'a01.xlsx', caseFile('a01-long-codes.xlsx'))
        const { rev, mapping } = await runById(ctx.tx, id)
        await tryRun(ctx, id, { rev, mapping, choices: { basis: 'order' } })
        const { rows } = await sql<{ code: string }>`select code from said_record order by code`.execute(
          ctx.tx,
        )
        return rows.map(({ code }) => code)
      })
      expect(codes).toEqual(['000042', '42', '913100001234567'])
    })
    test('a13: faults are named', async () => {
      const { faults } = await reads('a13-refs.csv')
      expect(faults).toEqual(
        expect.arrayContaining(['2 负责人（A角）', '3 合作起始', '4 归属大区', '4 合作起始', '5 客户分级']),
      )
    })
    test('a15: a file without headings is said to be one, and can be matched all the same', async () => {
      const bytes = caseFile('a15-noheader.csv')
      const id = await acting(kernel, 'sup', (ctx) => openRun(ctx, 'account', 'a15.csv', bytes))
      const run = await acting(kernel, 'sup', (ctx) => runById(ctx.tx, id))
      expect(run.sheets[0]).toMatchObject({ headerRow: 0, rows: 3, headings: ['(A)', '(B)', '(C)'] })
      expect(run.sheets[0]?.notices.map(({ zh }) => zh).join()).toContain('没有认出标题行')
      const mapping = {
        sheets: run.mapping.sheets,
        columns: { rows: { ...run.mapping.columns.rows, code: '(A)', name: '(B)' } },
      }
      const counts = await acting(kernel, 'sup', async (ctx) => {
        await tryRun(ctx, id, { rev: run.rev, mapping, choices: { basis: 'order' } })
        return (await runById(ctx.tx, id)).trial?.counts
      })
      expect(counts?.[0]?.fresh).toBe(3)
    })
    test('a18: what looks like a formula is text', async () => {
      const { fresh, faults } = await reads('a18-injection.csv')
      expect([fresh, faults]).toEqual([4, []])
    })
  },
)
