import { Search } from 'lucide-react'
import { Fragment, type ReactNode, useEffect } from 'react'
import { Go } from './Go.tsx'
import { useT } from './texts.ts'

export interface HeadTab {
  readonly id: string
  readonly label: ReactNode
  readonly count?: number | null
  readonly href: string
  readonly current?: boolean
}

/** Opens the ⌘K palette, which the shell owns. */
export const openPalette = (): boolean => window.dispatchEvent(new Event('kambook:palette'))

/** The top line of every page: where you are, the second level as tabs with counts, ⌘K, the page's action. */
export function PageHead(props: {
  title: string
  path?: readonly { label: string; href: string }[]
  tabs?: readonly HeadTab[]
  action?: ReactNode
  note?: ReactNode
}) {
  const t = useT()
  useEffect(() => {
    document.title = `${props.title} · Kambook`
  }, [props.title])
  return (
    <header className="kb-head">
      <div className="kb-head-title">
        {props.path?.map((step) => (
          <Fragment key={step.href}>
            <Go href={step.href} className="kb-2">
              {step.label}
            </Go>
            <span className="kb-3" aria-hidden>
              /
            </span>
          </Fragment>
        ))}
        <h1>{props.title}</h1>
        {props.note}
      </div>
      {props.tabs && props.tabs.length > 0 ? (
        <nav className="kb-tabs" aria-label={props.title}>
          {props.tabs.map((tab) => (
            <Go
              key={tab.id}
              href={tab.href}
              className={tab.current ? 'kb-tab kb-tab-on' : 'kb-tab'}
              aria-current={tab.current ? 'page' : undefined}
            >
              {tab.label}
              {tab.count === null || tab.count === undefined ? null : <small>{tab.count}</small>}
            </Go>
          ))}
        </nav>
      ) : null}
      <div className="kb-head-end">
        <button type="button" className="kb-search" onClick={openPalette}>
          <Search size={16} strokeWidth={1.6} aria-hidden />
          <span>{t('search')}</span>
          <kbd>⌘K</kbd>
        </button>
        {props.action}
      </div>
    </header>
  )
}
