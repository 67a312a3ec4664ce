import type { Form, FormField, FormSection } from '../../../../handbook/model.ts'

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

/** Fields of what is to be sent that somebody else changed since it was read. */
export const overwritten = (
  sent: Readonly<Record<string, string>>,
  read: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string[] => Object.keys(sent).filter((id) => (now[id] ?? '') !== (read[id] ?? '') && now[id] !== sent[id])
