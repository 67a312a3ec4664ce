import type { Policy } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { Markdown } from '../markdown.tsx'
import { Pairs, Ref } from '../marks.tsx'
import { useT } from '../texts.ts'

/** A policy with its owner and its chapters; a policy that stands as a title says so. */
export function PolicyView({ policy }: { policy: Policy }) {
  const t = useT()
  const text = useText()
  return (
    <>
      <Pairs rows={[[t('ownerPost'), <Ref key="owner" to={`post:${policy.owner}`} />]]} />
      {policy.body ? (
        <Markdown source={text(policy.body)} refOf={(chapter) => `policy:${policy.id}/${chapter}`} />
      ) : (
        <p className="kb-read-say kb-2">{t('titleOnly')}</p>
      )}
    </>
  )
}
