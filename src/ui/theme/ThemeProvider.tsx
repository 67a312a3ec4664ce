import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Calendar, Check, ChevronDown, LoaderCircle, X } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useMemo } from 'react'
import { antdTheme } from './antd.ts'
import { useDisplay } from './display.ts'
import { useMedia, useWidth } from './media.ts'
import { dark, light, variablesOf } from './tokens.ts'

/** True while the dark palette is shown. */
export function useDark(): boolean {
  const { theme } = useDisplay()
  const system = useMedia('(prefers-color-scheme: dark)')
  return theme === 'dark' || (theme === 'system' && system)
}

/** The house's icons where the library would put its own, which are read out in English whatever the language. */
const icons = {
  select: {
    suffixIcon: <ChevronDown size={14} strokeWidth={1.6} aria-hidden />,
    clearIcon: <X size={14} strokeWidth={1.6} aria-hidden />,
    removeIcon: <X size={12} strokeWidth={1.6} aria-hidden />,
    menuItemSelectedIcon: <Check size={14} strokeWidth={1.6} aria-hidden />,
    loadingIcon: <LoaderCircle size={14} strokeWidth={1.6} aria-hidden />,
  },
  datePicker: {
    suffixIcon: <Calendar size={14} strokeWidth={1.6} aria-hidden />,
    clearIcon: <X size={14} strokeWidth={1.6} aria-hidden />,
  },
  drawer: { closeIcon: <X size={16} strokeWidth={1.6} aria-hidden /> },
  modal: { closeIcon: <X size={16} strokeWidth={1.6} aria-hidden /> },
}

/** Puts language, palette and density on the page and into every Ant Design part. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const { lang, density } = useDisplay()
  const isDark = useDark()
  const palette = isDark ? dark : light
  const phone = useWidth() === 'phone'
  const config = useMemo(() => antdTheme(palette, isDark, phone), [palette, isDark, phone])
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
      {...icons}
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
