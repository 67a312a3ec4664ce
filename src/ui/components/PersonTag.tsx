import { UserRoundX } from 'lucide-react'
import { useT } from './texts.ts'

const tints = ['success', 'info', 'warning', 'special', 'neutral'] as const
const tintOf = (name: string): string =>
  tints[[...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % tints.length] ?? 'neutral'

/** Surname on a tint. */
export const Avatar = ({ name, size = 22 }: { name: string; size?: number }) => (
  <span
    className={`kb-avatar kb-tag-${tintOf(name)}`}
    style={{ width: size, height: size, fontSize: size > 28 ? 14 : 11 }}
    aria-hidden
  >
    {[...name][0] ?? ''}
  </span>
)

/** A person with the post or role in grey; no name means that the post is vacant, `note` then names the stand-in. */
export function PersonTag({ name, role, note }: { name: string | null; role?: string; note?: string }) {
  const t = useT()
  return (
    <span className="kb-person">
      {name ? (
        <Avatar name={name} />
      ) : (
        <span className="kb-avatar kb-avatar-vacant" aria-hidden>
          <UserRoundX size={12} />
        </span>
      )}
      <span>{name ?? t('vacant')}</span>
      {role ? <span className="kb-3">{role}</span> : null}
      {note ? <span className="kb-3">{note}</span> : null}
    </span>
  )
}
