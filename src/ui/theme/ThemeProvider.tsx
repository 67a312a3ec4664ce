import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useLayoutEffect, useMemo } from 'react'
import { antdTheme } from './antd.ts'
import { useDisplay } from './display.ts'
import { useMedia } from './media.ts'
import { dark, light, variablesOf } from './tokens.ts'

/** True while the dark palette is shown. */
export function useDark(): boolean {
  const { theme } = useDisplay()
  const system = useMedia('(prefers-color-scheme: dark)')
  return theme === 'dark' || (theme === 'system' && system)
}

/** Puts language, palette and density on the page and into every Ant Design part. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { lang, density } = useDisplay()
  const isDark = useDark()
  const palette = isDark ? dark : light
  const config = useMemo(() => antdTheme(palette, isDark), [palette, isDark])
  useLayoutEffect(() => {
    const root = document.documentElement
    root.lang = lang === 'zh' ? 'zh-CN' : 'en'
    root.style.colorScheme = isDark ? 'dark' : 'light'
    for (const [name, value] of Object.entries(variablesOf(palette, density)))
      root.style.setProperty(name, value)
  }, [lang, density, palette, isDark])
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zhCN : enUS}
      theme={config}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      tag={{ variant: 'filled' }}
      form={{
        requiredMark: (label, { required }) =>
          required ? (
            <>
              {label}&nbsp;
              <span className="kb-star" aria-hidden>
                *
              </span>
            </>
          ) : (
            label
          ),
      }}
    >
      {children}
    </ConfigProvider>
  )
}
