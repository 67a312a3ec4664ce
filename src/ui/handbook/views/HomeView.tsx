import { formsOf, partsIn } from '../../../handbook/words/duties.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useBook, useHref } from '../context.ts'
import { Heading, Pairs, Ref } from '../marks.tsx'
import { useMyPosts } from '../mine.ts'
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

/** Sheet, steps and forms of the posts the reader holds, and the way to all that concerns them. */
function Mine() {
  const t = useT()
  const { edition } = useBook()
  const posts = useMyPosts()
  if (posts.length === 0) return null
  return (
    <section className="kb-read-mine" aria-label={t('forMyPost')}>
      <h2>{t('forMyPost')}</h2>
      {posts.map((id) => {
        const parts = partsIn(edition, id)
        const mine = parts.filter((one) => one.how !== 'advises')
        const flows = [...new Set(mine.map((one) => one.workflow.id))]
        const { does, decides } = formsOf(edition, id)
        return (
          <Pairs
            key={id}
            rows={[
              [t('mySheet'), <Ref key="sheet" to={`post:${id}`} />],
              [
                t('belongs.workflows'),
                flows.length > 0 ? (
                  <span key="flows" className="kb-row">
                    {flows.map((flow) => (
                      <Ref key={flow} to={`wf:${flow}`} />
                    ))}
                  </span>
                ) : null,
              ],
              [
                t('stepsOfPost'),
                mine.length > 0 ? (
                  <PartLink key="steps" to={`post:${id}/steps`}>
                    {t('stepsCount', {
                      n: new Set(mine.map((one) => `${one.workflow.id}/${one.task.step}`)).size,
                      heard: parts.length - mine.length,
                    })}
                  </PartLink>
                ) : null,
              ],
              [
                t('forms'),
                does.length + decides.length > 0 ? (
                  <PartLink key="forms" to={`post:${id}/forms`}>
                    {t('formsCount', { fills: does.length, decides: decides.length })}
                  </PartLink>
                ) : null,
              ],
            ]}
          />
        )
      })}
    </section>
  )
}

function PartLink({ to, children }: { to: string; children: string }) {
  const href = useHref()
  return <Go href={href(to)}>{children}</Go>
}
