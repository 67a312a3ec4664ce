import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import type { KindMeta } from '../../kernel/records/wire.ts'
import { type ApiProblem, get } from '../api.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useFormat } from '../format/useFormat.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { DateInput } from './DateInput.tsx'
import { ReferenceInput, useTitles } from './ReferenceInput.tsx'
import { useT } from './texts.ts'

interface Entry {
  id: number
  at: string
  who: string | null
  login: string | null
  kind: string
  recordId: number
  title: string | null
  action: 'create' | 'update' | 'delete'
  changes: Record<string, unknown>
}
interface Page {
  items: Entry[]
  next: string | null
}

const asks = ['kind', 'person', 'from', 'to'] as const

/** The whole trail of changes for those who audit, newest first; what is asked for stands in the address. */
export function AuditPage() {
  const t = useT()
  const { searchStr } = useLocation()
  const said = new URLSearchParams(searchStr)
  const query = Object.fromEntries(asks.flatMap((name) => (said.get(name) ? [[name, said.get(name)]] : [])))
  const meta = useMeta().data
  const pages = useInfiniteQuery<Page, ApiProblem>({
    queryKey: ['list', '/audit', query],
    queryFn: ({ pageParam, signal }) =>
      get<Page>('/audit', { ...query, ...(pageParam ? { cursor: String(pageParam) } : {}) }, signal),
    initialPageParam: null as unknown,
    getNextPageParam: (page) => page.next,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  if (pages.error || !meta)
    return (
      <div className="kb-page">
        <PageHead title={t('audit')} />
        {pages.error ? <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} /> : <Waiting />}
      </div>
    )
  return (
    <div className="kb-page">
      <PageHead title={t('audit')} />
      <div className="kb-scroll kb-pad">
        <p className="kb-2">{t('auditHint')}</p>
        <Asked query={query} kinds={meta.kinds} />
        {pages.isPending ? (
          <Waiting rows={10} />
        ) : items.length === 0 ? (
          <Empty title={t('auditEmpty')} hint={t('auditEmptyHint')} />
        ) : (
          <Trail items={items} kinds={meta.kinds} />
        )}
        {pages.hasNextPage ? (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('moreRows')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

function Asked({ query, kinds }: { query: Record<string, string | null>; kinds: readonly KindMeta[] }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const person = useTitles('person', query.person ? [query.person] : [])
  const change = (name: string, value: string | null) => {
    const next = new URLSearchParams(
      Object.entries({ ...query, [name]: value }).flatMap(([key, one]) => (one ? [[key, one]] : [])),
    ).toString()
    go(`/audit${next ? `?${next}` : ''}`, true)
  }
  const who = person.get(query.person ?? '')
  return (
    <div className="kb-row kb-audit-asked">
      <Select
        aria-label={t('record')}
        value={query.kind ?? ''}
        onChange={(kind: string) => change('kind', kind || null)}
        options={[
          { value: '', label: t('anyKind') },
          ...kinds.map((one) => ({ value: one.id, label: text(one.label) })),
        ]}
        popupMatchSelectWidth={false}
      />
      <span className="kb-audit-who">
        <ReferenceInput
          field={{
            id: 'person',
            type: 'reference',
            to: 'person',
            label: { zh: '人员', en: 'Person' },
            required: false,
            wanted: false,
            computed: false,
            sortable: false,
          }}
          placeholder={t('anyone')}
          value={query.person && who ? { id: Number(query.person), title: who } : null}
          onChange={(value) => change('person', value ? String((value as { id: number }).id) : null)}
        />
      </span>
      <DateInput label={t('from')} value={query.from ?? null} onChange={(day) => change('from', day)} />
      <DateInput label={t('to')} value={query.to ?? null} onChange={(day) => change('to', day)} />
    </div>
  )
}

function Trail({ items, kinds }: { items: readonly Entry[]; kinds: readonly KindMeta[] }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const { moment } = useFormat()
  return (
    <table className="kb-audit" aria-label={t('audit')}>
      <thead>
        <tr>
          {(['at', 'who', 'what', 'record', 'fields'] as const).map((one) => (
            <th key={one} scope="col">
              {t(one)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => {
          const kind = kinds.find((each) => each.id === one.kind)
          const fields = Object.keys(one.changes).flatMap((id) => {
            const field = kind?.fields.find((each) => each.id === id)
            return field ? [text(field.label)] : []
          })
          const name = [kind ? text(kind.label) : t('other'), one.title ?? ''].filter(Boolean).join(' ')
          return (
            <tr key={one.id}>
              <td className="kb-num">{moment(one.at)}</td>
              <td>
                {one.who ?? t('someone')} <span className="kb-3">{one.login}</span>
              </td>
              <td>{t(`did_${one.action}`)}</td>
              <td>
                {kind && one.title ? <Go href={`/records/${kind.id}/${one.recordId}`}>{name}</Go> : name}
              </td>
              <td className="kb-2">{one.action === 'update' ? listed(fields) : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
