import { describe, expect, it } from 'vitest'
import { cellsOfText, readNumber, textOfCells } from './clipboard.ts'

describe('what Cheng copies from her spreadsheet', () => {
  it('comes in as rows and cells, whatever the line ends', () => {
    expect(cellsOfText('1,200\t1,300\r\n900\t\r\n')).toEqual([
      ['1,200', '1,300'],
      ['900', ''],
    ])
    expect(cellsOfText('7')).toEqual([['7']])
    expect(cellsOfText('')).toEqual([])
  })
  it('keeps a quoted cell with a line end and quotes in one piece', () => {
    expect(cellsOfText('"西区\n""重点"""\t12')).toEqual([['西区\n"重点"', '12']])
  })
  it('goes back the same way', () => {
    expect(
      cellsOfText(
        textOfCells([
          ['1', '2'],
          ['3', '4'],
        ]),
      ),
    ).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })
})

describe('reading a number', () => {
  it.each([
    ['1,200.50', '1200.5'],
    ['１，２００', '1200'],
    ['１２。５', '12.5'],
    ['¥ 3,000', '3000'],
    ['￥300', '300'],
    ['(45.2)', '-45.2'],
    ['−8', '-8'],
    [' 007 ', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-', '0'],
    ['', '0'],
    ['-0', '0'],
    ['120 万', '120'],
    ['9007199254740993.01', '9007199254740993.01'],
  ])('%j is %s', (typed, value) => expect(readNumber(typed)).toBe(value))
  it.each(['abc', '1.2.3', '1,2', '12,34', '1e5', '--1', '10%'])('%j is no number', (typed) =>
    expect(readNumber(typed)).toBeNull(),
  )
})
