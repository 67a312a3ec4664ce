import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { KindMeta, RecordItem, RecordPage } from '../../kernel/records/wire.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { again } from '../query.ts'
import { useEditing } from './editing.ts'
import { FieldInput } from './FieldInput.tsx'
import { useT } from './texts.ts'
import { useRecordDraft } from './useRecordDraft.ts'
import { useRecordSave } from './useRecordSave.tsx'
import { type FieldMeta, isOutside, Value } from './Value.tsx'

interface Props {
  readonly kind: KindMeta
  readonly record: RecordPage
  readonly field: FieldMeta
}

/** A field with its value, changed in place. */
export function FieldRow({ kind, record, field }: Props) {
  const t = useT()
  const text = useText()
  // The record as it stood when the field was opened: what is read again meanwhile must not pass for what the person saw.
  const [seen, setSeen] = useState<RecordPage | null>(null)
  const { save, dialog } = useRecordSave(kind)
  const [value, setValue] = useState<unknown>(null)
  const [error, setError] = useState<unknown>(null)
  const path = `/records/${kind.id}/${record.id}`
  const before = record[field.id]
  const kept = useRecordDraft(kind, record)
  useEditing(seen ? kept.name : null)
  const stop = () => {
    kept.keep({ [field.id]: before })
    setSeen(null)
    setError(null)
  }
  const label = text(field.label)
  const may = record.may.update.allowed && !field.computed && !field.settled && !kind.partOf
  const write = async (base: RecordItem, next: unknown, undo: boolean) => {
    setError(null)
    try {
      const saved = await save(base, { [field.id]: next })
      if (!saved) return
      kept.keep({ [field.id]: before })
      await again(path)
      setSeen(null)
      if (!saved.written) return
      const back = undo && !isOutside(base[field.id])
      toast(t('saved', { field: label }), back ? () => void write(saved.record, base[field.id], false) : null)
    } catch (problem) {
      setError(problem)
    }
  }
  const wanted = record.missing.includes(field.id)
  return (
    <div className="kb-field">
      <dt>
        {label}
        {wanted ? <span className="kb-near"> *</span> : null}
      </dt>
      <dd>
        {seen ? (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void write(seen, value, true)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              stop()
            }}
          >
            <FieldInput
              field={field}
              value={value}
              onChange={(next) => {
                setValue(next)
                kept.keep({ [field.id]: next })
              }}
              autoFocus
            />
            <ErrorBox error={error}>{null}</ErrorBox>
            <div className="kb-row" style={{ marginTop: 4 }}>
              <Button type="primary" size="small" htmlType="submit">
                {t('save')}
              </Button>
              <Button type="text" size="small" onClick={stop}>
                {t('cancel')}
              </Button>
            </div>
          </form>
        ) : (
          <>
            <Value field={field} value={before} />
            {may ? (
              <button
                type="button"
                className="kb-icon kb-pencil"
                aria-label={t('edit', { field: label })}
                onClick={() => {
                  setValue(before)
                  setSeen(record)
                }}
              >
                <Pencil size={14} strokeWidth={1.6} aria-hidden />
              </button>
            ) : null}
            {error ? <ErrorBox error={error}>{null}</ErrorBox> : null}
          </>
        )}
        {dialog}
      </dd>
    </div>
  )
}
