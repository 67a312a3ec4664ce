import { Button, Popover } from 'antd'
import { ListFilter, Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { KindMeta } from '../../kernel/records/wire.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { FilterForm } from './FilterForm.tsx'
import { type ListState, withoutFilter } from './listState.ts'
import { useTitles } from './ReferenceInput.tsx'
import { useT } from './texts.ts'
import { type FieldMeta, useValueText } from './Value.tsx'

interface Props {
  readonly kind: KindMeta
  readonly state: ListState
  readonly onChange: (filters: Record<string, string>) => void
}

/** Filters as chips; each is removed by its cross, new ones come from the dashed one. */
export function FilterChips({ kind, state, onChange }: Props) {
  const ids = [...new Set(Object.keys(state.filters).map((name) => name.split('.')[0] as string))]
  return (
    <>
      {ids.map((id) => (
        <FilterChip
          key={id}
          id={id}
          field={kind.fields.find((one) => one.id === id)}
          filters={state.filters}
          onDrop={() => onChange(withoutFilter(state.filters, id))}
        />
      ))}
      <AddFilter
        kind={kind}
        onAdd={(more, field) => onChange({ ...withoutFilter(state.filters, field), ...more })}
      />
    </>
  )
}

function FilterChip(props: {
  id: string
  field: FieldMeta | undefined
  filters: ListState['filters']
  onDrop: () => void
}) {
  const { id, field, filters } = props
  const t = useT()
  const text = useText()
  const listed = useListed()
  const words = useValueText()
  const several = [filters[id] ?? '', ...(filters[`${id}.in`] ?? '').split(',')].filter(Boolean)
  // The address bar holds the ids of references; people read titles.
  const titles = useTitles(field?.type === 'reference' ? field.to : undefined, several)
  if (!field && id !== 'missing') return null
  const shown = (value: string): string =>
    !field ? '' : field.type === 'reference' ? (titles.get(value) ?? '…') : words(field, value)
  const empty = filters[`${id}.empty`]
  const parts = [
    listed(several.map(shown)),
    ...(field && filters[`${id}.from`] ? [`≥ ${words(field, filters[`${id}.from`])}`] : []),
    ...(field && filters[`${id}.to`] ? [`≤ ${words(field, filters[`${id}.to`])}`] : []),
    ...(empty ? [empty === '1' ? t('isEmpty') : t('notEmpty')] : []),
  ]
  const label = field ? `${text(field.label)} ${parts.filter(Boolean).join(' ')}` : t('missingView')
  return (
    <Button
      className="kb-filter-chip"
      icon={<X size={14} aria-hidden />}
      iconPlacement="end"
      onClick={props.onDrop}
      title={label}
      aria-label={t('dropFilter', { name: label })}
    >
      <ListFilter size={14} strokeWidth={1.6} aria-hidden />
      <span>{label}</span>
    </Button>
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
      kind={props.kind}
      field={field}
      onApply={(more) => {
        props.onAdd(more, field.id)
        close()
      }}
    />
  ) : (
    <ul className="kb-menu">
      {fields.map((one, index) => (
        <li key={one.id}>
          {/* biome-ignore lint/a11y/noAutofocus: the menu was just opened by its button */}
          <button type="button" autoFocus={index === 0} onClick={() => setField(one)}>
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
      <Button type="dashed" icon={<Plus size={14} aria-hidden />}>
        {t('filter')}
      </Button>
    </Popover>
  )
}
