import type { Text } from '../../../handbook/model.ts'
import { refusalOfInput } from '../../http/problem.ts'
import { withoutGuard } from '../../records/export.ts'
import type { Field } from '../../records/kind.ts'
import { inputOf } from '../../records/schema.ts'
import { dateOf, decimalOf } from '../sheet/values.ts'
import type { Named } from './names.ts'

/** What a cell says of a field: `null` where it is empty, or why it cannot be taken. */
export type Said = { readonly value: string | number | boolean | null } | { readonly fault: Text }

const fault = (zh: string, en: string): Said => ({ fault: { zh, en } })

/** A cell as a person would have typed it into the form: it keeps its full-width letters, and what an export led by an apostrophe is plain. */
export function typed(cell: unknown, lines = false): string {
  const text = withoutGuard(String(cell ?? '')).replaceAll(/\r\n?/g, '\n')
  const rows = (lines ? text.split('\n') : [text]).map((row) => row.replaceAll(/\s+/g, ' ').trim())
  return rows
    .join('\n')
    .replaceAll(/[\p{Cs}]|(?!\n)\p{Cc}/gu, '')
    .trim()
}

const yesNo = new Map([
  ['是', true],
  ['有', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['否', false],
  ['无', false],
  ['no', false],
  ['false', false],
  ['0', false],
])

/** The value of a field as a cell says it, by the words people see: names for references, labels for choices. */
export function readValue(field: Field, cell: unknown, named: Named | undefined): Said {
  const text = typed(cell, field.type === 'longtext')
  if (text === '') return { value: null }
  switch (field.type) {
    case 'reference': {
      const id = named?.get(text)
      if (id === 'several')
        return fault(
          `叫“${text}”的不止一个，这一条在系统里改`,
          `More than one is called “${text}”; change this one in the program`,
        )
      return id === undefined
        ? fault(
            `没有“${text}”，照系统里的名称写`,
            `There is no “${text}”; write the name as the program shows it`,
          )
        : { value: id }
    }
    case 'choice': {
      const option = field.options?.find(({ id, label }) =>
        [id, label.zh, label.en].some((one) => one.toLowerCase() === text.toLowerCase()),
      )
      return option
        ? { value: option.id }
        : fault(
            `只能是：${field.options?.map(({ label }) => label.zh).join('、')}`,
            `One of: ${field.options?.map(({ label }) => label.en).join(', ')}`,
          )
    }
    case 'boolean': {
      const said = yesNo.get(text.toLowerCase())
      return said === undefined ? fault('写“是”或“否”', 'Write yes or no') : { value: said }
    }
    case 'date': {
      const day = dateOf(cell)
      return day ? { value: day } : fault('不是日期，写成 2018-01-31', 'No date; write it as 2018-01-31')
    }
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money': {
      const number = decimalOf(cell)
      if (typeof number !== 'string') return fault('不是数字，改成数字', 'No number; write one')
      return field.type === 'integer'
        ? fitting(field, Number(number), number)
        : fitting(field, number, number)
    }
    default:
      return fitting(field, text, text)
  }
}

/** Judged as the form judges what is typed into it. */
function fitting(field: Field, value: unknown, column: string): Said {
  const judged = inputOf(field.type === 'money' ? { ...field, type: 'decimal' } : field).safeParse(value)
  if (judged.success) return { value: column }
  const [first] = refusalOfInput(judged.error).faults ?? []
  return first ? { fault: first.text } : fault('这里的内容不合要求', 'This does not fit')
}
