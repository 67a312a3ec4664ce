import { ChevronLeft, Search } from 'lucide-react'
import { createContext, Fragment, type ReactNode, useContext, useEffect } from 'react'
import { plain } from '../format/money.ts'
import { Go } from './Go.tsx'
import { useT } from './texts.ts'

export interface HeadTab {
  readonly id: string
  readonly label: ReactNode
  readonly count?: number | null
  readonly href: string
  readonly current?: boolean
}

/** What the shell puts at the end of the top line on a phone, where there is no rail: the person's menu. */
export const HeadMenu = createContext<ReactNode>(null)

/** The key beside K that opens the palette here: ⌘ on a Mac, else Ctrl. */
export const commandKey: '⌘' | 'Ctrl ' = /Mac|iP(hone|ad)/.test(globalThis.navigator?.userAgent ?? '')
  ? '⌘'
  : 'Ctrl '

/** Opens the ⌘K palette, which the shell owns. */
export const openPalette = (): boolean => window.dispatchEvent(new Event('kambook:palette'))

/**
 * The top line of every page: where you are, the second level as tabs with counts, ⌘K, the page's action. `titleBelow`: the page
 * bears its title itself, so that it is not shown twice.
 */
export function PageHead(props: {
  title: string
  path?: readonly { label: string; href: string }[]
  tabs?: readonly HeadTab[]
  action?: ReactNode
  note?: ReactNode
  titleBelow?: boolean
}) {
  const t = useT()
  const menu = useContext(HeadMenu)
  const up = props.path?.at(-1)
  useEffect(() => {
    document.title = `${props.title} · Kambook`
  }, [props.title])
  return (
    <header className="kb-head">
      <div className={props.titleBelow ? 'kb-head-title kb-head-below' : 'kb-head-title'}>
        {up ? (
          <Go href={up.href} className="kb-head-back" aria-label={t('backTo', { place: up.label })}>
            <ChevronLeft size={20} strokeWidth={1.6} aria-hidden />
            <span>{up.label}</span>
          </Go>
        ) : null}
        {props.path?.map((step) => (
          <Fragment key={step.href}>
            <Go href={step.href} className="kb-2 kb-head-step">
              {step.label}
            </Go>
            <span className="kb-3 kb-head-step" aria-hidden>
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
              {tab.count === null || tab.count === undefined ? null : <small>{plain(tab.count)}</small>}
            </Go>
          ))}
        </nav>
      ) : null}
      <div className="kb-head-end">
        <button type="button" className="kb-search" onClick={openPalette}>
          <Search size={16} strokeWidth={1.6} aria-hidden />
          <span>{t('search')}</span>
          <kbd>{commandKey}K</kbd>
        </button>
        {props.action}
        {menu}
      </div>
    </header>
  )
}
