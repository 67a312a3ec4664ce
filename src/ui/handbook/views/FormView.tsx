import { Segmented } from 'antd'
import { useState } from 'react'
import type { Form, FormField } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'
import { FormSheet } from './FormSheet.tsx'

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

/** A form as it looks, or its fields one by one for whoever builds on them. */
export function FormView({ form }: { form: Form }) {
  const t = useT()
  const [shown, setShown] = useState<'sheet' | 'fields'>('sheet')
  return (
    <>
      <Pairs
        rows={[[t('fillSteps'), form.steps.length > 0 ? <Steps key="steps" steps={form.steps} /> : null]]}
      />
      {form.sections.length === 0 ? (
        <p className="kb-read-say kb-2">{t('titleOnly')}</p>
      ) : (
        <>
          <Segmented
            aria-label={t('formShown')}
            value={shown}
            onChange={setShown}
            options={[
              { value: 'sheet', label: t('formSheet') },
              { value: 'fields', label: t('formFields') },
            ]}
          />
          {shown === 'sheet' ? (
            <FormSheet form={form} />
          ) : (
            form.sections.map((section) => <Fields key={section.id} section={section} />)
          )}
        </>
      )}
    </>
  )
}

/** The fields of a section: what each takes, and where it comes from, said once where all come from the same. */
function Fields({ section }: { section: Form['sections'][number] }) {
  const t = useT()
  const text = useText()
  const [tag, ...others] = new Set(section.fields.map((field) => field.tag))
  const one = others.length === 0 ? tag : undefined
  return (
    <>
      <Heading
        extra={
          <span className="kb-note kb-row">
            {one ? <SourceTag tag={one} /> : null}
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
      <div className="kb-read-fields">
        <Table<FormField>
          compact
          label={text(section.title)}
          rows={section.fields}
          keyOf={(field) => field.id}
          columns={[
            {
              id: 'label',
              label: t('field'),
              width: '42%',
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
                  {field.options ? ` · ${field.options.map((option) => text(option.name)).join(' / ')}` : ''}
                </span>
              ),
            },
            ...(one
              ? []
              : [
                  {
                    id: 'tag',
                    label: '',
                    cell: (field: FormField) => <SourceTag tag={field.tag} />,
                    width: 64,
                    end: true,
                  },
                ]),
          ]}
        />
      </div>
    </>
  )
}

const StepRef = ({ step }: { step: string }) => <Ref to={stepRef(step)} name={false} />
