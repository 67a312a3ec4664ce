import { useLayoutEffect } from 'react'
import { useDisplay } from './display.ts'
import { useMedia } from './media.ts'
import { dark, light, type Palette, variablesOf } from './tokens.ts'

/** True while the dark palette is shown. */
export function useDark(): boolean {
  const { theme } = useDisplay()
  const system = useMedia('(prefers-color-scheme: dark)')
  return theme === 'dark' || (theme === 'system' && system)
}

/** The palette shown now. */
export const usePalette = (): Palette => (useDark() ? dark : light)

/** Puts language, palette and density on the page: all that the pages before the door need. */
export function Look() {
  const { lang, density } = useDisplay()
  const isDark = useDark()
  useLayoutEffect(() => {
    const root = document.documentElement
    root.lang = lang === 'zh' ? 'zh-CN' : 'en'
    root.style.colorScheme = isDark ? 'dark' : 'light'
    for (const [name, value] of Object.entries(variablesOf(isDark ? dark : light, density)))
      root.style.setProperty(name, value)
  }, [lang, density, isDark])
  return null
}
