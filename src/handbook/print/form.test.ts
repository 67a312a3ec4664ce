import { describe, expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Form } from '../model.ts'
import { type Block, type Document, type Field, flat, inLine } from './block.ts'
import { compose } from './compose.ts'
import { columnsOf, isLandscape } from './form-room.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
const sheet = (id: string, lang: 'zh' | 'en' | 'both' = 'zh'): Block[] =>
  flat((compose(edition, lang, `form:${id}`) as Document).blocks)
const fieldsOf = (blocks: readonly Block[]): Field[] =>
  blocks.flatMap((block) => (block.kind === 'fields' ? block.rows.flat() : []))
const tablesOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'table' && block.mm ? [block] : []))

describe.each(edition.forms.map((form) => [form.id, form] as const))('%s on paper', (id, form: Form) => {
  const blocks = sheet(id)

  test('has a box or a column for every field, with room to write', () => {
    const heads = tablesOf(blocks).flatMap((table) => table.head.map(inLine))
    const labels = fieldsOf(blocks).map((field) => inLine(field.label))
    for (const section of form.sections)
      for (const field of section.fields)
        expect(
          (section.repeat ? heads : labels).some((label) => label.startsWith(field.label.zh)),
          field.label.zh,
        ).toBe(true)
    for (const field of fieldsOf(blocks)) expect(field.lines).toBeGreaterThanOrEqual(1)
    for (const table of tablesOf(blocks)) expect(table.mm).toBeGreaterThanOrEqual(9)
  })

  test('gives each column of its tables the millimetres its answers need, and rows enough', () => {
    const page = isLandscape(form) ? 257 : 170
    for (const section of form.sections.filter((one) => one.repeat)) {
      const tables = columnsOf(form, section.fields)
      expect(tables.flat().map((column) => column.field)).toEqual(section.fields)
      for (const columns of tables) {
        const asked = columns.reduce((sum, column) => sum + column.mm, 10)
        expect(asked, section.title.zh).toBeLessThanOrEqual(page)
      }
    }
    for (const table of tablesOf(blocks).filter((one) => inLine(one.head[0] ?? '') === '序'))
      expect(table.rows.length).toBeGreaterThanOrEqual(4)
  })

  test('says its number, edition and company, and offers choices to tick', () => {
    const line = blocks.find((block) => block.kind === 'text')
    expect(line?.kind === 'text' && inLine(line.text)).toMatch(
      new RegExp(`表单 ${id} · 大客户管理手册 第 2026\\.1 版`),
    )
    expect(fieldsOf(blocks).map((field) => inLine(field.label))[0]).toBe('公司 / 法人')
    for (const section of form.sections.filter((one) => !one.repeat))
      for (const field of section.fields.filter((one) => one.options)) {
        const boxes = fieldsOf(blocks).filter((one) => inLine(one.label).startsWith(field.label.zh))
        expect(boxes.map((box) => box.ticks)).toContainEqual(field.options?.map((option) => option.name.zh))
      }
  })
})

test('The plan is signed by whom its workflow asks: a line for the review with its outcomes to tick', () => {
  const decisions = tablesOf(sheet('FM-18')).find((table) => table.head.includes('签字'))
  const review = decisions?.rows.find((row) => String(row[0]).startsWith('PLAN C-3 审议'))
  expect(review?.[1]).toBe('销售部经理')
  expect(review?.[2]).toBe('□ 通过\n□ 不通过')
})

test('Each section of a form says at which step it is filled, and by whom', () => {
  const bands = sheet('FM-18').flatMap((block) => (block.kind === 'band' ? [inLine(block.note)] : []))
  expect(bands.some((note) => /^填写：PLAN C-1（大客户销售主管/.test(note))).toBe(true)
})

test('In both languages a form is one sheet with both labels in each box', () => {
  const [zh, both] = [fieldsOf(sheet('FM-05')), fieldsOf(sheet('FM-05', 'both'))]
  expect(both).toHaveLength(zh.length)
  expect(both.map((field) => inLine(field.label))).toContain('客户 * Customer *')
})
