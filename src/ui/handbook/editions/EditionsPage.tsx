import { Button } from 'antd'
import { FileInput } from 'lucide-react'
import { useState } from 'react'
import type { EditionList, EditionRow } from '../../../kernel/handbook/wire.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { Go } from '../../components/Go.tsx'
import { PageHead } from '../../components/PageHead.tsx'
import { StatusTag } from '../../components/StatusTag.tsx'
import { Waiting } from '../../components/Waiting.tsx'
import { useFormat } from '../../format/useFormat.ts'
import { useGet } from '../../query.ts'
import { tones } from '../EditionPick.tsx'
import { useT as useReaderT } from '../texts.ts'
import { ImportFiles } from './ImportFiles.tsx'
import { useHandbookTabs } from './tabs.ts'
import { useT } from './texts.ts'

/** All editions with their state, dates and hands; a new one comes in from files. */
export function EditionsPage() {
  const t = useT()
  const tabs = useHandbookTabs('editions')
  const list = useGet<EditionList>('/handbook/editions')
  const [importing, setImporting] = useState(false)
  const { data } = list
  return (
    <div className="kb-page">
      <PageHead
        title={t('handbook')}
        tabs={tabs}
        action={
          data?.may.import.allowed ? (
            <Button
              type="primary"
              icon={<FileInput size={16} strokeWidth={1.6} aria-hidden />}
              onClick={() => setImporting(true)}
              data-main
            >
              {t('import')}
            </Button>
          ) : undefined
        }
      />
      <div className="kb-scroll">
        <div className="kb-pad kb-editions">
          {list.error ? <ErrorBox error={list.error} onAgain={() => void list.refetch()} /> : null}
          {!data && !list.error ? <Waiting rows={6} /> : null}
          {data ? <Table items={data.items} /> : null}
          {data?.reference ? (
            <p className="kb-3 kb-editions-bar">
              {t('startedFrom', { n: data.reference.number, date: data.reference.adoptedOn })}
            </p>
          ) : null}
        </div>
      </div>
      {importing ? <ImportFiles onClose={() => setImporting(false)} /> : null}
    </div>
  )
}

function Table({ items }: { items: readonly EditionRow[] }) {
  const t = useT()
  const reader = useReaderT()
  const hand = useHand()
  return (
    <table className="kb-editions-table" aria-label={t('editions')}>
      <thead>
        <tr>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('status')}</th>
          <th scope="col">{t('holds')}</th>
          <th scope="col">{t('imported')}</th>
          <th scope="col">{t('published')}</th>
          <th scope="col">
            <span className="kb-hidden">{t('compare')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((row) => (
          <tr key={row.id}>
            <td>
              <Go href={`/handbook/editions/${row.id}`} data-row>
                {t('edition', { n: row.number })}
              </Go>
              {row.reference ? <span className="kb-3"> · {t('isReference')}</span> : null}
            </td>
            <td>
              <StatusTag tone={tones[row.status]} text={reader(`status.${row.status}`)} />
            </td>
            <td>
              <Period row={row} />
            </td>
            <td className="kb-2" data-label={t('imported')}>
              {hand(row.importedBy, row.importedAt)}
            </td>
            <td className="kb-2" data-label={t('published')}>
              {hand(row.publishedBy, row.publishedAt, row.publicationAskedBy)}
            </td>
            <td className="kb-right">
              {row.status === 'effective' ? null : (
                <Go href={`/handbook/editions/${row.id}/changes`}>{t('compare')}</Go>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Who did something to an edition, and when, and who had asked him for it; nothing where it was not done. */
export function useHand(): (who: string | null, when: string | null, asker?: string | null) => string {
  const t = useT()
  const { moment } = useFormat()
  return (who, when, asker) => {
    if (when === null) return ''
    if (who !== null && asker) return t('askedApproved', { asker, who, when: moment(when) })
    return who === null ? t('byProgram', { when: moment(when) }) : t('byOn', { who, when: moment(when) })
  }
}

/** From when to when an edition holds, or is going to. */
export function Period({ row }: { row: EditionRow }) {
  const t = useT()
  const { effectiveFrom: from, effectiveUntil: until } = row
  if (!from) return null
  if (row.status === 'published') return <span>{t('waits', { date: from })}</span>
  if (row.replacedSameDay) return <span>{t('sameDay', { date: from })}</span>
  return <span>{until ? t('fromTo', { from, to: until }) : t('from', { date: from })}</span>
}
