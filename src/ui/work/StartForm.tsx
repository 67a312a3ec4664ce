import { Form, Input, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import type { CaseRow, Task } from '../../kernel/workflow/wire.ts'
import { ApiProblem, post } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { useGo } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { queryClient } from '../query.ts'
import type { Startable } from './StartCase.tsx'
import { useT } from './texts.ts'

/** What a workflow asks for before it begins. */
export default function StartForm({ start, onClose }: { start: Startable; onClose: () => void }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const [form] = Form.useForm<Record<string, unknown>>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const begin = async (input: Record<string, unknown>) => {
    setBusy(true)
    setError(null)
    try {
      const begun = await post<CaseRow & { tasks: Task[] }>('/cases', { workflow: start.workflow, input })
      toast(t('startedToast', { name: text(begun.title) }))
      onClose()
      go(begun.tasks[0] ? `/inbox/${begun.tasks[0].id}` : `/cases/${begun.id}`)
      void queryClient.invalidateQueries()
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiProblem)
        form.setFields(
          problem.faults.map((fault) => ({
            name: fault.path.replace(/^input\./, ''),
            errors: [text(fault.text)],
          })),
        )
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('startOne', { name: text(start.title) })}
      okText={t('startNow')}
      cancelText={t('keepLooking')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="kb-2 kb-start-hint">{t('startHint')}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={begin}
        initialValues={Object.fromEntries(start.input.map((field) => [field.id, field.suggested]))}
      >
        {start.input.map((field) => (
          <Form.Item
            key={field.id}
            name={field.id}
            label={text(field.label)}
            rules={[{ required: true, message: t('fill', { field: text(field.label) }) }]}
          >
            {field.type === 'number' ? <InputNumber controls={false} style={{ width: '100%' }} /> : <Input />}
          </Form.Item>
        ))}
      </Form>
      <ErrorBox error={error} />
    </Modal>
  )
}
