import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { FilePlus2, PencilLine, Trash2 } from 'lucide-react'
import type { History as HistoryPage, KindMeta } from '../../kernel/records/wire.ts'
import { type ApiProblem, get } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'
import { useValueText } from './Value.tsx'

const icons = { create: FilePlus2, update: PencilLine, delete: Trash2 }

/** Who changed what and when, newest first, back to the beginning. */
export function History({ kind, id }: { kind: KindMeta; id: number }) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const { moment } = useFormat()
  const path = `/records/${kind.id}/${id}/history`
  const history = useInfiniteQuery<HistoryPage, ApiProblem>({
    queryKey: ['list', path],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage>(path, pageParam ? { cursor: String(pageParam) } : {}, signal),
    initialPageParam: null as unknown,
    getNextPageParam: (page) => page.next,
  })
  if (history.error) return <ErrorBox error={history.error} onAgain={() => void history.refetch()} />
  if (!history.data) return <Waiting rows={4} />
  const items = history.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className="kb-2">{t('noHistory')}</p>
  return (
    <>
      <ol className="kb-timeline">
        {items.map((item) => {
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
      {history.hasNextPage ? (
        <Button
          size="small"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('older')}
        </Button>
      ) : null}
    </>
  )
}
