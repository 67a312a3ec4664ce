import { useCallback } from 'react'
import { useLang } from '../theme/display.ts'

/** The two languages of a handbook text. */
export interface Both {
  readonly zh: string
  readonly en: string
}
export type Words<K extends string> = (key: K, values?: Record<string, string | number>) => string

/**
 * Puts values into the places `{name}` of a sentence; a place without a value stays as it is written. As in print, letters and digits
 * stand apart from Chinese characters, and a day's name is written small within an English sentence.
 */
export const filled = (sentence: string, values: Readonly<Record<string, string | number>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string, at: number) => {
    if (!Object.hasOwn(values, name)) return place
    const value = String(values[name])
    const before = sentence.slice(0, at)
    const after = sentence.slice(at + place.length)
    const said = /[a-z,] $/.test(before)
      ? value.replace(/^(Today|Tomorrow)\b/, (day) => day.toLowerCase())
      : value
    const head = /\p{Script=Han}$/u.test(before) && /^[A-Za-z0-9]/.test(said) ? ' ' : ''
    const tail = /^\p{Script=Han}/u.test(after) && /[A-Za-z0-9]$/.test(said) ? ' ' : ''
    return head + said + tail
  })

/**
 * Gives the texts of one folder as its hook; the keys of `zh` are the type, `en` must have them all. Values are written `{name}`.
 * A sentence with values is all that the screens need: a library for it would weigh more on the wire than the texts.
 */
export function registerTexts<const T extends Record<string, string>>(texts: {
  zh: T
  en: { [K in keyof T]: string }
}): () => Words<keyof T & string> {
  return () => {
    const lang = useLang()
    return useCallback((key, values) => filled(texts[lang][key], values), [lang])
  }
}

/** Picks the language shown now from a text of the handbook or the API. */
export function useText(): (text: Both | null | undefined) => string {
  const lang = useLang()
  return useCallback((text) => (text ? text[lang] || text.zh : ''), [lang])
}

/** Puts the parts of a list behind each other as the language shown now does: `张三、李四`; phrases, which hold commas, by `；`. */
export function useListed(): (parts: readonly string[], of?: 'names' | 'phrases') => string {
  const lang = useLang()
  return useCallback((parts, of = 'names') => parts.join(apart[lang][of]), [lang])
}
const apart = { zh: { names: '、', phrases: '；' }, en: { names: ', ', phrases: '; ' } } as const
