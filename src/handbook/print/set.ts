import type { Edition } from '../model.ts'
import { type Document, inLine, type Tongue } from './block.ts'
import { compose } from './compose.ts'

export interface Printed {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly mime: string
}
export interface Order {
  readonly format: Format
  readonly lang: Tongue
  /** A reference such as `wf:PLAN`; without it the whole manual. */
  readonly part?: string
}

const mimes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
} as const

export type Format = keyof typeof mimes

// A typesetter and its fonts are loaded only by whom needs them.
const setters: Record<Format, (doc: Document, lang: Tongue) => Promise<Uint8Array>> = {
  pdf: async (doc, lang) => (await import('./pdf.ts')).asPdf(doc, lang),
  docx: async (doc) => (await import('./word.ts')).asWord(doc),
  html: async (doc, lang) => (await import('./html.ts')).asHtml(doc, lang),
}

/** Composes and sets in this very thread; `null` when the edition has no such part. */
export async function printHere(edition: Edition, { format, lang, part }: Order): Promise<Printed | null> {
  const doc = compose(edition, lang, part)
  if (!doc) return null
  return {
    bytes: await setters[format](doc, lang),
    fileName: `${inLine(doc.title).replaceAll(/[/\\:*?"<>|]/g, ' ')} ${edition.number}.${format}`,
    mime: mimes[format],
  }
}
