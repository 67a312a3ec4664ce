import { Button, Input } from 'antd'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import type { EditionRow } from '../../../kernel/handbook/wire.ts'
import { api, post } from '../../api.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { toast } from '../../components/toasts.tsx'
import { useListed, useText } from '../../i18n/texts.ts'
import { again } from '../../query.ts'
import { DecisionDialog } from './DecisionDialog.tsx'
import { useT } from './texts.ts'

/** What waits for a second person, or was asked with nobody there who could approve: what it changes, who may decide, and the decision. */
export function ApprovalBox({ row }: { row: EditionRow }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const [why, setWhy] = useState('')
  const [deciding, setDeciding] = useState<'approve' | 'refuse' | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { request } = row
  if (!request || (request.state !== 'open' && request.state !== 'alone')) return null
  const act = async (does: () => Promise<unknown>) => {
    setBusy(true)
    setError(null)
    try {
      await does()
      setDeciding(null)
      await again('/')
    } catch (problem) {
      setError(problem)
      // Another request may have taken the place of the one that was read.
      await again('/')
    } finally {
      setBusy(false)
    }
  }
  const address = `/handbook/editions/${row.id}/approval`
  const decide = (approve: boolean) => act(() => post(address, { request: request.id, approve, why }))
  const takeBack = () =>
    act(async () => {
      await api('DELETE', address)
      toast(t('takenBack', { n: row.number }))
    })
  const said = { who: request.askedBy ?? '', n: row.number, date: request.effectiveFrom ?? '' }
  return (
    <section className="kb-editions-warn" aria-label={t('approval')}>
      <UserCheck size={16} strokeWidth={1.6} aria-hidden />
      <div className="kb-grow">
        <p>
          {t(
            request.act === 'publish'
              ? request.mine
                ? 'asksPublishMine'
                : 'asksPublish'
              : request.mine
                ? 'asksWithdrawMine'
                : 'asksWithdraw',
            said,
          )}
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
        {error && !deciding ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
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
              <Button type="primary" disabled={busy} onClick={() => setDeciding('approve')} data-main>
                {t('approve')}
              </Button>
              <Button disabled={busy || why.trim() === ''} onClick={() => setDeciding('refuse')}>
                {t('refuse')}
              </Button>
            </div>
          </>
        ) : null}
        {request.mine && request.state === 'open' ? (
          <div className="kb-row kb-editions-bar">
            <Button loading={busy} onClick={() => void takeBack()}>
              {t('takeBack')}
            </Button>
          </div>
        ) : null}
        {deciding ? (
          <DecisionDialog
            row={row}
            request={request}
            approve={deciding === 'approve'}
            busy={busy}
            error={error}
            onYes={() => void decide(deciding === 'approve')}
            onClose={() => {
              setDeciding(null)
              setError(null)
            }}
          />
        ) : null}
      </div>
    </section>
  )
}
