import { Button } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { KindMeta, RecordPage } from '../../kernel/records/wire.ts'
import { ApiProblem, patch } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { again } from '../query.ts'
import { useMeta } from '../session.ts'
import { FieldInput, sent } from './FieldInput.tsx'
import { useT } from './texts.ts'
import { useRecordDraft } from './useRecordDraft.ts'
import { type FieldMeta, useValueText, Value } from './Value.tsx'

interface Props {
  readonly kind: KindMeta
  readonly record: RecordPage
  readonly field: FieldMeta
}

/** A field with its value, changed in place; a conflict shows both values and asks which one holds. */
export function FieldRow({ kind, record, field }: Props) {
  const t = useT()
  const text = useText()
  const words = useValueText()
  const currency = useMeta().data?.currency
  const [editing, setEditing] = useState(false)
  const [value, setValue] = useState<unknown>(null)
  const [error, setError] = useState<unknown>(null)
  const path = `/records/${kind.id}/${record.id}`
  const before = record[field.id]
  const kept = useRecordDraft(kind, record)
  const stop = () => {
    kept.keep({ [field.id]: before })
    setEditing(false)
    setError(null)
  }
  const label = text(field.label)
  const may = record.may.update.allowed && !field.computed && !field.settled && !kind.partOf
  const save = async (next: unknown, rev: number) => {
    setError(null)
    try {
      const saved = await patch<RecordPage>(path, { [field.id]: sent(field, next, currency) }, { rev })
      kept.keep({ [field.id]: before })
      await again(path)
      setEditing(false)
      toast(
        t('saved', { field: label }),
        () =>
          void patch(path, { [field.id]: sent(field, before, currency) }, { rev: saved.rev }).then(() =>
            again(path),
          ),
      )
    } catch (problem) {
      setError(problem)
    }
  }
  const conflict = error instanceof ApiProblem && error.code === 'conflict' ? error : null
  const both = (conflict?.detail.both as { field: string; theirs: unknown }[] | undefined)?.find(
    (one) => one.field === field.id,
  )
  const wanted = record.missing.includes(field.id)
  return (
    <div className="kb-field">
      <dt>
        {label}
        {wanted ? <span className="kb-near"> *</span> : null}
      </dt>
      <dd>
        {editing ? (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              void save(value, record.rev)
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
            {conflict ? (
              <ErrorBox error={error}>
                <div className="kb-row">
                  <Button type="primary" onClick={() => void save(value, Number(conflict.detail.rev))}>
                    {t('mine', { value: words(field, value) || t('blank') })}
                  </Button>
                  <Button
                    onClick={() => {
                      stop()
                      void again(path)
                    }}
                  >
                    {t('theirs', { value: words(field, both?.theirs) || t('blank') })}
                  </Button>
                </div>
              </ErrorBox>
            ) : (
              <>
                <ErrorBox error={error}>{null}</ErrorBox>
                <div className="kb-row" style={{ marginTop: 4 }}>
                  <Button type="primary" size="small" htmlType="submit">
                    {t('save')}
                  </Button>
                  <Button type="text" size="small" onClick={stop}>
                    {t('cancel')}
                  </Button>
                </div>
              </>
            )}
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
                  setEditing(true)
                }}
              >
                <Pencil size={14} strokeWidth={1.6} aria-hidden />
              </button>
            ) : null}
          </>
        )}
      </dd>
    </div>
  )
}
