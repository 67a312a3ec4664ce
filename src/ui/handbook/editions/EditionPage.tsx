import { useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { BookOpen, Download, GitCompare, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { EditionDetail, EditionList } from '../../../kernel/handbook/wire.ts'
import { Empty } from '../../components/Empty.tsx'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { Go, useGo } from '../../components/Go.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { StatusTag } from '../../components/StatusTag.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { useText } from '../../i18n/texts.ts'
import { useGet } from '../../query.ts'
import { tones } from '../EditionPick.tsx'
import { useT as useReaderT } from '../texts.ts'
import { ApprovalBox } from './ApprovalBox.tsx'
import { downloadFiles } from './download.ts'
import { Period, useHand } from './EditionsPage.tsx'
import { Findings } from './Findings.tsx'
import { PublishDialog } from './PublishDialog.tsx'
import { useT } from './texts.ts'
import { WithdrawDialog } from './WithdrawDialog.tsx'

/** One edition: its control, what the checks say, and what the person may do with it. */
export function EditionPage() {
  const t = useT()
  const reader = useReaderT()
  const { id } = useParams({ strict: false }) as { id: string }
  const detail = useGet<EditionDetail>(`/handbook/editions/${id}`)
  const list = useGet<EditionList>('/handbook/editions')
  const [asking, setAsking] = useState<'publish' | 'withdraw' | null>(null)
  const row = detail.data?.edition
  const coming = row?.status === 'draft' || row?.status === 'published'
  // While a second person is asked, the box below says for whom it waits, and nothing else is begun.
  const waits = row?.request?.state === 'open'
  const gone = detail.error?.status === 404
  return (
    <div className="kb-page">
      <PageHead
        title={row ? t('edition', { n: row.number }) : t('editions')}
        path={[{ label: t('editions'), href: '/handbook/editions' }]}
        note={row ? <StatusTag tone={tones[row.status]} text={reader(`status.${row.status}`)} /> : null}
        action={
          row && list.data?.may.publish.allowed && coming && !waits ? (
            <Button type="primary" onClick={() => setAsking('publish')} data-main>
              {t(row.status === 'draft' ? 'publish' : 'redate')}
            </Button>
          ) : undefined
        }
      />
      <div className="kb-scroll">
        <div className="kb-pad kb-editions">
          {gone ? (
            <Empty title={t('noSuch')} action={<Go href="/handbook/editions">{t('toList')}</Go>} />
          ) : detail.error ? (
            <ErrorBox error={detail.error} onAgain={() => void detail.refetch()} />
          ) : null}
          {!detail.data && !detail.error ? <Waiting rows={8} /> : null}
          {detail.data ? (
            <Detail detail={detail.data} list={list.data} onWithdraw={() => setAsking('withdraw')} />
          ) : null}
        </div>
      </div>
      {detail.data && asking === 'publish' && list.data ? (
        <PublishDialog {...detail.data} today={list.data.today} onClose={() => setAsking(null)} />
      ) : null}
      {row && asking === 'withdraw' ? <WithdrawDialog row={row} onClose={() => setAsking(null)} /> : null}
    </div>
  )
}

function Detail(props: { detail: EditionDetail; list: EditionList | undefined; onWithdraw: () => void }) {
  const t = useT()
  const text = useText()
  const reader = useReaderT()
  const hand = useHand()
  const go = useGo()
  const [error, setError] = useState<unknown>(null)
  const { detail, list } = props
  const { edition: row, control, counts } = detail
  const waits = row.request?.state === 'open'
  const over = row.status === 'superseded' || row.status === 'withdrawn'
  const mayWithdraw = row.status === 'draft' ? list?.may.import : list?.may.publish
  const kinds = ['posts', 'functions', 'kpis', 'norms', 'workflows', 'forms', 'policies'] as const
  const pairs: [string, React.ReactNode][] = [
    [t('status'), <StatusTag key="status" tone={tones[row.status]} text={reader(`status.${row.status}`)} />],
    [t('withdrawnWhy'), row.withdrawnWhy],
    [t('holds'), row.effectiveFrom ? <Period key="period" row={row} /> : null],
    [t('imported'), hand(row.importedBy, row.importedAt)],
    [t('published'), hand(row.publishedBy, row.publishedAt, row.publicationAskedBy)],
    [t('number'), control.documentNumber],
    [t('drafted'), text(control.drafted)],
    [t('reviewed'), text(control.reviewed)],
    [t('approved'), text(control.approved)],
    [t('distribution'), text(control.distribution)],
    [t('contents'), kinds.map((kind) => t(`count.${kind}`, { n: counts[kind] ?? 0 })).join(' · ')],
    [t('hash'), <code key="hash">{row.hash.slice(0, 16)}</code>],
  ]
  return (
    <>
      <div className="kb-row kb-editions-bar">
        <Button
          icon={<BookOpen size={16} strokeWidth={1.6} aria-hidden />}
          onClick={() => go(row.status === 'effective' ? '/handbook' : `/handbook?edition=${row.id}`)}
        >
          {t('open')}
        </Button>
        <Button
          icon={<GitCompare size={16} strokeWidth={1.6} aria-hidden />}
          onClick={() => go(`/handbook/editions/${row.id}/changes`)}
        >
          {t('compare')}
        </Button>
        {list?.may.export.allowed ? (
          <Button
            icon={<Download size={16} strokeWidth={1.6} aria-hidden />}
            onClick={() => void downloadFiles(row.id, row.number).catch(setError)}
          >
            {t('export')}
          </Button>
        ) : null}
        {!over && !waits && mayWithdraw?.allowed ? (
          <Button danger onClick={props.onWithdraw}>
            {t(row.status === 'draft' ? 'giveUp' : 'withdraw')}
          </Button>
        ) : null}
      </div>
      {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
      <ApprovalBox row={row} />
      {row.status === 'draft' && !waits && list && !list.may.publish.allowed ? (
        <p className="kb-2 kb-row">
          <ShieldCheck size={16} strokeWidth={1.6} aria-hidden />
          {t('whoPublishes', { why: text(list.may.publish.why) })}
        </p>
      ) : null}
      <section aria-label={t('control')}>
        <h2>{t('control')}</h2>
        <dl className="kb-read-pairs">
          {pairs.map(([label, value]) =>
            value === null || value === '' ? null : (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
        </dl>
      </section>
      <section aria-label={t('changeLog')}>
        <h2>{t('changeLog')}</h2>
        <table className="kb-editions-table kb-editions-log">
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('change')}</th>
            </tr>
          </thead>
          <tbody>
            {control.changes.map((one) => (
              <tr key={one.number}>
                <td>{one.number}</td>
                <td>{one.date}</td>
                <td>{text(one.text)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section aria-label={t('check')}>
        <h2>{t('check')}</h2>
        <Findings problems={detail.problems} />
      </section>
    </>
  )
}
