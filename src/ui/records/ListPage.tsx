import { useLocation, useParams } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { Plus, Search } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { KindMeta, RecordItem, RecordList } from '../../kernel/records/wire.ts'
import { Chip } from '../components/Chip.tsx'
import { clear } from '../components/clear.tsx'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go, useGo } from '../components/Go.tsx'
import { NoRight } from '../components/NoRight.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { PageState } from '../components/PageState.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { type MoneyUnit, plain } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { useDealTabs } from './dealTabs.ts'
import { FilterChips } from './FilterChips.tsx'
import { ListTable, listUnit } from './ListTable.tsx'
import { ColumnPicker, ExportButton, ImportButton, SortPicker } from './ListTools.tsx'
import { type ListState, writeState } from './listState.ts'
import { RecordForm } from './RecordForm.tsx'
import { useT } from './texts.ts'
import { useListState, useRows } from './useList.ts'
import { amountOf } from './Value.tsx'
import { Views } from './Views.tsx'

/** The list of any record kind, drawn from its declaration. */
export function ListPage() {
  const t = useT()
  const { kind: id } = useParams({ strict: false }) as { kind: string }
  const meta = useMeta()
  const kind = meta.data?.kinds.find((one) => one.id === id)
  if (!meta.data)
    return <PageState title={t('deals')} error={meta.error} onAgain={() => void meta.refetch()} />
  if (!kind)
    return (
      <div className="kb-page">
        <PageHead title={t('deals')} />
        <NoRight why={null} />
      </div>
    )
  return <KindList key={kind.id} kind={kind} />
}

function KindList({ kind }: { kind: KindMeta }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const { pathname, searchStr } = useLocation()
  const kinds = useMeta().data?.kinds
  const [state, change] = useListState()
  const { pages, items, total, sums, none, query } = useRows(kind, state)
  const columns = state.columns ?? filledColumns(kind, items, none, state)
  const fields = columns.flatMap((id) => kind.fields.find((field) => field.id === id) ?? [])
  const { hasNextPage, isFetching, fetchNextPage } = pages
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const creating = new URLSearchParams(searchStr).get('create') === '1'
  // The list behind the form stays as it is: filters, sort and place.
  const withForm = (open: boolean) => {
    const here = writeState(state)
    return pathname + (open ? `${here === '' ? '?' : `${here}&`}create=1` : here)
  }
  const mayCreate = kind.may.create?.allowed && !kind.partOf
  const filtered = state.q !== '' || Object.keys(state.filters).length > 0
  const dealTabs = useDealTabs(kind.id, total)
  const isDeal = kind.id !== 'account'
  const noun = text(kind.plural).toLowerCase()
  // Where nothing is within reach, somebody else gives it out: who that is, the reason of the right says.
  const emptyHint = (one: KindMeta) => {
    const given = kinds?.find((other) => other.id === 'account')?.may.assign ?? one.may.assign
    return `${t('emptyNoRight', { kind: noun })}${given && !given.allowed ? t('emptyAssign', { why: text(given.why) }) : ''}`
  }
  return (
    <div className="kb-page">
      <PageHead
        title={isDeal ? t('deals') : text(kind.plural)}
        note={<Chip clause={kind.clause} />}
        {...(isDeal ? { tabs: dealTabs } : {})}
        action={
          mayCreate ? (
            <Button
              type="primary"
              icon={<Plus size={16} aria-hidden />}
              onClick={() => go(withForm(true))}
              data-main
            >
              {t('create', { kind: text(kind.label).toLowerCase() })}
            </Button>
          ) : null
        }
      />
      {kind.may.read?.allowed === false ? (
        <NoRight why={text(kind.may.read.why)}>
          <Chip clause={kind.clause} />
        </NoRight>
      ) : (
        <>
          <div className="kb-list-tools">
            <Views kind={kind} state={state} />
            <div className="kb-row kb-list-filters">
              <SearchBox
                value={state.q}
                label={t('search', { kind: noun })}
                onChange={(q) => change({ q }, true)}
              />
              <FilterChips
                kind={kind}
                state={state}
                onChange={(filters) => change({ filters, view: null })}
              />
              <SortPicker kind={kind} sort={state.sort} onChange={(sort) => change({ sort })} />
              <ColumnPicker
                kind={kind}
                shown={columns}
                onChange={(next) => change({ columns: next }, true)}
              />
              {kind.id === 'account' && kind.may.assign?.allowed ? (
                <Go href="/branches" className="kb-button">
                  {t('toBranches')}
                </Go>
              ) : null}
              <ImportButton kind={kind} />
              <ExportButton kind={kind} query={query} columns={columns} total={total} />
            </div>
          </div>
          {pages.error ? (
            <div className="kb-pad">
              <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} />
              {filtered ? (
                <Button onClick={() => change({ filters: {}, q: '', view: null })}>{t('clear')}</Button>
              ) : null}
            </div>
          ) : pages.isPending ? (
            <Waiting rows={12} />
          ) : (
            <ListTable
              kind={kind}
              fields={fields}
              items={items}
              sort={state.sort}
              onSort={(sort) => change({ sort })}
              onEnd={onEnd}
              total={total}
              empty={
                state.q !== '' ? (
                  <Empty
                    title={t('emptySearch', { q: state.q })}
                    hint={t('emptySearchHint')}
                    action={<Button onClick={() => change({ q: '' })}>{t('clearSearch')}</Button>}
                  />
                ) : filtered ? (
                  <Empty
                    title={t('emptyFiltered', { kind: noun })}
                    hint={t('emptyFilteredHint')}
                    action={
                      <Button onClick={() => change({ filters: {}, q: '', view: null })}>{t('clear')}</Button>
                    }
                  />
                ) : (
                  <Empty
                    title={t('empty', { kind: noun })}
                    hint={kind.may.import?.allowed ? t('emptyHint') : emptyHint(kind)}
                    action={kind.may.import?.allowed ? <Go href="/imports">{t('toImport')}</Go> : null}
                  />
                )
              }
            />
          )}
          <ListFoot kind={kind} total={total} sums={sums} unit={listUnit(fields, items)} />
        </>
      )}
      {creating && mayCreate ? <RecordForm kind={kind} onClose={() => go(withForm(false), true)} /> : null}
    </div>
  )
}

/**
 * The list's own columns but those that are empty in every row: they would say nothing, and the picker still has them. What is counted
 * beside the records is not looked through for that; the rows read so far tell, or that it is sorted or filtered by.
 */
function filledColumns(
  kind: KindMeta,
  items: readonly RecordItem[],
  none: readonly string[],
  state: ListState,
): string[] {
  const asked = new Set([
    (state.sort ?? '').replace('-', ''),
    ...Object.keys(state.filters).map((name) => name.split('.')[0]),
  ])
  return kind.list.columns.filter((id) => {
    if (none.includes(id)) return false
    const field = kind.fields.find((one) => one.id === id)
    return (
      items.length === 0 ||
      (field?.sortable && !field.beside) ||
      asked.has(id) ||
      items.some((item) => item[id] !== null && item[id] !== undefined)
    )
  })
}

function ListFoot(props: {
  kind: KindMeta
  total: number | undefined
  sums: NonNullable<RecordList['sums']>
  /** Of the column above, so that a sum can be compared with its rows. */
  unit: MoneyUnit
}) {
  const t = useT()
  const text = useText()
  const format = useFormat()
  if (props.total === undefined) return null
  return (
    <footer className="kb-list-foot">
      <span className="kb-2">{t('rows', { n: plain(props.total) })}</span>
      <span className="kb-row" style={{ gap: 20 }}>
        {props.kind.list.sums.map((id) => {
          const field = props.kind.fields.find((one) => one.id === id)
          return field ? (
            <span key={id}>
              <span className="kb-2">
                {t('sum')} {text(field.label)}
              </span>{' '}
              <strong className="kb-num">
                {field.type === 'money'
                  ? `${format.amount(amountOf(props.sums[id]), props.unit)} ${format.unit(props.unit)}`
                  : plain(amountOf(props.sums[id]))}
              </strong>
            </span>
          ) : null
        })}
      </span>
    </footer>
  )
}

function SearchBox({
  value,
  label,
  onChange,
}: {
  value: string
  label: string
  onChange: (q: string) => void
}) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onChange(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <Input
      allowClear={clear}
      prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="kb-list-search"
      data-find
      maxLength={100}
    />
  )
}
