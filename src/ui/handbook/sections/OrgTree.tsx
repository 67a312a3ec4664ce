import type { Post } from '../../../handbook/model.ts'
import { below, levelName } from '../../../handbook/words/names.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { Ref } from '../marks.tsx'
import { useT } from '../texts.ts'

/** Posts under their business superiors, as a tree that can be read line by line. */
export function OrgTree() {
  const t = useT()
  const { edition } = useBook()
  const tops = edition.posts.filter((post) => post.kind === 'inside' && post.superior === null)
  return (
    <ul className="kb-tree" aria-label={t('orgChart')}>
      {tops.map((post) => (
        <Branch key={post.id} post={post} />
      ))}
    </ul>
  )
}

function Branch({ post }: { post: Post }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const seats = edition.organisation.seats
    .filter((one) => one.post === post.id)
    .reduce((sum, one) => sum + one.count, 0)
  const posts = below(edition, post.id)
  return (
    <li>
      <span className="kb-row">
        <Ref to={`post:${post.id}`} />
        <span className="kb-note">
          {[text(levelName(edition, post.level)), seats > 0 ? t('seats', { n: seats }) : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {posts.length > 0 ? (
        <ul>
          {posts.map((one) => (
            <Branch key={one.id} post={one} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}
