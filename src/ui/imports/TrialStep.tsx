import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Download, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { ImportFault, ImportRun } from '../../kernel/exchange/wire.ts'
import { get } from '../api.ts'
import { DownloadState, useDownload } from '../components/Download.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { StickyBar } from '../components/StickyBar.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { ByKind, Totals } from './Counts.tsx'
import { GiveUp } from './GiveUp.tsx'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'
import { faultsSheet } from './useRun.ts'

/** What the file would bring: numbers, faulty rows with reason and mend, what is worth knowing. Nothing is written. */
export function TrialStep({ run, to }: StepProps) {
  const t = useT()
  const text = useText()
  const [error, setError] = useState<unknown>(null)
  const trial = run.trial
  if (!trial) return <Waiting rows={4} />
  const next = trial.proposals > 0 ? 'owners' : 'write'
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body">
          <div className="kb-import-top">
            <Totals counts={trial.counts} faulty={trial.faultyRows} />
            <p className="kb-import-notyet">
              <ShieldCheck size={16} strokeWidth={1.6} aria-hidden />
              {t('notYet')}
            </p>
          </div>
          <ErrorBox error={error} />
          <div className="kb-import-columns">
            <div className="kb-grow">
              {trial.warnings.length > 0 ? (
                <section aria-label={t('warnings')} className="kb-import-warnings">
                  <h2>{t('warnings')}</h2>
                  <ul>
                    {trial.warnings.map((warning) => (
                      <li key={warning.zh}>{text(warning)}</li>
                    ))}
                  </ul>
                </section>
              ) : null}
              <Faults run={run} total={trial.faults} rows={trial.faultyRows} />
            </div>
            <aside>
              <h2>{t('byKind')}</h2>
              <ByKind counts={trial.counts} />
              <Mapped run={run} />
            </aside>
          </div>
        </div>
      </div>
      <StickyBar aside={trial.faultyRows > 0 ? t('faultyLater', { n: plain(trial.faultyRows) }) : null}>
        <Button type="primary" onClick={() => to(next)} data-main>
          {t(next === 'owners' ? 'toOwners' : 'toWrite')}
        </Button>
        <Button onClick={() => to('columns')}>{t('back')}</Button>
        <GiveUp run={run} onError={setError} />
      </StickyBar>
    </>
  )
}

/** Faulty rows, a page at a time, each with the place in the file, the reason and the mend. */
function Faults({ run, total, rows }: { run: ImportRun; total: number; rows: number }) {
  const t = useT()
  const text = useText()
  const making = useDownload()
  const pages = useInfiniteQuery({
    queryKey: ['get', `/imports/${run.id}/faults`, { rev: run.rev }],
    queryFn: ({ pageParam, signal }) =>
      get<{ items: ImportFault[]; next: number | null }>(
        `/imports/${run.id}/faults`,
        { from: pageParam },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    enabled: total > 0,
  })
  if (total === 0) return <p className="kb-2 kb-import-fine">{t('noFaults')}</p>
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('faults')}>
      <div className="kb-row">
        <h2 className="kb-grow">
          {t('faults')} <span className="kb-late">{plain(rows)}</span>
        </h2>
        <Button
          loading={making.busy}
          onClick={() => void making.run(faultsSheet(run))}
          icon={<Download size={15} strokeWidth={1.6} aria-hidden />}
        >
          {t('download')}
        </Button>
      </div>
      <DownloadState run={making} />
      {pages.error ? <ErrorBox error={pages.error} onAgain={() => void pages.refetch()} /> : null}
      {pages.isPending ? <Waiting rows={5} /> : null}
      {items.length > 0 ? (
        <table className="kb-import-table kb-import-faults kb-cards" aria-label={t('faults')}>
          <thead>
            <tr>
              <th scope="col">{t('sheet')}</th>
              <th scope="col">{t('row')}</th>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('reason')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((fault) => (
              <tr key={fault.n}>
                <td className="kb-2" data-label={t('sheet')}>
                  {fault.sheet}
                </td>
                <td className="kb-num" data-label={t('row')}>
                  {fault.row}
                </td>
                <td data-label={t('column')}>{fault.column}</td>
                <td data-label={t('value')}>
                  <span className="kb-import-value">{fault.value === '' ? t('empty') : fault.value}</span>
                </td>
                <td>{text(fault.text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {pages.hasNextPage ? (
        <p className="kb-row kb-import-more">
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('more', { n: Math.min(100, total - items.length) })}
          </Button>
          <span className="kb-note">{t('shownOf', { n: plain(items.length), total: plain(total) })}</span>
        </p>
      ) : null}
    </section>
  )
}

/** Which column became which field, with the way back to change it. */
function Mapped({ run }: { run: ImportRun }) {
  const t = useT()
  const text = useText()
  return (
    <section aria-label={t('mapping')}>
      <div className="kb-row">
        <h2 className="kb-grow">{t('mapping')}</h2>
        <Go href={`/imports/${run.id}?step=columns`}>{t('change')}</Go>
      </div>
      {run.asks
        .filter((ask) => run.mapping.sheets[ask.id])
        .map((ask) => (
          <details key={ask.id}>
            <summary>
              {text(ask.label)} <span className="kb-note">{run.mapping.sheets[ask.id]}</span>
            </summary>
            <ul>
              {ask.columns
                .filter((column) => run.mapping.columns[ask.id]?.[column.id])
                .map((column) => (
                  <li key={column.id}>
                    <span>{run.mapping.columns[ask.id]?.[column.id]}</span>
                    <span aria-hidden>→</span>
                    <span>{text(column.label)}</span>
                  </li>
                ))}
            </ul>
          </details>
        ))}
    </section>
  )
}
