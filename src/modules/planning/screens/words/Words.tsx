import { Button, Input } from 'antd'
import { useEffect } from 'react'
import type { LastChange } from '../../../../kernel/records/wire.ts'
import { Chip } from '../../../../ui/components/Chip.tsx'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { useConflict } from '../../../../ui/conflict/Conflict.tsx'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useForms } from '../../../../ui/work/useForms.ts'
import { writtenSections } from '../../rules-words.ts'
import type { Plan } from '../../wire.ts'
import { useT } from '../texts.ts'
import { type Choose, useWords } from './useWords.ts'
import './words.css'

/** The words of FM-18: all of them, or those of one step. They are written when a field is left, and when one goes on. */
export function Words(props: {
  plan: Plan
  editable: boolean
  step?: string
  inTask?: boolean
  onSaved?: () => void
  /** Told how to write what is open; `null` once the form is put away. */
  onSave?: (save: (() => Promise<boolean>) | null) => void
}) {
  const { plan, editable, step, inTask = false, onSave } = props
  const t = useT()
  const text = useText()
  const [form] = useForms(plan.editionId, ['FM-18'])
  const { ask, dialog } = useConflict()
  const choose: Choose = (refused, fields, mine, fresh) => {
    const changed: LastChange = { who: null, at: null, ...(refused.detail as Partial<LastChange>) }
    const nothing = { zh: '', en: '' }
    const labelOf = (id: string) =>
      form?.sections.flatMap((section) => section.fields).find((field) => field.id === id)?.label ?? nothing
    return ask({
      ...changed,
      act: 'save',
      what: { zh: '计划书', en: 'the plan text' },
      differences: fields.map((id) => ({
        ...changed,
        key: id,
        label: labelOf(id),
        mine: mine[id] ?? '',
        theirs: String(fresh.form[id] ?? ''),
      })),
      also: [],
    })
  }
  const { edits, write, save, problem, busy, savedAt } = useWords(plan, choose, props.onSaved)
  useEffect(() => {
    onSave?.(save)
    return () => onSave?.(null)
  }, [save, onSave])
  if (!form) return <Waiting rows={4} />
  const open = Object.keys(edits).length
  return (
    <section className="kp-words" aria-label={t('words')}>
      <p className="kb-note">
        {t(inTask ? 'wordsHintTask' : 'wordsHint')} <Chip clause="form:FM-18" edition={plan.editionId} />
      </p>
      {writtenSections(form, step ?? null).map(({ section, fields }) => (
        <div key={section.id} className="kp-words-section">
          <h2>{text(section.title)}</h2>
          {fields.map((field) => {
            const id = `fm18-${field.id}`
            const kept = String(plan.form[field.id] ?? '')
            return (
              <div key={field.id} className="kp-word">
                <label htmlFor={id}>{text(field.label)}</label>
                {editable ? (
                  <Input.TextArea
                    id={id}
                    autoSize={{ minRows: 2, maxRows: 12 }}
                    maxLength={20_000}
                    value={edits[field.id] ?? kept}
                    onChange={(event) => write(field.id, event.target.value)}
                    onBlur={() => void save()}
                  />
                ) : kept ? (
                  <p id={id}>{kept}</p>
                ) : (
                  <p id={id} className="kb-3">
                    {t('wordsEmpty')}
                  </p>
                )}
              </div>
            )
          })}
        </div>
      ))}
      {editable ? (
        <div className="kb-row">
          <Button loading={busy} disabled={open === 0} onClick={() => void save()}>
            {t('wordsSave')}
          </Button>
          <span className="kb-note" role="status">
            {open > 0
              ? t('unsaved', { n: open })
              : savedAt === null
                ? ''
                : t('savedAt', { time: new Date(savedAt).toTimeString().slice(0, 5) })}
          </span>
        </div>
      ) : null}
      {dialog}
      {problem ? (
        <ErrorBox error={problem}>
          <Button size="small" onClick={() => void save()}>
            {t('wordsSave')}
          </Button>
        </ErrorBox>
      ) : null}
    </section>
  )
}
