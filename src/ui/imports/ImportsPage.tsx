import { useLocation } from '@tanstack/react-router'
import type { ImportRow } from '../../kernel/exchange/wire.ts'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { NoRight } from '../components/NoRight.tsx'
import { PageHead } from '../components/PageHead.tsx'
import { StatusTag, type Tone } from '../components/StatusTag.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { plain } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useDealTabs } from '../records/dealTabs.ts'
import { DropZone } from './DropZone.tsx'
import { useT } from './texts.ts'
import { useImporters, useRuns } from './useRun.ts'

/** Take a file in, and what became of the ones before. */
export function ImportsPage() {
  const t = useT()
  const text = useText()
  const importers = useImporters()
  const runs = useRuns()
  const tabs = useDealTabs('imports')
  const what = new URLSearchParams(useLocation().searchStr).get('what')
  const error = importers.error ?? runs.error
  const allowed = importers.data?.items.filter((one) => one.may) ?? []
  const why = importers.data?.items.find((one) => one.why)?.why
  return (
    <div className="kb-page">
      <PageHead title={t('deals')} tabs={tabs} />
      <div className="kb-scroll">
        <div className="kb-pad kb-imports">
          {error ? <ErrorBox error={error} onAgain={() => void runs.refetch()} /> : null}
          {!importers.data && !error ? <Waiting rows={6} /> : null}
          {importers.data && allowed.length === 0 ? <NoRight why={why ? text(why) : t('noRight')} /> : null}
          {allowed.length > 0 ? <DropZone importers={allowed} what={what} /> : null}
          {runs.data && (allowed.length > 0 || runs.data.items.length > 0) ? (
            <section aria-label={t('runs')}>
              <h2>{t('runs')}</h2>
              {runs.data.items.length > 0 ? (
                <Runs items={runs.data.items} />
              ) : (
                <Empty title={t('noRuns')} hint={t('noRunsHint')} />
              )}
            </section>
          ) : null}
        </div>
      </div>
    </div>
  )
}

export const tones: Record<ImportRow['state'], Tone> = {
  mapping: 'info',
  tried: 'info',
  writing: 'info',
  done: 'success',
  failed: 'error',
  cancelled: 'neutral',
}

function Runs({ items }: { items: readonly ImportRow[] }) {
  const t = useT()
  const text = useText()
  const { moment } = useFormat()
  return (
    <table className="kb-import-table kb-cards" aria-label={t('runs')}>
      <thead>
        <tr>
          <th scope="col">{t('file')}</th>
          <th scope="col">{t('kind')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('outcome')}</th>
          <th scope="col" className="kb-right">
            {t('when')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((run) => (
          <tr key={run.id}>
            <td>
              <Go href={`/imports/${run.id}`} data-row>
                {run.fileName}
              </Go>
            </td>
            <td>{text(run.importer.label)}</td>
            <td>
              <StatusTag tone={tones[run.state]} text={text(run.stateText)} />
            </td>
            <td>{run.result ? t('written', totals(run.result.counts)) : ''}</td>
            <td className="kb-right kb-2">{moment(run.startedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const totals = (counts: readonly { fresh: number; changed: number }[]) => ({
  fresh: plain(counts.reduce((sum, one) => sum + one.fresh, 0)),
  changed: plain(counts.reduce((sum, one) => sum + one.changed, 0)),
})
