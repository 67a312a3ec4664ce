import { Button } from 'antd'
import { History } from 'lucide-react'
import type { KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { dayOf, momentText } from '../format/dates.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { useLang } from '../theme/display.ts'
import type { Offer } from './drafts.ts'
import { useT } from './texts.ts'
import { useValueText } from './Value.tsx'

interface Props {
  readonly kind: KindMeta
  readonly offer: Offer
  readonly onRestore: () => void
  readonly onDiscard: () => void
  /** The one who writes is still at it in another window: it is said, and not offered. */
  readonly elsewhere: boolean
}

/** What was written and not saved, offered back: nothing of it stands in the record until it is asked for. */
export function DraftOffer({ kind, offer, onRestore, onDiscard, elsewhere }: Props) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const lang = useLang()
  // It was written by the clock of this device, so its day is told by that clock, too.
  const moment = (at: string) => momentText(at, lang, dayOf(new Date().toISOString()))
  const labels = [...offer.plain, ...offer.moved].map((id) =>
    text(kind.fields.find((field) => field.id === id)?.label),
  )
  if (elsewhere)
    return (
      <div className="kb-draft" role="status">
        <History size={16} strokeWidth={1.6} aria-hidden />
        <p>{t('draftElsewhere')}</p>
      </div>
    )
  return (
    <div className="kb-draft" role="status">
      <History size={16} strokeWidth={1.6} aria-hidden />
      <p>
        {t('draftKept', { moment: moment(offer.draft.at), fields: listed(labels) })}
        {offer.moved.length > 0 ? ` ${t('draftMovedHint')}` : ''}
      </p>
      <span className="kb-row kb-draft-acts">
        <Button size="small" type="primary" onClick={onRestore}>
          {t('draftRestore')}
        </Button>
        <Button size="small" onClick={onDiscard}>
          {t('draftDiscard')}
        </Button>
      </span>
    </div>
  )
}

/** Fields that somebody changed since: what stands there now stays until one's own is chosen. */
export function DraftMoved(props: {
  kind: KindMeta
  item: RecordItem | null
  offer: Offer
  onMine: (field: string) => void
}) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const { kind, item, offer, onMine } = props
  return (
    <ul className="kb-plain kb-draft-moved">
      {offer.moved.flatMap((id) => {
        const field = kind.fields.find((one) => one.id === id)
        if (!field) return []
        const mine = words(field, offer.draft.fields[id]?.value) || t('blank')
        return (
          <li key={id} className="kb-draft">
            <p>
              {t('draftMoved', {
                field: text(field.label),
                now: words(field, item?.[id]) || t('blank'),
                mine,
              })}
            </p>
            <Button size="small" onClick={() => onMine(id)}>
              {t('mine', { value: mine })}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
