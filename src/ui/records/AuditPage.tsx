import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { Download } from 'lucide-react'
import type { Text } from '../../handbook/model.ts'
import { type ApiProblem, address, get } from '../api.ts'
import { DownloadState, useDownload } from '../components/Download.tsx'
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
  label: Text | null
  fields: Text[]
  recordId: number
  title: string | null
  action: 'create' | 'update' | 'delete'
}
interface Kind {
  id: string
  label: Text
}
interface Page {
  kinds: Kind[]
  mayExport: boolean
  items: Entry[]
  next: string | null
}

const asks = ['q', 'kind', 'person', 'from', 'to'] as const

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
        <Asked
          query={query}
          kinds={pages.data?.pages[0]?.kinds ?? []}
          mayExport={pages.data?.pages[0]?.mayExport ?? false}
        />
        {pages.isPending ? (
          <Waiting rows={10} />
        ) : items.length === 0 ? (
          <Empty title={t('auditEmpty')} hint={t('auditEmptyHint')} />
        ) : (
          <Trail items={items} recordKinds={meta.kinds.map((one) => one.id)} />
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

function Asked({
  query,
  kinds,
  mayExport,
}: {
  query: Record<string, string | null>
  kinds: readonly Kind[]
  mayExport: boolean
}) {
  const t = useT()
  const making = useDownload()
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
      <Input.Search
        allowClear
        className="kb-audit-q"
        aria-label={t('auditSearch')}
        placeholder={t('auditSearch')}
        defaultValue={query.q ?? ''}
        maxLength={100}
        onSearch={(q) => change('q', q.trim() || null)}
      />
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
      {mayExport ? (
        <Button
          loading={making.busy}
          onClick={() => void making.run(address('/audit/export', query))}
          icon={<Download size={15} aria-hidden />}
        >
          {t('exportCsv')}
        </Button>
      ) : null}
      <DownloadState run={making} />
    </div>
  )
}

function Trail({ items, recordKinds }: { items: readonly Entry[]; recordKinds: readonly string[] }) {
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
          const fields = [...new Set(one.fields.map((field) => text(field)))]
          const name = [one.label ? text(one.label) : t('other'), one.title ?? ''].filter(Boolean).join(' ')
          return (
            <tr key={one.id}>
              <td className="kb-num">{moment(one.at)}</td>
              <td>
                {one.who ?? t('someone')} <span className="kb-3">{one.login}</span>
              </td>
              <td>{t(`did_${one.action}`)}</td>
              <td>
                {one.title && recordKinds.includes(one.kind) ? (
                  <Go href={`/records/${one.kind}/${one.recordId}`}>{name}</Go>
                ) : (
                  name
                )}
              </td>
              <td className="kb-2">{listed(fields)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
