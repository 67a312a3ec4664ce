import * as XLSX from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { readSheets } from './read.ts'
import { dateOf } from './values.ts'

function fileWith(date1904: boolean, bookType: 'biff8' | 'xlsx'): Uint8Array {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['订单日期', '数量', '备注'],
    [date1904 ? 41_390 : 42_852, 42_852, '2017-04-28'],
  ])
  sheet.A2.z = 'm/d/yy'
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheet, '订单')
  if (date1904) book.Workbook = { WBProps: { date1904: true } }
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType }) as Buffer)
}

describe('a cell that the file shows as a day', () => {
  it.each([
    ['biff8', false],
    ['xlsx', false],
    ['xlsx', true],
  ] as const)('is read as that day (%s, counted from 1904: %s)', (bookType, date1904) => {
    const row = readSheets(fileWith(date1904, bookType))[0]?.rows[0]
    expect(row?.[0]).toMatchObject({ day: '2017-04-27' })
    expect(dateOf(row?.[0])).toBe('2017-04-27')
  })
  it('leaves the heading and a text of a column formatted as days a text', () => {
    const sheet = XLSX.utils.aoa_to_sheet([
      ['订单日期', '数量'],
      ['2017/4/28', 2],
      ['待定', 3],
    ])
    for (const cell of [sheet.A1, sheet.A2, sheet.A3]) cell.z = 'yyyy-mm-dd'
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(book, sheet, '订单')
    for (const bookType of ['biff8', 'xlsx'] as const) {
      const [read] = readSheets(new Uint8Array(XLSX.write(book, { type: 'buffer', bookType }) as Buffer))
      expect(read?.headings).toEqual(['订单日期', '数量'])
      expect(read?.rows.map((row) => row[0])).toEqual(['2017/4/28', '待定'])
    }
  })
  it('leaves a number a number, and a text a text', () => {
    const row = readSheets(fileWith(false, 'xlsx'))[0]?.rows[0]
    expect(row?.slice(1)).toEqual([42_852, '2017-04-28'])
  })
})

it('An OpenDocument cell that says percent or currency without a format keeps its sign, so that no column takes it for plain', () => {
  const cell = (kind: string, value: string, shown: string) =>
    `<table:table-cell office:value-type="${kind}" office:value="${value}"><text:p>${shown}</text:p></table:table-cell>`
  const row = (...cells: string[]) => `<table:table-row>${cells.join('')}</table:table-row>`
  const text = (said: string) =>
    `<table:table-cell office:value-type="string"><text:p>${said}</text:p></table:table-cell>`
  const file = `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="A">
    ${row(text('编号'), text('销售额'))}
    ${row(text('1'), cell('percentage', '0.5', '50%'))}
    ${row(text('2'), cell('currency" office:currency="USD', '100', '$100.00'))}
    ${row(text('3'), cell('float', '1234.5', '1,234.50'))}
    </table:table></office:spreadsheet></office:body></office:document>`
  const [sheet] = readSheets(new TextEncoder().encode(file))
  expect(sheet?.rows.map((cells) => cells[1])).toEqual([
    { n: 0.5, w: '50%' },
    { n: 100, w: '$100.00' },
    1234.5,
  ])
})
