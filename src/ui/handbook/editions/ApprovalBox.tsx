import { Button, Input } from 'antd'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import type { EditionRow } from '../../../kernel/handbook/wire.ts'
import { post } from '../../api.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { useListed, useText } from '../../i18n/texts.ts'
import { again } from '../../query.ts'
import { useT } from './texts.ts'

/** What waits for a second person, or was asked with nobody there who could approve: what it changes, who may decide, and the decision. */
export function ApprovalBox({ row }: { row: EditionRow }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const [why, setWhy] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { request } = row
  if (!request || (request.state !== 'open' && request.state !== 'alone')) return null
  const decide = async (approve: boolean) => {
    setBusy(true)
    setError(null)
    try {
      await post(`/handbook/editions/${row.id}/approval`, { request: request.id, approve, why })
      await again('/')
    } catch (problem) {
      setError(problem)
      // Another request may have taken the place of the one that was read.
      await again('/')
    } finally {
      setBusy(false)
    }
  }
  const said = { who: request.askedBy ?? '', n: row.number, date: request.effectiveFrom ?? '' }
  return (
    <section className="kb-editions-warn" aria-label={t('approval')}>
      <UserCheck size={16} strokeWidth={1.6} aria-hidden />
      <div className="kb-grow">
        <p>
          {t(request.act === 'publish' ? 'asksPublish' : 'asksWithdraw', said)}
          {request.why ? ` ${request.why}` : ''}
        </p>
        <p>
          {t('asksChanges', {
            what: listed(request.changes.map((one) => text(one.name) || one.code)),
          })}
        </p>
        <p className="kb-2">
          {request.state === 'alone'
            ? t('asksAlone')
            : t('asksWho', { who: listed([...request.approvers]) || t('asksNobody') })}
        </p>
        {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
        {request.mayDecide ? (
          <>
            <label htmlFor="edition-decision">{t('decisionWhy')}</label>
            <Input.TextArea
              id="edition-decision"
              rows={2}
              maxLength={400}
              value={why}
              onChange={(event) => setWhy(event.target.value)}
            />
            <div className="kb-row kb-editions-bar">
              <Button type="primary" loading={busy} onClick={() => void decide(true)} data-main>
                {t('approve')}
              </Button>
              <Button disabled={busy || why.trim() === ''} onClick={() => void decide(false)}>
                {t('refuse')}
              </Button>
            </div>
          </>
        ) : null}
      </div>
    </section>
  )
}
