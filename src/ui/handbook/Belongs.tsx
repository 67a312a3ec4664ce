import type { Element } from '../../handbook/words/element.ts'
import { Go } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import type { Belongs as Belonging, Group } from './belongs.ts'
import { useBook, useHref } from './context.ts'
import { useT } from './texts.ts'
import { MyTasks } from './views/WorkflowView.tsx'

const order: readonly Group[] = ['workflows', 'forms', 'posts', 'functions', 'kpis', 'policies', 'norms']

/** What belongs to an element and what refers to it. */
export function Belongs({ element, belongs }: { element: Element; belongs: Belonging }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { chosen } = useBook()
  const groups = order.filter((group) => belongs[group].length > 0)
  return (
    <div className="kb-belongs">
      {element.is === 'workflow' && chosen === null ? <MyTasks workflow={element.workflow.id} /> : null}
      {groups.map((group) => (
        <section key={group} aria-label={t(`belongs.${group}`)}>
          <h2>{t(`belongs.${group}`)}</h2>
          <ul>
            {belongs[group].map((link) => (
              <li key={link.ref}>
                <Go href={href(link.ref)}>
                  {group === 'norms' ? null : <span className="kb-ref-code">{link.code}</span>}
                  <span>{text(link.name)}</span>
                </Go>
                {link.note ? <small>{text(link.note)}</small> : null}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
