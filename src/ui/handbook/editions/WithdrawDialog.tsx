import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { EditionRow } from '../../../kernel/handbook/wire.ts'
import { post } from '../../api.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { toast } from '../../components/toasts.tsx'
import { useListed } from '../../i18n/texts.ts'
import { again } from '../../query.ts'
import { OwnPassword, wantsPassword } from './OwnPassword.tsx'
import { useT } from './texts.ts'

/** Withdrawing says what holds instead; what others go by already asks for a reason. */
export function WithdrawDialog({ row, onClose }: { row: EditionRow; onClose: () => void }) {
  const t = useT()
  const [why, setWhy] = useState('')
  const listed = useListed()
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const draft = row.status === 'draft'
  const withdraw = async () => {
    setBusy(true)
    setError(null)
    try {
      const { edition, holds } = await post<{ edition: EditionRow; holds: string | null }>(
        `/handbook/editions/${row.id}/withdrawal`,
        { why, ...(password ? { password } : {}) },
      )
      const waits = edition.request?.state === 'open' ? edition.request : null
      await again('/')
      toast(
        waits
          ? t('waitsFor', { n: row.number, who: listed([...waits.approvers]) || t('asksNobody') })
          : holds === null
            ? t('withdrawn', { n: row.number })
            : t('withdrawnHolds', { n: row.number, m: holds }),
      )
      onClose()
    } catch (problem) {
      setError(problem)
      if (wantsPassword(problem)) setAsked(true)
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('withdrawTitle', { n: row.number })}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
      <p>
        {draft
          ? t('withdrawDraft')
          : row.status === 'published'
            ? t('withdrawWaiting', { date: row.effectiveFrom ?? '' })
            : t('withdrawEffective')}
      </p>
      {draft ? null : (
        <div className="kb-editions-field">
          <label htmlFor="edition-why">{t('why')}</label>
          <Input.TextArea
            id="edition-why"
            rows={2}
            maxLength={400}
            value={why}
            onChange={(event) => setWhy(event.target.value)}
          />
          <small className="kb-3">{t('whyNeeded')}</small>
        </div>
      )}
      {asked ? <OwnPassword value={password} onChange={setPassword} /> : null}
      <div className="kb-row kb-editions-bar">
        <Button
          danger
          type="primary"
          loading={busy}
          disabled={!draft && why.trim() === ''}
          onClick={() => void withdraw()}
          data-main
        >
          {t(draft ? 'giveUp' : 'withdraw')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Modal>
  )
}
