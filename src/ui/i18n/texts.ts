import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next } from 'react-i18next'
import { display, onDisplay, useLang } from '../theme/display.ts'

/** The two languages of a handbook text. */
export interface Both {
  readonly zh: string
  readonly en: string
}
export type Words<K extends string> = (key: K, values?: Record<string, string | number>) => string

void i18next.use(initReactI18next).init({
  lng: display().lang,
  fallbackLng: 'zh',
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  keySeparator: false,
  nsSeparator: ':',
  react: { useSuspense: false },
})
onDisplay(() => void i18next.changeLanguage(display().lang))

/**
 * Registers the texts of one folder and returns its hook; the keys of `zh` are the type, `en` must have them all.
 * Values are written `{name}`.
 */
export function registerTexts<const T extends Record<string, string>>(
  ns: string,
  texts: { zh: T; en: { [K in keyof T]: string } },
): () => Words<keyof T & string> {
  i18next.addResourceBundle('zh', ns, texts.zh)
  i18next.addResourceBundle('en', ns, texts.en)
  return () => {
    const lang = useLang()
    return useCallback((key, values) => i18next.t(`${ns}:${key}`, { lng: lang, ...values }), [lang])
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
