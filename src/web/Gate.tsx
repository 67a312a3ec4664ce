import type { ReactNode } from 'react'
import { setDisplay, useDisplay } from '../ui/theme/display.ts'
import mark from './mark.svg?inline'

/** The pages before the door: one column of 360 px, the mark, a title, the language. */
export function Gate({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  const { lang } = useDisplay()
  return (
    <div className="kb-gate">
      <main>
        <div className="kb-row">
          <img src={mark} width={36} height={36} alt="Kambook" />
          <span className="kb-grow" />
          <button
            type="button"
            className="kb-icon"
            lang={lang === 'zh' ? 'en' : 'zh-CN'}
            onClick={() => setDisplay({ lang: lang === 'zh' ? 'en' : 'zh' })}
          >
            {lang === 'zh' ? 'English' : '中文'}
          </button>
        </div>
        <h1>{title}</h1>
        {hint ? <p className="kb-2">{hint}</p> : null}
        {children}
      </main>
    </div>
  )
}
