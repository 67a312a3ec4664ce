import * as XLSX from '@e965/xlsx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { type RawSheet, readBook } from './book.ts'
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

  test('whose words were lost when it was saved is told so, for nobody can match such headings', () => {
    const [biff] = readBook(
      new Uint8Array(
        XLSX.write(
          {
            SheetNames: ['S'],
            Sheets: {
              S: XLSX.utils.aoa_to_sheet([
                ['行 ID', '订单 ID', '订单日期', '销售额'],
                ['1', 'O-1', '2017-04-28', 5],
              ]),
            },
          },
          { type: 'buffer', bookType: 'biff5' },
        ) as Buffer,
      ),
    ).sheets
    expect(said(laidOut(biff as RawSheet, known))).toContain('列标题的文字在存这个文件时就丢了')
    expect(said(laidOut(csv('??,????,???\nA1,???,1'), known))).toContain('只剩“_”或“?”')
    expect(said(laidOut(csv('order_no,line_no,is_paid?\nA1,1,1'), known))).not.toContain('丢了')
  })

  test.each(['ods', 'fods'] as const)(
    'hidden rows, columns and sheets of an %s are known as those of an xlsx are, repeated and folded ones as well',
    (bookType) => {
      const book = XLSX.utils.book_new()
      const rows = [
        ['编号', '名称', '日期', '金额'],
        ...[1, 2, 3, 4, 5, 6].map((n) => [`A${n}`, '甲', '', n]),
      ]
      XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '表')
      XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '底稿')
      let n = 0
      const hiding = (xml: string) => {
        // As LibreOffice writes them: rows 2 filtered, 4 and 5 hidden, 7 in a folded group; column C hidden; the second sheet not shown.
        const [head, first, second] = xml.split(/(?=<table:table )/) as [string, string, string]
        const marked = first
          .replace(
            '<table:table-row>',
            '<table:table-column/><table:table-column table:number-columns-repeated="1"/>' +
              '<table:table-column table:visibility="collapse"/><table:table-column/><table:table-row>',
          )
          .replaceAll('<table:table-row>', () => {
            n += 1
            return (
              {
                2: '<table:table-row table:visibility="filter">',
                4: '<table:table-row table:visibility="collapse">',
                5: "<table:table-row table:visibility='collapse'>",
                7: '<table:table-row-group table:display="false"><table:table-row>',
              }[n] ?? '<table:table-row>'
            )
          })
          .replace(
            '</table:table>',
            '</table:table-row-group><table:table-row table:visibility="collapse" table:number-rows-repeated="1048569"><table:table-cell/></table:table-row></table:table>',
          )
        return `${head.replace('</office:automatic-styles>', '<style:style style:name="ta9" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>')}${marked}${second.replace('table:style-name="ta1"', 'table:style-name="ta9"')}`
      }
      const made = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType }) as Buffer)
      let bytes: Uint8Array
      if (bookType === 'ods') {
        const files = unzipSync(made)
        files['content.xml'] = strToU8(hiding(strFromU8(files['content.xml'] as Uint8Array)))
        bytes = zipSync(files)
      } else bytes = strToU8(hiding(strFromU8(made)))
      const [raw, other] = readBook(bytes).sheets as [RawSheet, RawSheet]
      expect([raw.hidden, raw.hiddenRows, raw.hiddenColumns]).toEqual([false, [2, 4, 5, 7], [2]])
      expect([other.hidden, other.hiddenRows, other.hiddenColumns]).toEqual([true, [], []])
      const read = laidOut(raw, known)
      expect(said(read)).toContain('隐藏的 4 行没有读（第 2、4、5、7 行）')
      expect(said(read)).toContain('隐藏的列：日期')
      expect(said(laidOut(other, known))).toContain('这张表在文件里是隐藏的')
    },
  )

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
