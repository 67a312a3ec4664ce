import type { Form, FormField } from '../model.ts'
import { widthOf } from '../picture/text.ts'

/** A column of a table to write in, and the millimetres that its answers need. */
export interface Column {
  readonly field: FormField
  readonly mm: number
}

/** Inner width of A4 in millimetres. */
const upright = 170
const turned = 257
const number = 10

const answer: Record<FormField['type'], number> = {
  text: 32,
  long: 46,
  date: 22,
  datetime: 30,
  money: 26,
  number: 16,
  percent: 16,
  choice: 16,
  reference: 28,
  computed: 20,
  attachment: 18,
  yesno: 24,
}

/** Room for the answer and for the longest word of the label in either language, at the type size of tables. */
function room(field: FormField): number {
  const words = [...field.label.en.split(/[\s/]+/), `${field.label.zh}`.slice(0, 6)]
  const longest = Math.max(...words.map((word) => widthOf(word, 8.5) * 0.353)) + 5
  return Math.max(answer[field.type], Math.ceil(longest))
}

const widthIn = (fields: readonly FormField[]): number =>
  number + fields.reduce((sum, field) => sum + room(field), 0)

/** Whether one of a form's tables needs the long side of the paper. */
export const isLandscape = (form: Form): boolean =>
  form.sections.some((section) => section.repeat && widthIn(section.fields) > upright)

/** The columns of a table to write in, spread over as many tables as the paper asks for. */
export function columnsOf(form: Form, fields: readonly FormField[]): Column[][] {
  const page = isLandscape(form) ? turned : upright
  const tables = Math.ceil((widthIn(fields) - number) / (page - number))
  const each = Math.ceil(fields.length / tables)
  return Array.from({ length: tables }, (_, at) =>
    fields.slice(at * each, (at + 1) * each).map((field) => ({ field, mm: room(field) })),
  ).filter((columns) => columns.length > 0)
}
