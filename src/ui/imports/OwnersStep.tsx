import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { Search, Undo2 } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import type { Loads, ProposalRow } from '../../kernel/exchange/wire.ts'
import { get } from '../api.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { StickyBar } from '../components/StickyBar.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { plain, unitFor } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useGet } from '../query.ts'
import { GiveUp } from './GiveUp.tsx'
import { givenTo, keysIn, loadsWith, type Narrowed } from './loads.ts'
import { OwnerLoads } from './OwnerLoads.tsx'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'

interface Page {
  readonly items: ProposalRow[]
  readonly next: number | null
  readonly candidates: { id: number; title: string; unit: string }[]
}

/** The proposed owner of every account that has none; any of them can be changed before anything is written. */
export function OwnersStep({ run, draft, change, to }: StepProps) {
  const t = useT()
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<unknown>(null)
  const q = useDeferredValue(typed.trim())
  const [narrowed, narrow] = useState<Narrowed>({ unit: null, owner: null })
  const whole = useGet<Loads>(`/imports/${run.id}/proposal/loads`, { rev: run.rev }).data
  const loads = whole ? loadsWith(whole, draft.owners) : []
  const some = narrowed.unit !== null || narrowed.owner !== null
  const pages = useInfiniteQuery({
    queryKey: ['get', `/imports/${run.id}/proposal`, { rev: run.rev, q, ...narrowed }],
    queryFn: ({ pageParam, signal }) =>
      get<Page>(
        `/imports/${run.id}/proposal`,
        { q, from: pageParam, unit: narrowed.unit, owner: narrowed.owner },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const candidates = pages.data?.pages[0]?.candidates ?? []
  const unit = unitFor(items.map((row) => row.amount))
  const changed = Object.keys(draft.owners).length
  const set = (key: string, person: number | null) => {
    const { [key]: _, ...rest } = draft.owners
    change({ owners: person === null ? rest : { ...rest, [key]: person } })
  }
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body">
          <p className="kb-2">{t('ownersHint')}</p>
          <div className="kb-row kb-import-find">
            <Input
              allowClear
              data-find
              prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
              placeholder={t('findOwner')}
              aria-label={t('findOwner')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              style={{ width: 260 }}
              maxLength={100}
            />
            <Select
              value={narrowed.unit ?? 0}
              aria-label={t('unit')}
              onChange={(unit) => narrow({ ...narrowed, unit: unit || null })}
              options={[
                { value: 0, label: t('allUnits') },
                ...(whole?.units ?? []).map((one) => ({ value: one.id, label: one.title })),
              ]}
              style={{ minWidth: 120 }}
            />
            <Select
              value={narrowed.owner ?? 0}
              showSearch
              optionFilterProp="label"
              aria-label={t('owner')}
              onChange={(owner) => narrow({ ...narrowed, owner: owner || null })}
              options={[
                { value: 0, label: t('allOwners') },
                ...loads
                  .filter((one) => one.before > 0)
                  .map((one) => ({ value: one.id, label: `${one.title} · ${one.unit}` })),
              ]}
              style={{ minWidth: 160 }}
            />
            {whole && some && q === '' ? (
              <Select
                value={null}
                showSearch
                optionFilterProp="label"
                placeholder={t('giveAll', { n: keysIn(whole, narrowed).length })}
                aria-label={t('giveAll', { n: keysIn(whole, narrowed).length })}
                onChange={(person: number | null) => {
                  if (person !== null)
                    change({ owners: givenTo(whole, draft.owners, keysIn(whole, narrowed), person) })
                }}
                options={candidates.map((one) => ({ value: one.id, label: `${one.title} · ${one.unit}` }))}
                style={{ minWidth: 220 }}
              />
            ) : null}
            <span className="kb-2" role="status">
              {changed === 0 ? '' : changed === 1 ? t('changedOwner') : t('changedOwners', { n: changed })}
            </span>
          </div>
          <ErrorBox error={error ?? pages.error} onAgain={() => void pages.refetch()} />
          {pages.isPending ? <Waiting rows={8} /> : null}
          {pages.data && items.length === 0 ? (
            <Empty title={q ? t('noOwners', { q }) : some ? t('noneHere') : t('keptOwners')} />
          ) : null}
          {loads.length > 0 ? (
            <OwnerLoads
              loads={loads}
              cap={whole?.cap ?? null}
              owner={narrowed.owner}
              choose={(owner) => narrow({ ...narrowed, owner })}
            />
          ) : null}
          {items.length > 0 ? (
            <table className="kb-import-table kb-cards" aria-label={t('owners')}>
              <thead>
                <tr>
                  <th scope="col">{t('account')}</th>
                  <th scope="col" className="kb-right">
                    {t('amount')} ({format.unit(unit)})
                  </th>
                  <th scope="col" style={{ paddingLeft: 24 }}>
                    {t('unit')}
                  </th>
                  <th scope="col">{t('owner')}</th>
                  <th scope="col">{t('backup')}</th>
                  <th scope="col">{t('manager')}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((row) => {
                  const own = draft.owners[row.key]
                  return (
                    <tr key={row.key} className={own === undefined ? '' : 'kb-import-changed'}>
                      <td>
                        <strong>{row.title}</strong>{' '}
                        {row.key === row.title ? null : <span className="kb-note">{row.key}</span>}
                      </td>
                      <td className="kb-right kb-num" data-label={`${t('amount')} (${format.unit(unit)})`}>
                        {format.amount(row.amount, unit)}
                      </td>
                      <td data-label={t('unit')} className="kb-import-unit">
                        {row.unit?.title ?? t('nobody')}
                      </td>
                      <td data-label={t('owner')}>
                        <span className="kb-row kb-import-owner">
                          <Select
                            size="small"
                            showSearch
                            optionFilterProp="label"
                            aria-label={`${t('owner')} ${row.title}`}
                            placeholder={t('nobody')}
                            value={own ?? row.owner?.id}
                            onChange={(person) =>
                              set(row.key, person === row.owner?.id ? null : (person as number))
                            }
                            options={candidates.map((one) => ({
                              value: one.id,
                              label: `${one.title} · ${one.unit}`,
                            }))}
                          />
                          {own === undefined ? null : (
                            <Button
                              type="text"
                              size="small"
                              icon={<Undo2 size={14} aria-hidden />}
                              aria-label={t('undoOwner')}
                              title={t('undoOwner')}
                              onClick={() => set(row.key, null)}
                            />
                          )}
                        </span>
                      </td>
                      <td data-label={t('backup')} className="kb-2">
                        {row.backup?.title ?? t('nobody')}
                      </td>
                      <td data-label={t('manager')} className="kb-2">
                        {row.manager?.title ?? t('nobody')}
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          ) : null}
          {pages.hasNextPage ? (
            <p className="kb-row kb-import-more">
              <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {t('moreUnknown')}
              </Button>
              {q === '' && !some && run.trial ? (
                <span className="kb-note">
                  {t('shownOf', { n: plain(items.length), total: plain(run.trial.proposals) })}
                </span>
              ) : null}
            </p>
          ) : null}
        </div>
      </div>
      <StickyBar>
        <Button type="primary" onClick={() => to('write')} data-main>
          {t('toWrite')}
        </Button>
        <Button onClick={() => to('trial')}>{t('back')}</Button>
        <GiveUp run={run} onError={setError} />
      </StickyBar>
    </>
  )
}
