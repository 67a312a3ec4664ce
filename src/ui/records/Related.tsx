import { useCallback, useState } from 'react'
import type { KindMeta } from '../../kernel/records/wire.ts'
import type { CaseRow } from '../../kernel/workflow/wire.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { ListTable } from './ListTable.tsx'
import { useT } from './texts.ts'
import { useRows } from './useList.ts'

/** Rows of another kind that belong to this record. */
export function RelatedRows({ kind, column, id }: { kind: KindMeta; column: string; id: number }) {
  const t = useT()
  const text = useText()
  const [sort, setSort] = useState<string | null>(null)
  const state = { view: null, q: '', sort, columns: null, filters: {} }
  const { pages, items, total } = useRows(kind, state, { [column]: String(id) })
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const fields = kind.list.columns
    .filter((one) => one !== column)
    .flatMap((one) => kind.fields.find((field) => field.id === one) ?? [])
  if (pages.error) return <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} />
  if (pages.isPending) return <Waiting />
  const empty = <Empty title={t('empty', { kind: text(kind.plural).toLowerCase() })} />
  return <ListTable {...{ kind, fields, items, sort, onEnd, total, empty }} onSort={setSort} />
}

/** Cases and tasks that are about this record. */
export function Work({ path }: { path: string }) {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  const work = useGet<{ items: CaseRow[] }>(`${path}/work`)
  if (!work.data || work.data.items.length === 0) return null
  return (
    <section className="kb-block">
      <h2>{t('work')}</h2>
      <ul className="kb-plain">
        {work.data.items.map((one) => (
          <li key={one.id} className="kb-row">
            <Go href={`/cases/${one.id}`} className="kb-grow">
              {text(one.title)}
            </Go>
            <StatusTag
              tone={one.state === 'ended' ? 'success' : one.state === 'resting' ? 'neutral' : 'info'}
              text={text(one.statusText)}
            />
            <span className="kb-note">{moment(one.startedAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
