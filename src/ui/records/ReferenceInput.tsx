import { Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Reference } from '../../kernel/records/wire.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import type { InputProps } from './FieldInput.tsx'
import { useT } from './texts.ts'
import { isOutside, isReference, useOutside } from './Value.tsx'

/** A word that follows what is typed, so that not every key asks the server. */
export function useAsked(): [string, (typed: string) => void] {
  const [typed, type] = useState('')
  const [asked, ask] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => ask(typed), 150)
    return () => clearTimeout(timer)
  }, [typed])
  return [asked, type]
}

/** Titles of references that are known by id only, as an address bar holds them; none before they are read. */
export function useTitles(to: string | undefined, ids: readonly string[]): ReadonlyMap<string, string> {
  const known = ids.filter((id) => /^\d{1,9}$/.test(id))
  const found = useGet<{ items: Reference[] }>(
    to && known.length > 0 ? `/lookup/${to}` : null,
    { ids: known.join(',') },
    { staleTime: 60_000 },
  )
  const outside = useOutside()
  if (!found.data) return new Map()
  const titles = new Map(found.data.items.map((one) => [String(one.id), one.title]))
  return new Map(known.map((id) => [id, titles.get(id) ?? outside(to)]))
}

/** Something a reference may point to, found by typing part of its name. */
export function ReferenceInput(props: InputProps & { placeholder?: string }) {
  const { field, value, onChange, id, autoFocus } = props
  const t = useT()
  const [asked, ask] = useAsked()
  const found = useGet<{ items: Reference[] }>(`/lookup/${field.to}`, { q: asked })
  const outside = useOutside()
  // Something outside the reader's scope stays as it is unless another one is chosen.
  const current = isReference(value) && value.title !== null ? value : null
  const options = [...(found.data?.items ?? [])]
  if (current && !options.some((one) => one.id === current.id)) options.unshift(current)
  return (
    <Select
      {...(id ? { id } : {})}
      aria-label={useText()(field.label)}
      showSearch={{ filterOption: false, onSearch: ask }}
      allowClear={!field.required}
      autoFocus={autoFocus ?? false}
      placeholder={isOutside(value) ? outside(field.to) : (props.placeholder ?? t('find'))}
      notFoundContent={t('nobody')}
      value={current?.id ?? null}
      options={options.map((one) => ({ value: one.id, label: one.title }))}
      onChange={(next) => onChange?.(options.find((one) => one.id === next) ?? null)}
      style={{ width: '100%' }}
    />
  )
}
