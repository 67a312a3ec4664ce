import type { Edition, Lang } from '../model.ts'
import { compose } from './compose.ts'

export interface Printed {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly mime: string
}

const mimes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/**
 * Prints an edition, or one element of it (`part`, a reference such as `wf:PLAN`), as PDF or Word in one language.
 * @returns `null` when the edition has no such part
 */
export async function printEdition(
  edition: Edition,
  { format, lang, part }: { readonly format: 'pdf' | 'docx'; readonly lang: Lang; readonly part?: string },
): Promise<Printed | null> {
  const doc = compose(edition, lang, part)
  if (!doc) return null
  const bytes =
    format === 'pdf'
      ? (await import('./pdf.ts')).asPdf(doc, lang)
      : await (await import('./word.ts')).asWord(doc, lang)
  return {
    bytes,
    fileName: `${doc.title.replaceAll(/[/\\:*?"<>|]/g, ' ')} ${edition.number}.${format}`,
    mime: mimes[format],
  }
}
