import { Button, Drawer, Form } from 'antd'
import { useState } from 'react'
import type { KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { ApiProblem, post } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { useGo } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { again, queryClient } from '../query.ts'
import { useMeta } from '../session.ts'
import { useWidth } from '../theme/media.ts'
import { DraftMoved, DraftOffer } from './DraftOffer.tsx'
import { offerOf } from './drafts.ts'
import { useEditedElsewhere, useEditing } from './editing.ts'
import { FieldInput, sent } from './FieldInput.tsx'
import { useT } from './texts.ts'
import { useRecordDraft } from './useRecordDraft.ts'
import { useRecordSave } from './useRecordSave.tsx'
import { amountOf, Value } from './Value.tsx'

/** Create or change a record in a drawer, in the declaration's sections; each fault stands at its field. */
export function RecordForm({
  kind,
  item: now,
  restore = false,
  onClose,
}: {
  kind: KindMeta
  item?: RecordItem
  /** What was written before and not saved was asked for already. */
  restore?: boolean
  onClose: () => void
}) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const phone = useWidth() === 'phone'
  const currency = useMeta().data?.currency
  // As it stood when the form was opened: read again meanwhile, it must not pass for what the person saw.
  const [item] = useState(now)
  const { save: write, dialog } = useRecordSave(kind)
  const [form] = Form.useForm<Record<string, unknown>>()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const fields = kind.fields.filter((field) => !field.computed)
  const kept = useRecordDraft(kind, item ?? null)
  useEditing(kept.name)
  const elsewhere = useEditedElsewhere(kept.name)
  const [offer, setOffer] = useState(() => offerOf(kept.read(), item ?? null, kind.fields))
  const [restored, setRestored] = useState(restore && offer !== null)
  const written = (ids: readonly string[]) =>
    Object.fromEntries(ids.map((id) => [id, offer?.draft.fields[id]?.value]))
  // What is still wanted stands first and is marked: it is what people open the form for.
  const wanted = fields
    .filter((field) => field.wanted && !field.settled && (!item || item[field.id] === null))
    .map((field) => field.id)
  const among = (ids: readonly string[]) => ids.flatMap((id) => fields.find((one) => one.id === id) ?? [])
  const sections = [
    ...(item && wanted.length > 0
      ? [{ id: 'wanted', title: t('wantedFirst', { n: wanted.length }), fields: among(wanted) }]
      : []),
    ...kind.page.sections.map((section) => ({
      id: section.id,
      title: text(section.title),
      fields: among(item ? section.fields.filter((id) => !wanted.includes(id)) : section.fields),
    })),
  ].filter((section) => section.fields.length > 0)
  const save = async (values: Record<string, unknown>) => {
    setBusy(true)
    setError(null)
    const changed = fields.flatMap((field) => {
      if (item && field.settled) return []
      const value = sent(field, values[field.id], currency)
      const before = item ? sent(field, item[field.id], currency) : null
      return amountOf(value) === amountOf(before)
        ? []
        : [[field.id, item ? (values[field.id] ?? null) : value] as const]
    })
    try {
      const path = `/records/${kind.id}`
      const saved = item
        ? (await write(item, Object.fromEntries(changed)))?.record
        : await post<RecordItem>(path, Object.fromEntries(changed))
      if (!saved) return
      kept.forget()
      await Promise.all([again(path), queryClient.invalidateQueries({ queryKey: ['list', path] })])
      onClose()
      if (!item) {
        toast(t('savedKind', { kind: text(kind.label), title: String(saved[kind.title] ?? '') }))
        go(`${path}/${saved.id}`)
      }
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiProblem)
        form.setFields(problem.faults.map((fault) => ({ name: fault.path, errors: [text(fault.text)] })))
    } finally {
      setBusy(false)
    }
  }
  const first = sections.flatMap((section) => section.fields).find((field) => !(item && field.settled))?.id
  const title = item ? t('editForm') : t('create', { kind: text(kind.label).toLowerCase() })
  return (
    <Drawer
      open
      title={title}
      onClose={onClose}
      // On a phone the keyboard would hide the form that was just opened.
      afterOpenChange={(open) => open && !phone && first && form.focusField(first)}
      size={phone ? '100%' : 480}
      footer={
        <div className="kb-row">
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {item ? t('save') : title}
          </Button>
          <Button
            type="text"
            onClick={() => {
              // What is offered on the page of the record was not asked for here: it stays.
              if (item && offer && !restored)
                kept.keep(
                  Object.fromEntries(
                    fields.flatMap(({ id }) => (form.isFieldTouched(id) ? [[id, item[id]]] : [])),
                  ),
                )
              else kept.forget()
              onClose()
            }}
          >
            {t('cancel')}
          </Button>
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={save}
        initialValues={{ ...item, ...(restored ? written(offer?.plain ?? []) : {}) }}
        onValuesChange={(changed: Record<string, unknown>) => kept.keep(changed)}
        scrollToFirstError={{ focus: true }}
      >
        {offer && !restored && !item && elsewhere !== null ? (
          <DraftOffer
            elsewhere={elsewhere}
            kind={kind}
            offer={offer}
            onRestore={() => {
              form.setFieldsValue(written(offer.plain))
              setRestored(true)
            }}
            onDiscard={() => {
              kept.forget()
              setOffer(null)
            }}
          />
        ) : null}
        {offer && restored ? (
          <DraftMoved
            kind={kind}
            item={item ?? null}
            offer={offer}
            onMine={(id) => {
              form.setFieldsValue(written([id]))
              setOffer({ ...offer, moved: offer.moved.filter((one) => one !== id) })
            }}
          />
        ) : null}
        {sections.map((section) => (
          <fieldset key={section.id} className="kb-fieldset">
            <legend>{section.title}</legend>
            {section.fields.map((field) =>
              item && field.settled ? (
                <Form.Item key={field.id} label={text(field.label)}>
                  <span className="kb-2">
                    <Value field={field} value={item[field.id]} links={false} />
                  </span>
                </Form.Item>
              ) : (
                <Form.Item
                  key={field.id}
                  name={field.id}
                  label={
                    <>
                      {text(field.label)}
                      {wanted.includes(field.id) ? <span className="kb-warn-mark">{t('wanted')}</span> : null}
                    </>
                  }
                  validateTrigger="onBlur"
                  extra={field.hint ? text(field.hint) : null}
                  rules={
                    field.required
                      ? [{ required: true, message: t('fill', { field: text(field.label) }) }]
                      : []
                  }
                >
                  <FieldInput field={field} />
                </Form.Item>
              ),
            )}
          </fieldset>
        ))}
        <ErrorBox error={error} />
      </Form>
      {dialog}
    </Drawer>
  )
}
