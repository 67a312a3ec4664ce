import { useLocation } from '@tanstack/react-router'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { Go } from '../components/Go.tsx'
import { reachable, type Step, stepsOf } from './draft.ts'
import { useT } from './texts.ts'

/** The steps as bars: done, here, to come; those that can be opened are links. */
export function StepBar({ run, step }: { run: ImportRun; step: Step }) {
  const t = useT()
  const { pathname } = useLocation()
  const steps = stepsOf(run)
  const here = steps.indexOf(step)
  return (
    <ol className="kb-import-steps" aria-label={t('steps')}>
      {steps.map((one, index) => {
        const name = (
          <>
            {index + 1} {t(`step.${one}`)}
          </>
        )
        return (
          <li
            key={one}
            className={index < here ? 'kb-import-past' : index === here ? 'kb-import-here' : ''}
            aria-current={index === here ? 'step' : undefined}
          >
            {index !== here && reachable(run, one) ? (
              <Go href={`${pathname}?step=${one}`}>{name}</Go>
            ) : (
              <span title={index > here ? t('notReached') : undefined}>{name}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
