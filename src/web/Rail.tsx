import { useLocation } from '@tanstack/react-router'
import { CircleHelp } from 'lucide-react'
import { Go } from '../ui/components/Go.tsx'
import { useTodoCount } from '../ui/work/useInbox.ts'
import { AvatarMenu } from './AvatarMenu.tsx'
import { openKeys } from './KeysHelp.tsx'
import mark from './mark.svg?inline'
import { sectionOf, useSections } from './sections.ts'
import { useT } from './texts.ts'

/** The left rail: six places, of which only the inbox has a badge; below it help and the person. */
export function Rail() {
  const t = useT()
  const { pathname } = useLocation()
  const sections = useSections()
  const current = sectionOf(pathname)
  const todo = useTodoCount()
  return (
    <nav className="kb-rail" aria-label={t('main')}>
      <img className="kb-logo" src={mark} alt="Kambook" />
      {sections.map((section) => (
        <Go
          key={section.id}
          href={section.href}
          className={section.id === current?.id ? 'kb-rail-item kb-rail-on' : 'kb-rail-item'}
          aria-current={section.id === current?.id ? 'page' : undefined}
        >
          <section.icon size={18} strokeWidth={1.6} aria-hidden />
          {t(section.id)}
          {section.id === 'inbox' && todo > 0 ? <span className="kb-badge">{todo}</span> : null}
        </Go>
      ))}
      <span className="kb-grow" />
      <button
        type="button"
        className="kb-icon kb-rail-help"
        aria-label={t('help')}
        title={t('help')}
        onClick={openKeys}
      >
        <CircleHelp size={18} strokeWidth={1.6} aria-hidden />
      </button>
      <AvatarMenu />
    </nav>
  )
}
