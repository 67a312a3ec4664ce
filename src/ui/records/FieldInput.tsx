import { Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Reference } from '../../kernel/records/wire.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
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

/** Something a reference may point to, found by typing part of its name. */
export function ReferenceInput({ field, value, onChange, id, autoFocus }: InputProps) {
  const t = useT()
  const [q, setQ] = useState('')
  const [asked, ask] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => ask(q), 150)
    return () => clearTimeout(timer)
  }, [q])
  const found = useGet<{ items: Reference[] }>(`/lookup/${field.to}`, { q: asked })
  const current = isReference(value) ? value : null
  const options = [...(found.data?.items ?? [])]
  if (current && !options.some((one) => one.id === current.id)) options.unshift(current)
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={useText()(field.label)}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear={!field.required}
      autoFocus={autoFocus ?? false}
      placeholder={t('find')}
      notFoundContent={t('nobody')}
      value={current?.id ?? null}
      options={options.map((one) => ({ value: one.id, label: one.title }))}
      onChange={(next) => onChange?.(options.find((one) => one.id === next) ?? null)}
      style={{ width: '100%' }}
    />
  )
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
  return (
    <Input
      {...common}
      type={field.type === 'date' ? 'date' : 'text'}
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
