import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { post } from '../../../ui/api.ts'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { toast } from '../../../ui/components/toasts.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { useText } from '../../../ui/i18n/texts.ts'
import { again, useGet } from '../../../ui/query.ts'
import type { SalesYears, YearChange, YearPreview } from '../year-wire.ts'
import { OddLines } from './OddLines.tsx'
import { useT } from './texts.ts'

type Year = SalesYears['items'][number]
type Basis = Year['basis']

/** Another basis for a year: what it would do is shown before anything is done; a reason is asked for. */
export function ChangeBasis({ year, onClose }: { year: Year; onClose: () => void }) {
  const t = useT()
  const text = useText()
  const [basis, setBasis] = useState<Basis | null>(null)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const preview = useGet<YearPreview>(basis ? `/sales-years/${year.year}/preview` : null, { basis })
  const others = (['order', 'shipment', 'acceptance'] as const).filter((one) => one !== year.basis)
  const change = async () => {
    setBusy(true)
    setError(null)
    try {
      const done = await post<YearChange>(`/sales-years/${year.year}/basis`, { basis, reason, rev: year.rev })
      await again('/')
      toast(t('changed', { year: year.year, basis: t(done.basis).toLowerCase(), n: done.booked }))
      onClose()
    } catch (problem) {
      setError(problem)
      setBusy(false)
    }
  }
  const seen = basis === null ? null : preview.data
  return (
    <Modal
      open
      title={t('changeTitle', { year: year.year })}
      onCancel={onClose}
      footer={null}
      width={640}
      destroyOnHidden
    >
      {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
      <p className="kb-2">{t('now', { basis: text(year.name).toLowerCase() })}</p>
      <fieldset className="ko-field">
        <legend>{t('to')}</legend>
        <Radio.Group
          value={basis}
          onChange={(event) => setBasis(event.target.value as Basis)}
          options={others.map((one) => ({ value: one, label: t(one) }))}
        />
      </fieldset>
      {basis === null ? <p className="kb-note">{t('pick')}</p> : null}
      {basis !== null && preview.error && !seen ? (
        <ErrorBox error={preview.error} onAgain={() => void preview.refetch()} />
      ) : null}
      {basis !== null && !seen && !preview.error ? <Waiting rows={3} /> : null}
      {seen ? <Preview seen={seen} /> : null}
      {seen && seen.undated.total === 0 ? (
        <>
          <p>{t('effect', { year: year.year })}</p>
          <div className="ko-field">
            <label htmlFor="basis-why">{t('why')}</label>
            <Input.TextArea
              id="basis-why"
              rows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <small className="kb-3">{t('whyHint')}</small>
          </div>
        </>
      ) : null}
      <div className="kb-row ko-bar">
        {seen && seen.undated.total === 0 ? (
          <Button
            danger
            type="primary"
            loading={busy}
            disabled={reason.trim() === ''}
            onClick={() => void change()}
            data-main
          >
            {t('confirm', { year: year.year })}
          </Button>
        ) : null}
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Modal>
  )
}

function Preview({ seen }: { seen: YearPreview }) {
  const t = useT()
  const { undated, twice, never } = seen
  if (undated.total > 0)
    return <OddLines tone="error" title={t('undated', { n: undated.total })} lines={undated} />
  const odd = twice.total + never.total > 0
  return (
    <div aria-live="polite">
      {twice.total > 0 ? <OddLines title={t('twice', { n: twice.total })} lines={twice} /> : null}
      {never.total > 0 ? <OddLines title={t('never', { n: never.total })} lines={never} /> : null}
      <p className="kb-note">{t(odd ? 'turnHint' : 'clean')}</p>
    </div>
  )
}
