import { Button, Modal } from 'antd'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { EditionDetail, EditionRow } from '../../../kernel/handbook/wire.ts'
import { post } from '../../api.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { toast } from '../../components/toasts.tsx'
import { useListed, useText } from '../../i18n/texts.ts'
import { again, useGet } from '../../query.ts'
import { DateInput } from '../../records/DateInput.tsx'
import type { ComparisonAnswer } from './comparison.ts'
import { OwnPassword, wantsPassword } from './OwnPassword.tsx'
import { useT } from './texts.ts'

/** Publishing reaches many: the dialog counts whom, and the button says so. */
export function PublishDialog({
  edition: row,
  control,
  today,
  onClose,
}: Pick<EditionDetail, 'edition' | 'control'> & {
  today: string
  onClose: () => void
}) {
  const t = useT()
  const text = useText()
  const [day, setDay] = useState(row.effectiveFrom ?? today)
  const listed = useListed()
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const weighed = useGet<ComparisonAnswer>(`/handbook/editions/${row.id}/comparison`, { with: 'effective' })
  const publish = async () => {
    setBusy(true)
    setError(null)
    try {
      const { request } = await post<EditionRow>(`/handbook/editions/${row.id}/publication`, {
        effectiveFrom: day,
        ...(password ? { password } : {}),
      })
      await again('/')
      toast(
        request?.state === 'open'
          ? t('waitsFor', { n: row.number, who: listed([...request.approvers]) || t('asksNobody') })
          : t('publishedOn', { n: row.number, date: request?.effectiveFrom ?? day }),
      )
      onClose()
    } catch (problem) {
      setError(problem)
      if (wantsPassword(problem)) setAsked(true)
      setBusy(false)
    }
  }
  const people = weighed.data?.effect.people ?? 0
  return (
    <Modal open title={t('publishTitle', { n: row.number })} onCancel={onClose} footer={null} destroyOnHidden>
      {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
      {weighed.error ? <ErrorBox error={weighed.error} onAgain={() => void weighed.refetch()} /> : null}
      <div className="kb-editions-field">
        <label htmlFor="edition-day">{t('effectiveFrom')}</label>
        <DateInput
          id="edition-day"
          label={t('effectiveFrom')}
          min={today}
          value={day}
          onChange={(picked) => setDay(picked ?? today)}
        />
        <small className="kb-3">{t('effectiveHint')}</small>
      </div>
      {asked ? <OwnPassword value={password} onChange={setPassword} /> : null}
      {weighed.data ? <Counts told={weighed.data} /> : <p className="kb-3">{t('weighing')}</p>}
      {control.changes.some((one) => one.number === row.number) ? null : (
        <p className="kb-warn kb-editions-warn">
          <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
          <span>{t('noLog', { n: row.number })}</span>
        </p>
      )}
      {text(control.approved) ? (
        <p className="kb-2">{t('approvedBy', { who: text(control.approved) })}</p>
      ) : null}
      <div className="kb-row kb-editions-bar">
        <Button
          type="primary"
          loading={busy}
          disabled={!weighed.data || day < today}
          onClick={() => void publish()}
          data-main
        >
          {people > 0 ? t('publishOn', { date: day, n: people }) : t('publishNone', { date: day })}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Modal>
  )
}

function Counts({ told }: { told: ComparisonAnswer }) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const { posts, people, openCases } = told.effect
  const cases = openCases.reduce((sum, one) => sum + one.cases, 0)
  const rights = posts.filter((one) => one.rights).length
  const names = listed(posts.map((one) => t('postLine', { name: text(one.name), n: one.people })))
  const gone = posts.filter((one) => one.gone).length
  return (
    <ul className="kb-editions-counts">
      <li>
        {told.changes.length === 0
          ? t('effectNothing', { n: told.before.number })
          : t('changeCount', { n: told.changes.length })}
      </li>
      {posts.length > 0 ? <li>{t('effectPosts', { n: posts.length, people, names })}</li> : null}
      {rights > 0 ? <li>{t('effectRights', { n: rights })}</li> : null}
      {gone > 0 ? <li>{t('effectGone', { n: gone })}</li> : null}
      <li>{cases > 0 ? t('effectCases', { n: cases }) : t('effectNoCases')}</li>
    </ul>
  )
}
