import { Button, Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { KindMeta, Reference } from '../../kernel/records/wire.ts'
import { plain } from '../format/money.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { DateInput } from './DateInput.tsx'
import { FieldInput, sent } from './FieldInput.tsx'
import { useAsked } from './ReferenceInput.tsx'
import { useT } from './texts.ts'
import type { FieldMeta } from './Value.tsx'

const isRange = (field: FieldMeta): boolean =>
  ['integer', 'decimal', 'money', 'percent', 'date', 'moment'].includes(field.type)
const isDay = (field: FieldMeta): boolean => field.type === 'date' || field.type === 'moment'

interface Props {
  readonly kind: KindMeta
  readonly field: FieldMeta
  readonly onApply: (more: Record<string, string>) => void
}

/** What a field is filtered by: a range, one of the values it has, or whether it is filled at all. */
export function FilterForm({ kind, field, onApply }: Props) {
  const t = useT()
  const text = useText()
  const [mode, setMode] = useState<'value' | 'empty' | 'filled'>('value')
  const [values, setValues] = useState<readonly string[]>([])
  const [one, setOne] = useState<unknown>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const apply = () => {
    if (mode !== 'value') return onApply({ [`${field.id}.empty`]: mode === 'empty' ? '1' : '0' })
    if (isRange(field))
      return onApply({
        ...(from ? { [`${field.id}.from`]: String(sent(field, from)) } : {}),
        ...(to ? { [`${field.id}.to`]: String(sent(field, to)) } : {}),
      })
    const picked = one === null ? values : [String(one)]
    if (picked.length === 0) return onApply({})
    onApply(
      picked.length === 1 ? { [field.id]: picked[0] as string } : { [`${field.id}.in`]: picked.join(',') },
    )
  }
  return (
    <form
      className="kb-filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <strong>{text(field.label)}</strong>
      <Segmented
        size="small"
        aria-label={text(field.label)}
        value={mode}
        onChange={setMode}
        options={[
          { value: 'value', label: t('value') },
          { value: 'filled', label: t('notEmpty') },
          { value: 'empty', label: t('isEmpty') },
        ]}
      />
      {mode !== 'value' ? null : isRange(field) ? (
        <>
          <Edge field={field} label={t('from')} value={from} onChange={setFrom} />
          <Edge field={field} label={t('to')} value={to} onChange={setTo} />
        </>
      ) : field.type === 'text' || field.type === 'reference' || field.type === 'choice' ? (
        <Several kind={kind} field={field} values={values} onChange={setValues} />
      ) : (
        <FieldInput field={{ ...field, required: false }} value={one} onChange={setOne} autoFocus />
      )}
      <Button type="primary" htmlType="submit">
        {t('apply')}
      </Button>
    </form>
  )
}

function Edge(props: {
  field: FieldMeta
  label: string
  value: string | null
  onChange: (value: string | null) => void
}) {
  const { field, label, value, onChange } = props
  if (isDay(field)) return <DateInput label={label} value={value} onChange={onChange} />
  return (
    <Input
      inputMode="decimal"
      prefix={label}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    />
  )
}

/** One or several of the values there are: choices, found references, or the spellings a text field has with their counts. */
function Several(props: {
  kind: KindMeta
  field: FieldMeta
  values: readonly string[]
  onChange: (values: string[]) => void
}) {
  const { kind, field } = props
  const t = useT()
  const text = useText()
  const [asked, ask] = useAsked()
  const spelt = useGet<{ items: { value: string; count: number }[] }>(
    field.type === 'text' ? `/records/${kind.id}/values` : null,
    { field: field.id, q: asked },
  )
  const found = useGet<{ items: Reference[] }>(field.type === 'reference' ? `/lookup/${field.to}` : null, {
    q: asked,
  })
  const options =
    field.type === 'choice'
      ? (field.options ?? []).map((one) => ({ value: one.id, label: text(one.label), name: text(one.label) }))
      : field.type === 'text'
        ? (spelt.data?.items ?? [])
            // The address bar parts several values by commas.
            .filter((one) => !one.value.includes(','))
            .map((one) => ({
              value: one.value,
              label: `${one.value} · ${plain(one.count)}`,
              name: one.value,
            }))
        : (found.data?.items ?? []).map((one) => ({
            value: String(one.id),
            label: one.title,
            name: one.title,
          }))
  return (
    <Select
      mode="multiple"
      autoFocus
      aria-label={text(field.label)}
      placeholder={t('choose')}
      notFoundContent={t('nobody')}
      showSearch={
        field.type === 'choice' ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: ask }
      }
      optionLabelProp="name"
      value={[...props.values]}
      options={options}
      onChange={(next: string[]) => props.onChange(next)}
      style={{ width: '100%' }}
    />
  )
}
