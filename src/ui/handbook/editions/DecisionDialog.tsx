import { Button, Modal } from 'antd'
import type { EditionRequest, EditionRow } from '../../../kernel/handbook/wire.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { useFormat } from '../../format/useFormat.ts'
import { useText } from '../../i18n/texts.ts'
import { useGet } from '../../query.ts'
import type { ComparisonAnswer } from './comparison.ts'
import { useT } from './texts.ts'

const shown = 12

/** Before a second person's word counts: what it changes, from what to what, from when and for how many. */
export function DecisionDialog({
  row,
  request,
  approve,
  busy,
  error,
  onYes,
  onClose,
}: {
  row: EditionRow
  request: EditionRequest
  approve: boolean
  busy: boolean
  error: unknown
  onYes: () => void
  onClose: () => void
}) {
  const t = useT()
  const { today } = useFormat()
  const publishes = request.act === 'publish'
  // An edition in force compared with itself says nothing of the one that would hold again.
  const weighed = useGet<ComparisonAnswer>(publishes ? `/handbook/editions/${row.id}/comparison` : null, {
    with: 'effective',
  })
  const from = request.effectiveFrom && request.effectiveFrom > today ? request.effectiveFrom : today
  const who = request.askedBy ?? ''
  const title = !approve ? 'refuseTitle' : publishes ? 'approveTitle' : 'approveWithdrawTitle'
  return (
    <Modal open title={t(title, { n: row.number })} onCancel={onClose} footer={null} destroyOnHidden>
      {error ? <ErrorBox error={error} /> : null}
      {weighed.error ? <ErrorBox error={weighed.error} onAgain={() => void weighed.refetch()} /> : null}
      <p>
        {!approve
          ? t('decideBack', { who })
          : !publishes
            ? t('decideWithdraw')
            : weighed.data
              ? t('decideFrom', { date: from, n: weighed.data.effect.people })
              : t('weighing')}
      </p>
      <h3 className="kb-editions-bar">{t('decideChanges')}</h3>
      <Changes request={request} told={weighed.data} />
      <div className="kb-row kb-editions-bar">
        <Button
          type="primary"
          loading={busy}
          disabled={approve && publishes && !weighed.data}
          onClick={onYes}
          data-main
        >
          {!approve ? t('refuseTo', { who }) : publishes ? t('approveOn', { date: from }) : t('approveNow')}
        </Button>
        <Button onClick={onClose}>{t('keepLooking')}</Button>
      </div>
    </Modal>
  )
}

/** What nobody changes alone, with its values where the comparison knows them. */
function Changes({ request, told }: { request: EditionRequest; told: ComparisonAnswer | undefined }) {
  const t = useT()
  const text = useText()
  const rows = request.changes.flatMap(({ group, code, name }) => {
    const label = text(name) || code
    const found = told?.changes.find(
      (one) => one.group === group && one.code === code && one.name.en === name.en,
    )
    const parts = found?.parts.filter((part) => !part.prose) ?? []
    return parts.length === 0
      ? [{ key: label, label, value: '' }]
      : parts.map((part) => {
          const before = text(part.before)
          const after = text(part.after)
          return {
            key: `${label} ${part.key}`,
            label: `${label} · ${text(part.label)}`,
            value: !before
              ? t('newPart', { after })
              : !after
                ? t('gonePart', { before })
                : `${before} → ${after}`,
          }
        })
  })
  const others = (told?.changes.length ?? 0) - request.changes.length
  const more = Math.max(0, rows.length - shown) + Math.max(0, others)
  return (
    <ul className="kb-editions-counts">
      {rows.slice(0, shown).map((row) => (
        <li key={row.key}>
          {row.label}
          {row.value ? (
            <>
              <br />
              <strong>{row.value}</strong>
            </>
          ) : null}
        </li>
      ))}
      {more > 0 ? <li className="kb-2">{t('decideMore', { n: more })}</li> : null}
    </ul>
  )
}
