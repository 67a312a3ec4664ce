import type { FormField } from '../../handbook/model.ts'
import { useText } from '../i18n/texts.ts'
import { FieldInput, sent } from '../records/FieldInput.tsx'
import { useValueText } from '../records/Value.tsx'
import { fieldOf, sectionsFor } from './form.ts'
import { faultAt } from './refused.ts'
import { useT } from './texts.ts'
import type { Work } from './useWork.ts'

/** The fields that a step writes, drawn from the edition's form, where no module brings its own content. */
export default function TaskForm({ work }: { work: Work }) {
  const text = useText()
  const { task, forms } = work
  return forms.map((form) =>
    sectionsFor(form, `${task.workflow}/${task.step}`).map(({ section, fields }) => (
      <section key={`${form.id}.${section.id}`} className="kb-block">
        <h2>{text(section.title)}</h2>
        {fields.map((field) => (
          <Line key={field.id} work={work} form={form.id} field={field} />
        ))}
      </section>
    )),
  )
}

function Line({ work, form, field }: { work: Work; form: string; field: FormField }) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const meta = fieldOf(field)
  const path = `form.${form}.${field.id}`
  const value = work.draft.form[form]?.[field.id]
  const fault = faultAt(work.error, path)
  const missing = work.missing.includes(path)
  const id = `${form}-${field.id}`
  return (
    <div className="kb-ask">
      <label htmlFor={id}>
        {text(field.label)}
        {field.required ? <span className="kb-star"> *</span> : null}
      </label>
      {work.task.mine ? (
        <FieldInput
          id={id}
          field={meta}
          value={value}
          onChange={(next) => work.write(form, field.id, sent(meta, next))}
        />
      ) : (
        <span>{words(meta, value) || '—'}</span>
      )}
      {fault ? <p className="kb-late">{text(fault)}</p> : null}
      {missing && !fault ? <p className="kb-late">{t('fill', { field: text(field.label) })}</p> : null}
    </div>
  )
}
