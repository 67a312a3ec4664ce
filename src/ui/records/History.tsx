import { FilePlus2, PencilLine, Trash2 } from 'lucide-react'
import type { History as HistoryPage, KindMeta } from '../../kernel/records/wire.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useT } from './texts.ts'
import { useValueText } from './Value.tsx'

const icons = { create: FilePlus2, update: PencilLine, delete: Trash2 }

/** Who changed what and when, newest first. */
export function History({ kind, id }: { kind: KindMeta; id: number }) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const { moment } = useFormat()
  const history = useGet<HistoryPage>(`/records/${kind.id}/${id}/history`)
  if (history.error) return <ErrorBox error={history.error} onAgain={() => void history.refetch()} />
  if (!history.data) return <Waiting rows={4} />
  if (history.data.items.length === 0) return <p className="kb-2">{t('noHistory')}</p>
  return (
    <ol className="kb-timeline">
      {history.data.items.map((item) => {
        const Icon = icons[item.action]
        const lines = item.changes.flatMap((change) => {
          const field = kind.fields.find((one) => one.id === change.field)
          return field
            ? t('changed', {
                field: text(field.label),
                from: words(field, change.from) || t('blank'),
                to: words(field, change.to) || t('blank'),
              })
            : []
        })
        return (
          <li key={`${item.at}.${item.action}.${JSON.stringify(item.changes)}`}>
            <span className="kb-timeline-mark">
              <Icon size={13} strokeWidth={1.6} aria-hidden />
            </span>
            <div>
              {item.action === 'update' ? (
                lines.map((line) => <p key={line}>{line}</p>)
              ) : (
                <p>{t(item.action === 'create' ? 'created' : 'removed')}</p>
              )}
              <p className="kb-note">{[item.who, moment(item.at)].filter(Boolean).join(' · ')}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
