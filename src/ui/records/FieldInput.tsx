import { Input, Select } from 'antd'
import { useText } from '../i18n/texts.ts'
import { DateInput } from './DateInput.tsx'
import { ReferenceInput } from './ReferenceInput.tsx'
import { useT } from './texts.ts'
import { amountOf, type FieldMeta, isNumber, isReference } from './Value.tsx'

export interface InputProps {
  readonly field: FieldMeta
  /** As the API gives it: text, boolean, `{id, title}` or null. */
  readonly value?: unknown
  readonly onChange?: (value: unknown) => void
  readonly id?: string
  readonly autoFocus?: boolean
}

/** The control that fits a field's type. */
export function FieldInput(props: InputProps) {
  const { field, value, onChange, id, autoFocus = false } = props
  const t = useT()
  const text = useText()
  const common = { ...(id ? { id } : {}), autoFocus, 'aria-label': text(field.label) }
  if (field.type === 'reference') return <ReferenceInput {...props} />
  if (field.type === 'choice' || field.type === 'boolean')
    return (
      <Select
        {...common}
        allowClear={!field.required}
        value={value === null || value === undefined ? null : String(value)}
        options={
          field.type === 'boolean'
            ? [
                { value: 'true', label: t('yes') },
                { value: 'false', label: t('no') },
              ]
            : (field.options ?? []).map((option) => ({ value: option.id, label: text(option.label) }))
        }
        onChange={(next?: string) =>
          onChange?.(next === undefined ? null : field.type === 'boolean' ? next === 'true' : next)
        }
        style={{ width: '100%' }}
      />
    )
  if (field.type === 'longtext')
    return (
      <Input.TextArea
        {...common}
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={String(value ?? '')}
        onChange={(event) => onChange?.(event.target.value || null)}
      />
    )
  if (field.type === 'date' || field.type === 'moment')
    return (
      <DateInput
        {...(id ? { id } : {})}
        autoFocus={autoFocus}
        label={text(field.label)}
        value={value ? String(value).slice(0, 10) : null}
        onChange={(day) => onChange?.(day)}
      />
    )
  return (
    <Input
      {...common}
      inputMode={isNumber(field) ? 'decimal' : undefined}
      value={amountOf(value) ?? ''}
      onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
    />
  )
}

/** A field's value as the API takes it: references by id, a record's money with its currency. */
export function sent(field: FieldMeta, value: unknown, currency?: string): unknown {
  if (isReference(value)) return value.id
  if (value === '' || value === undefined || value === null) return null
  if (field.type === 'money' && currency)
    return { amount: (amountOf(value) ?? '').replaceAll(',', '').replace('−', '-').trim(), currency }
  if (field.type === 'integer' && typeof value === 'string') return Number(value)
  return isNumber(field) && typeof value === 'string'
    ? value.replaceAll(',', '').replace('−', '-').trim()
    : value
}
