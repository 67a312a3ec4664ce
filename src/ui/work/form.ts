import type { Form, FormField, FormSection } from '../../handbook/model.ts'
import type { FieldMeta } from '../records/Value.tsx'

/** Not typed into a field: computed by the program, chosen elsewhere, or handed over as a file. */
type NotAsked = 'computed' | 'reference' | 'attachment'
const asked = (field: FormField): boolean =>
  field.type !== 'computed' && field.type !== 'reference' && field.type !== 'attachment'

/** The sections of a form that a step fills; rows and what is not typed are not asked for. */
export function sectionsFor(
  form: Pick<Form, 'sections'>,
  step: string,
): { section: FormSection; fields: FormField[] }[] {
  return form.sections
    .filter((section) => !section.repeat && section.steps.includes(step))
    .map((section) => ({
      section,
      fields: section.fields.filter(asked),
    }))
    .filter(({ fields }) => fields.length > 0)
}

const types: Record<Exclude<FormField['type'], NotAsked>, FieldMeta['type']> = {
  text: 'longtext',
  long: 'longtext',
  datetime: 'moment',
  yesno: 'boolean',
  date: 'date',
  money: 'money',
  number: 'decimal',
  percent: 'percent',
  choice: 'choice',
}

/** A form's field as the record screens draw one. */
export const fieldOf = (field: FormField): FieldMeta => ({
  id: field.id,
  type: types[field.type as keyof typeof types] ?? 'text',
  label: field.label,
  required: field.required,
  wanted: false,
  computed: false,
  sortable: false,
  ...(field.options ? { options: field.options.map(({ id, name }) => ({ id, label: name })) } : {}),
})

/** Required fields without a value, as the paths a refusal would name. */
export const missingIn = (
  form: string,
  fields: readonly FormField[],
  values: Readonly<Record<string, unknown>>,
): string[] =>
  fields
    .filter((field) => field.required && (values[field.id] ?? '') === '')
    .map((field) => `form.${form}.${field.id}`)
