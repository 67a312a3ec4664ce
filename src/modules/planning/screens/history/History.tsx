import { Empty } from '../../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Money } from '../../../../ui/components/Money.tsx'
import { PersonTag } from '../../../../ui/components/PersonTag.tsx'
import { StatusTag, type Tone } from '../../../../ui/components/StatusTag.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useGet } from '../../../../ui/query.ts'
import type { Plan, PlanVersion, PlanVersions, SheetSummary } from '../../wire.ts'
import { sheetTone } from '../status.ts'
import { useT } from '../texts.ts'
import './history.css'

const tones: Record<PlanVersion['act'], Tone> = {
  basis: 'neutral',
  submit: 'info',
  pass: 'success',
  reject: 'warning',
  decide: 'special',
  finalise: 'success',
  sign: 'success',
}

/** What was submitted, passed, returned and signed, with the reasons that stay; below, every letter and its answer. */
export function History({ plan }: { plan: Plan }) {
  const t = useT()
  const text = useText()
  const versions = useGet<PlanVersions>(`/plans/${plan.id}/versions`)
  const letters = useGet<{ items: SheetSummary[] }>(`/plans/${plan.id}/sheets`).data?.items.filter(
    (one) => one.kind === 'letter',
  )
  if (versions.error && !versions.data)
    return (
      <div className="kb-pad">
        <ErrorBox error={versions.error} onAgain={() => void versions.refetch()} />
      </div>
    )
  if (!versions.data) return <Waiting rows={6} />
  return (
    <div className="kp-history">
      <section aria-label={t('versions')}>
        <h2>{t('versions')}</h2>
        {versions.data.withheld ? (
          <p className="kb-2">{text(versions.data.withheld)}</p>
        ) : versions.data.items.length === 0 ? (
          <Empty title={t('noHistory')} />
        ) : (
          <ol>
            {versions.data.items.map((one) => (
              <Version key={one.id} one={one} />
            ))}
          </ol>
        )}
      </section>
      {letters && letters.length > 0 ? <Letters letters={letters} /> : null}
    </div>
  )
}

function Version({ one }: { one: PlanVersion }) {
  const t = useT()
  const { moment } = useFormat()
  return (
    <li>
      <div className="kb-row">
        <StatusTag tone={tones[one.act]} text={t(`act_${one.act}`)} />
        <strong>v{one.version}</strong>
        <PersonTag name={one.person.title} />
        <span className="kb-note">{moment(one.at)}</span>
        <span className="kb-grow" />
        {one.total === null ? null : (
          <span>
            <span className="kb-note">{t('atTotal')} </span>
            <Money value={one.total} />
          </span>
        )}
      </div>
      {one.reason ? <p className="kp-said">{one.reason}</p> : null}
    </li>
  )
}

function Letters({ letters }: { letters: readonly SheetSummary[] }) {
  const t = useT()
  const text = useText()
  return (
    <section aria-label={t('letters')}>
      <h2>
        {t('letters')} <small className="kb-3">{letters.length}</small>
      </h2>
      <ul>
        {letters.map((one) => (
          <li key={one.id}>
            <div className="kb-row">
              <StatusTag tone={sheetTone(one.status)} text={text(one.statusText)} />
              <PersonTag name={one.taker?.title ?? ''} />
              <span className="kb-note">
                {t('from')} {one.giver?.title}
              </span>
              <span className="kb-grow" />
              <Money value={one.given} />
            </div>
            {one.reason ? <p className="kp-said">{one.reason}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
