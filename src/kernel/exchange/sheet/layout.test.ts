import * as XLSX from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { readBook } from './book.ts'
import { laidOut } from './layout.ts'

const known = (heading: string) => ['编号', '名称', '金额', '日期', '地区'].includes(heading)
interface Made {
  readonly merges?: string[]
  readonly hidden?: number[]
  readonly hiddenColumns?: number[]
}
function sheetOf(rows: unknown[][], { merges = [], hidden = [], hiddenColumns = [] }: Made = {}) {
  const sheet = XLSX.utils.aoa_to_sheet(rows)
  sheet['!merges'] = merges.map((range) => XLSX.utils.decode_range(range))
  sheet['!rows'] = rows.map((_, at) => (hidden.includes(at + 1) ? { hidden: true } : {}))
  sheet['!cols'] = (rows[0] ?? []).map((_, at) => (hiddenColumns.includes(at) ? { hidden: true } : {}))
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, '表')
  const bytes = XLSX.write(book, { type: 'buffer', bookType: 'xlsx', cellStyles: true }) as Buffer
  return readBook(new Uint8Array(bytes)).sheets[0] as ReturnType<typeof readBook>['sheets'][number]
}
const csv = (text: string) =>
  readBook(new TextEncoder().encode(text)).sheets[0] as ReturnType<typeof readBook>['sheets'][number]
const said = (sheet: { notices: readonly { zh: string }[] }) => sheet.notices.map(({ zh }) => zh).join('\n')

describe('A sheet as a table', () => {
  test('begins below titles and units, at the row with the headings that are asked for', () => {
    const read = laidOut(
      sheetOf([['销售报表'], ['单位：元', null, '2017 年'], ['编号', '名称', '金额'], ['A1', '甲', 1]]),
      known,
    )
    expect([read.headerRow, read.headings, read.firstRow, read.rows.length]).toEqual([
      3,
      ['编号', '名称', '金额'],
      4,
      1,
    ])
    expect(said(read)).toContain('标题在第 3 行')
  })

  test('with headings on two rows takes the lower ones, and from above what is merged down', () => {
    const read = laidOut(
      sheetOf(
        [
          ['编号', '客户', null, '地区'],
          [null, '名称', '金额', null],
          ['A1', '甲', 1, '华东'],
        ],
        { merges: ['A1:A2', 'B1:C1', 'D1:D2'] },
      ),
      known,
    )
    expect([read.headerRow, read.headings]).toEqual([2, ['编号', '名称', '金额', '地区']])
  })

  test('whose first row is data already has no headings; its columns are called by their letters', () => {
    const read = laidOut(csv('b-1,第一家,机械\nb-2,第二家,机械'), known)
    expect([read.headerRow, read.headings, read.rows.length]).toEqual([0, ['(A)', '(B)', '(C)'], 2])
    expect(said(read)).toContain('没有认出标题行')
  })

  test('whose headings nobody knows supposes the first row of words and says so', () => {
    const read = laidOut(csv('甲,乙\nx,1\ny,2'), known)
    expect(read.headerRow).toBe(1)
    expect(said(read)).toContain('没有认得的列名')
  })

  test('numbers doubled headings, and tells columns without a heading', () => {
    const read = laidOut(
      sheetOf([
        ['编号', '金额', '金额', null, '名称'],
        ['A1', 1, 2, 'x', '甲'],
      ]),
      known,
    )
    expect(read.headings).toEqual(['编号', '金额', '金额 (2)', '(D)', '名称'])
    expect(said(read)).toContain('标题重复：金额')
    expect(said(read)).toContain('没有标题但有内容的列：D')
  })

  test('tells columns beyond the bound', () => {
    const wide = Array.from({ length: 250 }, (_, at) => `列${at}`)
    const read = laidOut(
      sheetOf([
        ['编号', '名称', ...wide],
        ['A1', '甲', ...wide],
      ]),
      known,
    )
    expect(read.headings).toHaveLength(200)
    expect(said(read)).toContain('有 252 列')
  })

  test('leaves hidden rows out and says so, or takes them when that is chosen; hidden columns are named', () => {
    const raw = sheetOf(
      [
        ['编号', '名称', '金额'],
        ['A1', '甲', 1],
        ['A2', '乙', 2],
      ],
      { hidden: [3], hiddenColumns: [2] },
    )
    const read = laidOut(raw, known)
    expect([read.hiddenRows, read.hiddenColumns]).toEqual([[3], ['金额']])
    expect(said(read)).toContain('隐藏的 1 行没有读（第 3 行）')
    expect(laidOut(raw, known, { hiddenRows: true }).hiddenRows).toEqual([])
  })

  test('marks what a merged cell covers, or fills texts down; a number is never counted again', () => {
    const raw = sheetOf(
      [
        ['编号', '名称', '金额'],
        ['A1', '甲', 100],
        ['A2', null, null],
      ],
      { merges: ['B2:B3', 'C2:C3'] },
    )
    expect(laidOut(raw, known).rows[1]).toEqual([
      'A2',
      { broken: 'merged', w: '甲' },
      { broken: 'merged', w: '100' },
    ])
    expect(laidOut(raw, known, { fillMerged: true }).rows[1]).toEqual([
      'A2',
      '甲',
      { broken: 'merged', w: '100' },
    ])
  })

  test('of text knows rows that an unquoted comma has torn', () => {
    const rows = Array.from({ length: 10 }, (_, at) => `A${at},甲,${at}`)
    const read = laidOut(csv(['编号,名称,金额', ...rows, 'A99,乙,1,234.50'].join('\n')), known)
    expect([read.headings.length, read.torn]).toEqual([3, [12]])
  })

  test('with a stray cell far below is as small as what stands in it', () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['编号', '名称'],
      ['A1', '甲'],
    ])
    sheet.A1048576 = { t: 's', v: ' ' }
    sheet['!ref'] = 'A1:B1048576'
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, sheet, '表')
    const bytes = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    expect(readBook(bytes).sheets[0]?.rows).toHaveLength(2)
  })
})
