import type { Form, FormField, FormSection } from '../../handbook/model.ts'

/** Sections of FM-18 that people write, all or those of one step; rows and what the program computes are left out. */
export function writtenSections(
  form: Pick<Form, 'sections'>,
  step: string | null,
): { section: FormSection; fields: FormField[] }[] {
  return form.sections
    .filter((section) => !section.repeat && section.steps.length > 0)
    .filter((section) => step === null || section.steps.includes(`PLAN/${step}`))
    .map((section) => ({ section, fields: section.fields.filter((field) => field.type === 'text') }))
    .filter(({ fields }) => fields.length > 0)
}

/** The written fields of FM-18 that hold nothing yet, of all steps or of one. */
export const emptyFields = (
  form: Pick<Form, 'sections'>,
  words: Readonly<Record<string, unknown>>,
  step: string | null,
): FormField[] =>
  writtenSections(form, step)
    .flatMap(({ fields }) => fields)
    .filter((field) => String(words[field.id] ?? '').trim() === '')
