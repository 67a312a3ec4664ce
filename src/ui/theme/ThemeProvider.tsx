import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { Calendar, Check, ChevronDown, LoaderCircle, X } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { antdTheme } from './antd.ts'
import { useLang } from './display.ts'
import { useDark, usePalette } from './Look.tsx'
import { useWidth } from './media.ts'

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

/** Puts language and palette into every Ant Design part; drawn around the inside only, so that the door weighs little. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const lang = useLang()
  const isDark = useDark()
  const palette = usePalette()
  const phone = useWidth() === 'phone'
  const config = useMemo(() => antdTheme(palette, isDark, phone), [palette, isDark, phone])
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
