import { Button, Input, Popover, Segmented } from 'antd'
import { ListFilter, Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { useText } from '../i18n/texts.ts'
import { FieldInput, sent } from './FieldInput.tsx'
import { type ListState, withoutFilter } from './listState.ts'
import { useT } from './texts.ts'
import { type FieldMeta, isReference, useValueText } from './Value.tsx'

const isRange = (field: FieldMeta): boolean =>
  ['integer', 'decimal', 'money', 'percent', 'date', 'moment'].includes(field.type)

interface Props {
  readonly kind: KindMeta
  readonly state: ListState
  readonly items: readonly RecordItem[]
  readonly onChange: (filters: Record<string, string>) => void
}

/** Filters as chips; each is removed by its cross, new ones come from the dashed one. */
export function FilterChips({ kind, state, items, onChange }: Props) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const ids = [...new Set(Object.keys(state.filters).map((name) => name.split('.')[0] as string))]
  const label = (id: string): string => {
    if (id === 'missing') return t('missingView')
    const field = kind.fields.find((one) => one.id === id)
    if (!field) return id
    const f = state.filters
    const shown = (value: string): string => {
      // The address bar holds the id of a reference; the rows it shows carry the title.
      const sample = items[0]?.[id]
      return field.type === 'reference'
        ? isReference(sample) && String(sample.id) === value
          ? sample.title
          : `#${value}`
        : words(field, value)
    }
    const parts = [
      ...(f[id] ? [shown(f[id])] : []),
      ...(f[`${id}.in`] ? [f[`${id}.in`]?.split(',').map(shown).join('、')] : []),
      ...(f[`${id}.from`] ? [`≥ ${words(field, f[`${id}.from`])}`] : []),
      ...(f[`${id}.to`] ? [`≤ ${words(field, f[`${id}.to`])}`] : []),
      ...(f[`${id}.empty`] ? [f[`${id}.empty`] === '1' ? t('isEmpty') : t('notEmpty')] : []),
    ]
    return `${text(field.label)} ${parts.join(' ')}`
  }
  return (
    <>
      {ids.map((id) => (
        <Button
          key={id}
          icon={<X size={14} aria-hidden />}
          iconPlacement="end"
          onClick={() => onChange(withoutFilter(state.filters, id))}
          aria-label={t('dropFilter', { name: label(id) })}
        >
          <ListFilter size={14} strokeWidth={1.6} aria-hidden /> {label(id)}
        </Button>
      ))}
      <AddFilter
        kind={kind}
        onAdd={(more, field) => onChange({ ...withoutFilter(state.filters, field), ...more })}
      />
    </>
  )
}

function AddFilter(props: { kind: KindMeta; onAdd: (more: Record<string, string>, field: string) => void }) {
  const t = useT()
  const text = useText()
  const [open, setOpen] = useState(false)
  const [field, setField] = useState<FieldMeta | null>(null)
  const fields = props.kind.list.filters.flatMap((id) => props.kind.fields.find((one) => one.id === id) ?? [])
  const close = () => {
    setOpen(false)
    setField(null)
  }
  const body = field ? (
    <FilterForm
      field={field}
      onApply={(more) => {
        props.onAdd(more, field.id)
        close()
      }}
    />
  ) : (
    <ul className="kb-menu">
      {fields.map((one) => (
        <li key={one.id}>
          <button type="button" onClick={() => setField(one)}>
            {text(one.label)}
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <Popover
      content={body}
      trigger="click"
      open={open}
      onOpenChange={(next) => (next ? setOpen(true) : close())}
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
    >
      <Button type="dashed" icon={<Plus size={14} aria-hidden />} data-filter>
        {t('filter')}
      </Button>
    </Popover>
  )
}

function FilterForm({
  field,
  onApply,
}: {
  field: FieldMeta
  onApply: (more: Record<string, string>) => void
}) {
  const t = useT()
  const text = useText()
  const [mode, setMode] = useState<'value' | 'empty' | 'filled'>('value')
  const [value, setValue] = useState<unknown>(null)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const type = field.type === 'date' || field.type === 'moment' ? 'date' : 'text'
  const apply = () => {
    if (mode !== 'value') return onApply({ [`${field.id}.empty`]: mode === 'empty' ? '1' : '0' })
    if (isRange(field))
      return onApply({
        ...(from ? { [`${field.id}.from`]: from } : {}),
        ...(to ? { [`${field.id}.to`]: to } : {}),
      })
    const one = sent({ ...field, type: field.type === 'reference' ? 'reference' : 'text' }, value)
    onApply(one === null ? {} : { [field.id]: String(one) })
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
          <Input
            type={type}
            prefix={t('from')}
            aria-label={t('from')}
            value={from}
            onChange={(e) => setFrom(e.target.value)}
          />
          <Input
            type={type}
            prefix={t('to')}
            aria-label={t('to')}
            value={to}
            onChange={(e) => setTo(e.target.value)}
          />
        </>
      ) : (
        <FieldInput field={{ ...field, required: false }} value={value} onChange={setValue} autoFocus />
      )}
      <Button type="primary" htmlType="submit">
        {t('apply')}
      </Button>
    </form>
  )
}
