import type { TaskDetail } from '../../kernel/workflow/wire.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'
import { useWho } from './who.ts'

/** The printed steps in order and where the case stands; `step` is the one the reader looks at. */
export function StepStrip({
  steps,
  step,
  late = false,
}: {
  steps: TaskDetail['steps']
  step: string | null
  late?: boolean
}) {
  const t = useT()
  const text = useText()
  const named = useWho()
  const { date } = useFormat()
  if (steps.length === 0) return null
  return (
    <ol className="kb-strip" aria-label={t('steps')}>
      {steps.map((one) => {
        const here = one.step === step
        return (
          <li
            key={one.step}
            className={`kb-strip-${one.state}${here ? ' kb-strip-on' : ''}${here && late ? ' kb-strip-late' : ''}`}
            aria-current={here ? 'step' : undefined}
            title={t(`step${one.state}`)}
          >
            <span>
              {one.step} {text(one.title)}
            </span>
            <small>
              <span className="kb-hidden">{t(`step${one.state}`)} </span>
              {[named(one.who), one.dueAt ? date(one.dueAt) : null].filter(Boolean).join(' · ')}
            </small>
          </li>
        )
      })}
    </ol>
  )
}
