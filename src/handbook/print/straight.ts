import type { Document } from './block.ts'

// The typeface of print is Chinese: its curved quotes are as wide as a character. English is set with straight ones.
const straightened = (text: string): string =>
  text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, text.startsWith('<svg') ? '&quot;' : '"')

/** An English document with quotes that keep their width in a Chinese typeface. */
export const straight = (doc: Document): Document => mapped(doc) as Document

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return straightened(value)
  if (Array.isArray(value)) return value.map(mapped)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapped(one)]))
  return value
}
