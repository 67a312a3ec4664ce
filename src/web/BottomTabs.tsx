import { useLocation } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { Go, useGo } from '../ui/components/Go.tsx'
import { useKind } from '../ui/session.ts'
import { useTodoCount } from '../ui/work/useInbox.ts'
import { sectionOf, useSections } from './sections.ts'
import { useT } from './texts.ts'

/** The phone's five places: 今天 · 客户 · ＋ · 指标 · 手册; the others stand in the person's menu. */
export function BottomTabs() {
  const t = useT()
  const go = useGo()
  const { pathname } = useLocation()
  const current = sectionOf(pathname)
  const todo = useTodoCount()
  const mayCreate = useKind('account')?.may.create
  const tabs = useSections().flatMap((section) => (section.tab ? [{ ...section, tab: section.tab }] : []))
  const half = Math.ceil(tabs.length / 2)
  const tab = (section: (typeof tabs)[number]) => (
    <Go
      key={section.id}
      href={section.href}
      className={section.id === current?.id ? 'kb-rail-item kb-rail-on' : 'kb-rail-item'}
      aria-current={section.id === current?.id ? 'page' : undefined}
    >
      <section.icon size={20} strokeWidth={1.6} aria-hidden />
      {t(section.tab)}
      {section.id === 'inbox' && todo > 0 ? <span className="kb-badge">{todo}</span> : null}
    </Go>
  )
  return (
    <nav className="kb-bottom" aria-label={t('main')}>
      {tabs.slice(0, half).map(tab)}
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
      {tabs.slice(half).map(tab)}
    </nav>
  )
}
