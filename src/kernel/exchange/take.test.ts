import * as XLSX from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { guessMapping } from './guess.ts'
import type { ColumnSpec, Importer } from './importer.ts'
import { laidOutFor } from './opened.ts'
import type { Reading } from './reading.ts'
import { readBook } from './sheet/book.ts'
import { takeFile } from './take.ts'

const column = (id: string, zh: string, more: Partial<ColumnSpec> = {}): ColumnSpec => ({
  id,
  label: { zh, en: id },
  aliases: [],
  required: true,
  ...more,
})
const importer = {
  id: 'sample',
  sheets: [
    {
      id: 'rows',
      label: { zh: '单据', en: 'Rows' },
      aliases: [],
      required: true,
      columns: [
        column('code', '编号', { sort: 'code' }),
        column('name', '名称'),
        column('day', '日期', { sort: 'date' }),
        column('amount', '金额', { sort: 'money' }),
      ],
    },
    {
      id: 'back',
      label: { zh: '退货', en: 'Back' },
      aliases: [],
      required: false,
      known: ['back'],
      columns: [column('code', '编号', { sort: 'code' }), column('back', '退回', { required: false })],
    },
  ],
} as unknown as Importer

async function takes(bytes: Uint8Array, reading: Reading = {}) {
  const sheets = laidOutFor(importer, readBook(bytes, reading.encoding), reading)
  const mapping = guessMapping(importer, sheets)
  const file = await takeFile(importer, sheets, mapping, reading, 'CNY')
  return {
    mapping,
    rows: file.taken.rows?.rows,
    faults: file.faults.map(({ row, column: heading, text }) => `${row} ${heading} ${text.zh}`),
    warned: file.warnings.map(({ zh }) => zh).join('\n'),
  }
}
const csv = (...rows: string[]) => new TextEncoder().encode(rows.join('\n'))
type Cells = (string | number | null | XLSX.CellObject)[][]
function xlsx(sheets: Record<string, Cells>, hidden: string[] = []): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = XLSX.utils.aoa_to_sheet(rows)
    XLSX.utils.book_append_sheet(book, sheet, name)
  }
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ Hidden: hidden.includes(name) ? 1 : 0 })) }
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
}
const head = ['编号', '名称', '日期', '金额']

describe('A file is taken', () => {
  test('cell by cell in one form', async () => {
    const { rows, faults } = await takes(csv('编号,名称,日期,金额', '="00123",甲,5-Mar-17,"¥1,234.50"'))
    expect([rows, faults]).toEqual([[['00123', '甲', '2017-03-05', '1234.5']], []])
  })

  test('with codes as the file shows them, and without those that lost digits', async () => {
    const { rows, faults } = await takes(
      xlsx({
        单据: [
          head,
          [{ t: 'n', v: 42, z: '000000' }, '甲', '2017-03-05', 1],
          [42, '乙', '2017-03-05', 1],
          [913_100_001_234_567, '丙', '2017-03-05', 1],
          [91_310_000_123_456_780, '丁', '2017-03-05', 1],
          ['9.131E+17', '戊', '2017-03-05', 1],
          [{ t: 'n', v: 42_737, z: 'm"月"d"日"' }, '己', '2017-03-05', 1],
        ],
      }),
    )
    expect(rows?.map(([code]) => code)).toEqual(['000042', '42', '913100001234567'])
    expect(faults.map((one) => one.split('：')[0])).toEqual(['5 编号 A5', '6 编号 A6', '7 编号 A7'])
  })

  test('without totals and signatures, each named once', async () => {
    const { rows, faults, warned } = await takes(
      csv(
        '编号,名称,日期,金额',
        'A1,甲,2017-03-05,1',
        '小计：,,,1',
        '合计,,,1',
        '制表人：王某,,,',
        '总计科技,A2,2017-03-05,1',
      ),
    )
    expect(rows).toHaveLength(2)
    expect(faults).toEqual([expect.stringMatching(/^5 {2}不像一行数据/)])
    expect(warned).toContain('第 3、4 行是合计行')
  })

  test('and says which columns, sheets and errors nobody asked for', async () => {
    const { rows, faults, warned } = await takes(
      xlsx({
        单据: [
          [...head, '币种', '税率'],
          ['A1', '甲', '2017-03-05', 1, 'USD', { t: 'e', v: 0x17 }],
          ['A2', '乙', '2017-03-05', { t: 'e', v: 0x07 }, 'EUR', null],
        ],
        发货: [
          ['编号', '承运商'],
          ['A1', '顺丰'],
        ],
      }),
    )
    expect(rows).toHaveLength(1)
    expect(faults).toEqual(['3 金额 D3：这一格是错误值 #DIV/0!，改好公式后再导'])
    expect(warned).toContain('没有导入的列：币种（USD、EUR），税率')
    expect(warned).toContain('F2 #REF!')
    expect(warned).toContain('没有导入的工作表：发货')
  })

  test('from visible sheets, and a second one only by its name or what it is known by', async () => {
    const rows: Cells = [head, ['A1', '甲', '2017-03-05', 1]]
    const guess = async (sheets: Record<string, Cells>, hidden: string[] = []) =>
      (await takes(xlsx(sheets, hidden))).mapping.sheets
    expect(await guess({ 单据: rows, 明细: rows }, ['单据'])).toMatchObject({ rows: '明细', back: null })
    expect(
      await guess({
        单据: rows,
        表2: [
          ['编号', '退回'],
          ['A1', '是'],
        ],
      }),
    ).toMatchObject({ back: '表2' })
    expect(
      await guess({
        单据: rows,
        退货: [
          ['编号', '原因'],
          ['A1', '坏'],
        ],
      }),
    ).toMatchObject({ back: '退货' })
    expect(
      await guess({
        单据: rows,
        退货: [
          ['单号', '原因'],
          ['A1', '坏'],
        ],
      }),
    ).toMatchObject({ back: null })
  })

  test('without cells whose characters are damaged', async () => {
    const bytes = csv('编号,名称,日期,金额', 'A1,上海贸易公司,2017-03-05,1', 'A2,北京商行,2017-03-05,2')
    bytes[bytes.length - 17] = 0xff
    const { rows, faults } = await takes(bytes)
    expect(rows).toHaveLength(1)
    expect(faults).toEqual([expect.stringContaining('3 名称 B3：有的字符已经损坏')])
  })

  test('without 1,234 where 12,50 stands, until the decimal mark is chosen', async () => {
    const bytes = csv('编号;名称;日期;金额', 'A1;甲;2017-03-05;12,50', 'A2;乙;2017-03-05;1,234')
    expect((await takes(bytes)).rows).toEqual([])
    const { rows } = await takes(bytes, { decimal: 'comma' })
    expect(rows?.map((row) => row[3])).toEqual(['12.5', '1.234'])
  })

  test('in turns: others are served between a thousand rows and the next', async () => {
    const many = csv(
      '编号,名称,日期,金额',
      ...Array.from({ length: 20_000 }, (_, at) => `A${at},甲,2017-03-05,1`),
    )
    let turns = 0
    let going = true
    const other = () => {
      turns += 1
      if (going) setImmediate(other)
    }
    setImmediate(other)
    const { rows } = await takes(many)
    going = false
    expect(rows).toHaveLength(20_000)
    expect(turns).toBeGreaterThan(15)
  })
})
