import { X } from 'lucide-react'
import type { Process, Workflow } from '../../../handbook/model.ts'
import { isStep } from '../../../handbook/words/element.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useHref } from '../context.ts'
import { AdoptionTag, Pairs } from '../marks.tsx'
import { useT } from '../texts.ts'
import { Called, Due, FormRefs, Owner, Ways } from './step.tsx'

/** A step in short, for the card that opens in the drawing: who, by when, on which form, and where it leads. */
export function StepPeek(props: { workflow: Workflow; process: Process; node: string; onClose: () => void }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { workflow, process, node, onClose } = props
  const step = process.nodes.filter(isStep).find((one) => one.id === node)
  if (!step) return null
  return (
    <>
      <div className="kb-peek-head">
        <strong>
          <span className="kb-ref-code">{step.step}</span> {text(step.name)}{' '}
          <AdoptionTag adoption={step.adoption} />
        </strong>
        <button type="button" className="kb-icon" aria-label={t('closeCard')} onClick={onClose}>
          <X size={16} strokeWidth={1.6} aria-hidden />
        </button>
      </div>
      <Pairs
        rows={[
          [t('owner'), <Owner key="owner" process={process} step={step} />],
          [t('due'), <Due key="due" step={step} />],
          [t('runs'), step.kind === 'call' ? <Called key="called" step={step} /> : null],
          [
            t('form'),
            step.kind === 'task' && step.forms.length > 0 ? <FormRefs key="forms" step={step} names /> : null,
          ],
          [t('outcomes'), <Ways key="ways" process={process} step={step} brief />],
        ]}
      />
      <Go href={href(`wf:${workflow.id}/${step.step}`)} onClick={onClose}>
        {t('fullStep')}
      </Go>
    </>
  )
}
