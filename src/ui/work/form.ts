import type { Form, FormField, FormSection } from '../../handbook/model.ts'
import type { FieldMeta } from '../records/Value.tsx'

/** The sections of a form that a step fills; rows and what the program computes are not asked for. */
export function sectionsFor(
  form: Pick<Form, 'sections'>,
  step: string,
): { section: FormSection; fields: FormField[] }[] {
  return form.sections
    .filter((section) => !section.repeat && section.steps.includes(step))
    .map((section) => ({
      section,
      fields: section.fields.filter((field) => field.type !== 'computed' && field.type !== 'reference'),
    }))
    .filter(({ fields }) => fields.length > 0)
}

const types: Record<Exclude<FormField['type'], 'computed' | 'reference'>, FieldMeta['type']> = {
  text: 'longtext',
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
