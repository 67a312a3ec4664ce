import { useCallback, useState } from 'react'
import type { KindMeta, RecordList } from '../../kernel/records/wire.ts'
import type { CaseRow } from '../../kernel/workflow/wire.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { plain, unitFor } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { ListTable } from './ListTable.tsx'
import { useT } from './texts.ts'
import { useRows } from './useList.ts'
import { amountOf, isNumber, Value } from './Value.tsx'

/** Another kind that belongs to a record, and the column that says so. */
export interface RelatedKind {
  readonly kind: string
  readonly column: string
  readonly other: KindMeta
}

/** The rows a record consists of, on its own page, with their sums. */
export function PartRows(props: { parent: KindMeta; kind: KindMeta; column: string; id: number }) {
  const { parent, kind, column, id } = props
  const t = useT()
  const text = useText()
  const format = useFormat()
  const list = useGet<RecordList>(`/records/${kind.id}`, { [column]: id, limit: 100, total: 1, sums: 1 })
  if (list.error) return <ErrorBox error={list.error} onAgain={() => void list.refetch()} />
  if (!list.data) return <Waiting rows={3} />
  const { items, total = 0, sums = {} } = list.data
  // What the parent tells already is not said again on each of its rows.
  const fields = kind.list.columns
    .flatMap((one) => kind.fields.find((field) => field.id === one && one !== column) ?? [])
    .filter((field) => isNumber(field) || !parent.fields.some((one) => one.id === field.id))
  const unit = unitFor(
    items.flatMap((item) =>
      fields.map((field) => (field.type === 'money' ? amountOf(item[field.id]) : null)),
    ),
  )
  return (
    <section className="kb-block">
      <h2>
        {text(kind.plural)} <small className="kb-3">{plain(total)}</small>
      </h2>
      {items.length === 0 ? (
        <p className="kb-2">{t('empty', { kind: text(kind.plural).toLowerCase() })}</p>
      ) : (
        <div className="kb-parts-box">
          <table className="kb-parts">
            <thead>
              <tr>
                {fields.map((field) => (
                  <th key={field.id} scope="col" className={isNumber(field) ? 'kb-right' : ''}>
                    {text(field.label)}
                    {field.type === 'money' ? (
                      <span className="kb-3">
                        {format.lang === 'zh' ? `（${format.unit(unit)}）` : ` (${format.unit(unit)})`}
                      </span>
                    ) : null}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  {fields.map((field) => (
                    <td key={field.id} className={isNumber(field) ? 'kb-right' : ''}>
                      {field.id === kind.title ? (
                        <Go href={`/records/${kind.id}/${item.id}`}>{String(item[field.id] ?? '')}</Go>
                      ) : (
                        <Value
                          field={field}
                          value={item[field.id]}
                          {...(field.type === 'money' ? { unit } : {})}
                        />
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                {fields.map((field, index) => (
                  <td key={field.id} className={isNumber(field) ? 'kb-right' : ''}>
                    {sums[field.id] !== undefined ? (
                      <Value
                        field={field}
                        value={sums[field.id]}
                        {...(field.type === 'money' ? { unit } : {})}
                      />
                    ) : index === 0 ? (
                      t('sum')
                    ) : null}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </div>
      )}
      {total > items.length ? (
        <Go href={`/records/${kind.id}?${column}=${id}`}>{t('rows', { n: plain(total) })}</Go>
      ) : null}
    </section>
  )
}

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
