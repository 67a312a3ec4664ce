import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useMe } from '../../session.ts'
import { useBook, useHref } from '../context.ts'
import { tasksOf } from '../element.ts'
import { Heading, Ref } from '../marks.tsx'
import { useT } from '../texts.ts'

/** First page: the edition, what concerns the reader's own posts, and the chapters. */
export function HomeView() {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition, outline } = useBook()
  return (
    <>
      <Mine />
      <Heading>{t('chapters')}</Heading>
      <ol className="kb-read-chapters">
        {outline.map((chapter) => (
          <li key={chapter.ref}>
            <Go href={href(chapter.ref)} data-row>
              <span className="kb-read-number">{chapter.number}</span>
              <span>
                <strong>{text(chapter.title)}</strong>
                <small>{chapter.children.map((one) => text(one.title)).join(' · ')}</small>
              </span>
            </Go>
          </li>
        ))}
      </ol>
      <p className="kb-note">{text(edition.control.distribution)}</p>
    </>
  )
}

/** Sheet, workflows and forms of the posts the reader holds. */
function Mine() {
  const t = useT()
  const { edition } = useBook()
  const me = useMe().data
  const posts = [...new Set(me?.posts.map((one) => one.post) ?? [])].filter((id) =>
    edition.posts.some((post) => post.id === id),
  )
  if (posts.length === 0) return null
  const tasks = (id: string) =>
    edition.workflows.flatMap((workflow) =>
      tasksOf(workflow)
        .filter((task) => task.post === id)
        .map((task) => ({ workflow, task })),
    )
  return (
    <div className="kb-read-mine">
      <h2>{t('forMyPost')}</h2>
      {posts.map((id) => {
        const mine = tasks(id)
        const steps = [
          ...new Map(mine.map((one) => [`${one.workflow.id}/${one.task.step}`, one])).keys(),
        ].sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
        const forms = [...new Set(mine.flatMap((one) => one.task.forms))]
        return (
          <dl key={id} className="kb-read-pairs">
            <div>
              <dt>{t('mySheet')}</dt>
              <dd>
                <Ref to={`post:${id}`} />
              </dd>
            </div>
            {steps.length > 0 ? (
              <div>
                <dt>{t('belongs.workflows')}</dt>
                <dd className="kb-row">
                  {[...new Set(mine.map((one) => one.workflow.id))].map((workflow) => (
                    <Ref key={workflow} to={`wf:${workflow}`} />
                  ))}
                  {steps.map((step) => (
                    <Ref key={step} to={`wf:${step}`} name={false} />
                  ))}
                </dd>
              </div>
            ) : null}
            {forms.length > 0 ? (
              <div>
                <dt>{t('forms')}</dt>
                <dd className="kb-row">
                  {forms.map((form) => (
                    <Ref key={form} to={`form:${form}`} />
                  ))}
                </dd>
              </div>
            ) : null}
          </dl>
        )
      })}
    </div>
  )
}
