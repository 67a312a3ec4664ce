import { useEffect, useRef, useState } from 'react'
import type { Process, Workflow } from '../../handbook/model.ts'
import type { WalkAnswer } from '../../kernel/handbook/walk-route.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useBook } from './context.ts'
import { SwimLane } from './drawings.tsx'
import { Ref } from './marks.tsx'
import { bringUp } from './OnThisPage.tsx'
import { useT } from './texts.ts'
import './walk.css'

type Task = WalkAnswer['waiting'][number]

/**
 * The drawing of a process, and a walk through it: whose turn it is, by when, and what each answer leads to. While one walks, the
 * one drawing follows; no record is written.
 */
export function WalkThrough(props: { workflow: Workflow; process: Process; step: string | null }) {
  const { workflow, process, step } = props
  const t = useT()
  const text = useText()
  const { chosen } = useBook()
  const [choices, setChoices] = useState<readonly string[]>([])
  const [open, setOpen] = useState(false)
  const address = `/handbook/editions/${chosen ?? 'effective'}/walk?process=${process.id}${choices.length > 0 ? `&choices=${choices.map(encodeURIComponent).join(',')}` : ''}`
  const walk = useGet<WalkAnswer>(open ? address : null)
  const box = useRef<HTMLElement>(null)
  // The walk stands where the drawing stood, with its first question at the top of the page.
  useEffect(() => {
    if (open && box.current) {
      bringUp(box.current)
      box.current.focus({ preventScroll: true })
    }
  }, [open])
  if (!open)
    return (
      <>
        <SwimLane workflow={workflow} process={process} step={step} />
        <button type="button" className="kb-walk-open" onClick={() => setOpen(true)}>
          {t('walk.open')}
        </button>
      </>
    )
  const waiting = walk.data?.waiting ?? []
  const ended = walk.data !== undefined && waiting.length === 0
  const result = workflow.results.find((one) => one.id === walk.data?.result)
  return (
    <section className="kb-walk" aria-label={t('walk.title')} ref={box} tabIndex={-1}>
      <header className="kb-walk-head">
        <strong>{t('walk.title')}</strong>
        <span className="kb-note">{t('walk.note')}</span>
        <span className="kb-walk-tools">
          <button
            type="button"
            disabled={choices.length === 0}
            onClick={() => setChoices(choices.slice(0, -1))}
          >
            {t('walk.back')}
          </button>
          <button type="button" disabled={choices.length === 0} onClick={() => setChoices([])}>
            {t('walk.again')}
          </button>
          <button type="button" onClick={() => setOpen(false)}>
            {t('walk.close')}
          </button>
        </span>
      </header>
      <div aria-live="polite">
        {waiting.map((one) => (
          <Turn key={one.node} task={one} onChoose={(choice) => setChoices([...choices, choice])} />
        ))}
        {ended ? (
          <p className="kb-walk-end">
            {t('walk.ended', { result: result ? text(result.name) : t('walk.noResult') })}
          </p>
        ) : null}
      </div>
      <SwimLane workflow={workflow} process={process} step={waiting[0]?.node ?? null} />
      <ol className="kb-walk-done" aria-label={t('walk.soFar')}>
        {(walk.data?.done ?? []).map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the way so far, only ever longer or shorter at its end
          <li key={index}>
            <span className="kb-code">{one.step}</span> {text(one.name)}
            <span className="kb-3">
              {' '}
              {one.person ? `${text(one.person)} · ` : ''}
              {one.due ?? (one.dueWords ? text(one.dueWords) : '')}
            </span>
            {one.outcomeName ? <span className="kb-walk-said">{text(one.outcomeName)}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Whose turn it is, and what may be answered. */
function Turn({ task, onChoose }: { task: Task; onChoose: (choice: string) => void }) {
  const t = useT()
  const text = useText()
  const answers = task.outcomes.length > 0 ? task.outcomes : null
  return (
    <div className="kb-walk-turn">
      <h3>
        <span className="kb-code">{task.step}</span> {text(task.name)}
        {task.round > 1 ? <span className="kb-note"> {t('walk.round', { round: task.round })}</span> : null}
      </h3>
      <p className="kb-2">
        {task.post ? (
          <>
            {task.person ? `${text(task.person)} · ` : null}
            <Ref to={`post:${task.post}`} code={false} />
          </>
        ) : (
          t('walk.called')
        )}
        {' · '}
        {task.due ? t('walk.due', { day: task.due }) : task.dueWords ? text(task.dueWords) : t('noDue')}
      </p>
      {task.note ? <p className="kb-3">{text(task.note)}</p> : null}
      <div className="kb-walk-answers">
        {answers ? (
          answers.map((one) => (
            <button
              key={one.id}
              type="button"
              className={one.negative ? 'kb-walk-no' : undefined}
              onClick={() => onChoose(`${task.node}.${one.id}`)}
            >
              {text(one.name)}
            </button>
          ))
        ) : (
          <button type="button" onClick={() => onChoose(task.node)}>
            {t('walk.on')}
          </button>
        )}
      </div>
    </div>
  )
}
