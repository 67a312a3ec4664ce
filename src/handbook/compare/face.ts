import type { Process, Ref, Text } from '../model.ts'

/** What of the handbook an element is; the order in which a comparison lists them within a section. */
export type Group =
  | 'control'
  | 'chapter'
  | 'organisation'
  | 'post'
  | 'function'
  | 'right'
  | 'kpi'
  | 'norm'
  | 'switch'
  | 'calendar'
  | 'record'
  | 'workflow'
  | 'form'
  | 'policy'
  | 'term'

/** One statement about an element that can be told old beside new. */
export interface Line {
  readonly label: Text
  readonly value: Text
  /** Running text, read as a whole with its changes marked; else a value that is put old beside new. */
  readonly prose: boolean
  /** What is compared: ids rather than names, so that a renamed post does not change all that mentions it. */
  readonly raw: string
}

/** An element as a comparison sees it: its lines by a key that stays the same from edition to edition. */
export interface Face {
  /** The stable name by which two editions are matched. */
  readonly key: string
  /** Where it is read: a link into the reader. */
  readonly ref: Ref
  readonly group: Group
  readonly code: string
  readonly name: Text
  /** Put into words only when it differs: most of two editions is the same. */
  lines(): ReadonlyMap<string, Line>
  /** All of it in the model, so that no change stays unseen even when no line tells it. */
  readonly whole: unknown
  readonly processes?: readonly Process[]
}

/** Collects the lines of an element; what says nothing is left out. */
export class Lines {
  readonly all = new Map<string, Line>()

  value(
    key: string,
    label: Text,
    value: Text | string | number | boolean | null | undefined,
    raw: unknown = value,
  ): this {
    const words = asText(value)
    if (words) this.all.set(key, { label, value: words, prose: false, raw: said(raw) })
    return this
  }

  prose(key: string, label: Text, value: Text | null | undefined, raw: unknown = value): this {
    if (value && (value.zh || value.en)) this.all.set(key, { label, value, prose: true, raw: said(raw) })
    return this
  }
}

function asText(value: Text | string | number | boolean | null | undefined): Text | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (typeof value === 'object') return value.zh || value.en ? value : null
  return { zh: String(value), en: String(value) }
}

/** Several texts as one: a list in both languages, `null` when empty. */
export const listed = (texts: readonly Text[]): Text | null =>
  texts.length === 0
    ? null
    : { zh: texts.map((one) => one.zh).join('、'), en: texts.map((one) => one.en).join(', ') }

/** Codes and ids that read alike in both languages. */
export const same = (word: string): Text => ({ zh: word, en: word })

/** Paragraphs of running text. */
export const paragraphs = (texts: readonly Text[]): Text => ({
  zh: texts.map((one) => one.zh).join('\n'),
  en: texts.map((one) => one.en).join('\n'),
})

/** `名称：值` in both languages. */
export const pair = (label: Text, value: Text): Text => ({
  zh: `${label.zh}：${value.zh}`,
  en: `${label.en}: ${value.en}`,
})

// Positions in files and on drawings say nothing: two editions differ only in what they say.
const silent = new Set(['at', 'bounds', 'points', 'picture', 'file'])

/** Whether two values say the same, wherever they stand. */
export function alike(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other))
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((part, index) => alike(part, other[index]))
    )
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>]
  for (const key in a) if (!silent.has(key) && !alike(a[key], b[key])) return false
  for (const key in b) if (!silent.has(key) && b[key] !== undefined && a[key] === undefined) return false
  return true
}

/** All that a value says, in a canonical order. */
export const said = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    if (silent.has(key)) return undefined
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
