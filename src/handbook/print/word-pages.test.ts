import { describe, expect, test } from 'vitest'
import { fontsFor } from './fonts.ts'
import { drawAll } from './word-blocks.ts'
import { measure } from './word-measure.ts'
import { pagesOf } from './word-pages.ts'
import { type Paragraph, type Part, page, paragraph } from './word-text.ts'

const lines = measure(await fontsFor('客户经理拜访大订单，Key account manager'))
const told = (text: string) => lines([{ text }], page.upright)

describe('Lines in Word', () => {
  test('hold 48 Chinese characters of ten points on upright A4, and no comma at their beginning', () => {
    expect(told('客'.repeat(48))).toBe(1)
    expect(told('客'.repeat(49))).toBe(2)
    // The character before the comma goes down with it, and then a third line is needed.
    expect(told(`${'客'.repeat(48)}，${'客'.repeat(46)}`)).toBe(2)
    expect(told(`${'客'.repeat(48)}，${'客'.repeat(47)}`)).toBe(3)
  })

  test('break Latin words at spaces alone, and give them air beside Chinese', () => {
    expect(told(`${'客'.repeat(44)}manager`)).toBe(2)
    expect(told(`${'客'.repeat(44)}man`)).toBe(1)
    expect(told('manager '.repeat(11))).toBe(1)
    expect(told('manager '.repeat(12))).toBe(2)
  })

  test('begin anew where the text says so, in each language', () => {
    expect(lines([{ text: '客户' }, { text: 'Account', break: true, english: true }], page.upright)).toBe(2)
  })
})

describe('Pages in Word', () => {
  const text = (keepNext = false) => paragraph([{ text: '客户' }], { keepNext })
  const head = (level: number, pageBreakBefore = false) =>
    paragraph([{ text: '经理' }], { heading: level, keepNext: true, pageBreakBefore })
  const of = (parts: readonly Part[], turned = false) => pagesOf([{ turned, parts }], lines)

  test('hold 34 paragraphs of a line; the next begins another', () => {
    const parts = Array.from({ length: 35 }, () => text())
    expect(of(parts).count).toBe(2)
    expect(of(parts.slice(1)).count).toBe(1)
    expect(of(parts).of.get(parts[34] as Paragraph)).toBe(2)
  })

  test('never end with a heading', () => {
    const [title, below] = [head(2), text()]
    const parts = [...Array.from({ length: 33 }, () => text()), title, below]
    expect([of(parts).of.get(title), of(parts).of.get(below)]).toEqual([2, 2])
  })

  test('begin with a heading that asks for it, and with each section', () => {
    const [one, other] = [head(1, true), head(3)]
    const laid = pagesOf(
      [
        { turned: false, parts: [text(), one, text()] },
        { turned: true, parts: [other, text()] },
      ],
      lines,
    )
    expect([laid.of.get(one), laid.of.get(other), laid.count]).toEqual([2, 3, 3])
  })

  test('repeat the head of a table that goes on', () => {
    const tableOf = (count: number) => {
      const rows = Array.from({ length: count }, () => ['客户', '经理'])
      return drawAll([{ kind: 'table', head: ['客户', '订单'], widths: [1, 1], rows }], page.upright).slice(
        0,
        1,
      )
    }
    // 38 rows stand below a head; without it there would be room for 39 on the second page.
    expect([38, 39, 76, 77].map((count) => of(tableOf(count)).count)).toEqual([1, 2, 2, 3])
  })
})
