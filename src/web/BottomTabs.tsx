import { useLocation } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { Go, useGo } from '../ui/components/Go.tsx'
import { useKind } from '../ui/session.ts'
import { useTodoCount } from './Rail.tsx'
import { sectionOf, sections } from './sections.ts'
import { useT } from './texts.ts'

const onPhone = { inbox: 'today', accounts: 'accounts', figures: 'figures', handbook: 'handbook' } as const

/** The phone's five places: 今天 · 客户 · ＋ · 指标 · 手册. */
export function BottomTabs() {
  const t = useT()
  const go = useGo()
  const { pathname } = useLocation()
  const current = sectionOf(pathname)
  const todo = useTodoCount()
  const mayCreate = useKind('account')?.may.create
  const tabs = sections.filter((section) => section.id in onPhone)
  const tab = (section: (typeof sections)[number]) => (
    <Go
      key={section.id}
      href={section.href}
      className={section === current ? 'kb-rail-item kb-rail-on' : 'kb-rail-item'}
      aria-current={section === current ? 'page' : undefined}
    >
      <section.icon size={20} strokeWidth={1.6} aria-hidden />
      {t(onPhone[section.id as keyof typeof onPhone])}
      {section.id === 'inbox' && todo > 0 ? <span className="kb-badge">{todo}</span> : null}
    </Go>
  )
  return (
    <nav className="kb-bottom" aria-label={t('main')}>
      {tabs.slice(0, 2).map(tab)}
      {mayCreate?.allowed ? (
        <button
          type="button"
          className="kb-bottom-plus"
          aria-label={t('newAccount')}
          onClick={() => go('/records/account?create=1')}
        >
          <Plus size={22} aria-hidden />
        </button>
      ) : null}
      {tabs.slice(2).map(tab)}
    </nav>
  )
}
