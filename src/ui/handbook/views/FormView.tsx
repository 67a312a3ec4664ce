import type { Form, FormField } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

const stepRef = (step: string): string => (step.includes('/') ? `wf:${step}` : step)
const stepCode = (step: string): string => step.slice(step.indexOf('/') + 1)

/** Steps as links where the edition draws their workflow, else as their printed codes. */
function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <span className="kb-row">
      {steps.map((step) =>
        step.includes('/') ? (
          <StepRef key={step} step={step} />
        ) : (
          <span key={step} className="kb-2">
            {stepCode(step)}
          </span>
        ),
      )}
    </span>
  )
}

/** A form with its sections, who fills each and what its fields are. */
export function FormView({ form }: { form: Form }) {
  const t = useT()
  const text = useText()
  return (
    <>
      <Pairs
        rows={[[t('fillSteps'), form.steps.length > 0 ? <Steps key="steps" steps={form.steps} /> : null]]}
      />
      {form.sections.length === 0 ? <p className="kb-read-say kb-2">{t('titleOnly')}</p> : null}
      {form.sections.map((section) => (
        <div key={section.id}>
          <Heading
            extra={
              <span className="kb-note kb-row">
                {section.repeat ? <span>{t('repeated')}</span> : null}
                {section.steps.length > 0 ? (
                  <>
                    {t('fillSteps')} <Steps steps={section.steps} />
                  </>
                ) : (
                  t('byProgram')
                )}
              </span>
            }
          >
            {text(section.title)}
          </Heading>
          <Table<FormField>
            compact
            label={text(section.title)}
            rows={section.fields}
            keyOf={(field) => field.id}
            columns={[
              {
                id: 'label',
                label: t('field'),
                cell: (field) => (
                  <>
                    {text(field.label)}
                    {field.required ? (
                      <span className="kb-star" title={t('required')}>
                        {' '}
                        *
                      </span>
                    ) : null}
                  </>
                ),
              },
              {
                id: 'type',
                label: t('fieldType'),
                cell: (field) => (
                  <span className="kb-2">
                    {t(`type.${field.type}`)}
                    {field.vat ? ` · ${t(`vat.${field.vat}`)}` : ''}
                    {field.options ? ` · ${field.options.map((one) => text(one.name)).join(' / ')}` : ''}
                  </span>
                ),
              },
              { id: 'tag', label: '', cell: (field) => <SourceTag tag={field.tag} />, width: 64, end: true },
            ]}
          />
        </div>
      ))}
    </>
  )
}

const StepRef = ({ step }: { step: string }) => <Ref to={stepRef(step)} name={false} />
