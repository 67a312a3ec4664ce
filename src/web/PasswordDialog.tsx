import { Form, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { ApiProblem, post } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { toast } from '../ui/components/toasts.tsx'
import { useMe } from '../ui/session.ts'
import { useT } from './texts.ts'

interface Values {
  old: string
  new: string
  again: string
}

/** One's own password: the old one, the new one twice. */
export default function PasswordDialog({ close }: { close: () => void }) {
  const t = useT()
  const login = useMe().data?.login
  const id = useId()
  const [form] = Form.useForm<Values>()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const change = async (values: Values) => {
    setBusy(true)
    setError(null)
    try {
      await post('/me/password', { old: values.old, new: values.new })
      toast(t('passwordChanged'))
      close()
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiProblem && problem.faults.some((one) => one.path === 'old'))
        form.focusField('old')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('changePassword')}
      okText={t('changePassword')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      // The button belongs to the form, so that Enter presses it as well.
      okButtonProps={{ htmlType: 'submit', form: id }}
      onCancel={close}
      width={420}
    >
      <p className="kb-note" style={{ marginBottom: 16 }}>
        {t('changePasswordHint')}
      </p>
      <Form
        id={id}
        form={form}
        layout="vertical"
        onFinish={change}
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
      >
        {/* Password managers keep a password with its account. */}
        <input type="text" autoComplete="username" value={login ?? ''} readOnly hidden />
        <Form.Item
          name="old"
          label={t('oldPassword')}
          rules={[{ required: true, message: t('needPassword') }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} autoFocus />
        </Form.Item>
        <Form.Item
          name="new"
          label={t('freshPassword')}
          rules={[
            {
              validator: (_, value: string = '') =>
                value.length >= 10
                  ? Promise.resolve()
                  : Promise.reject(t('passwordRule', { n: 10 - value.length })),
            },
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('passwordAgain')}
          dependencies={['new']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value: string) =>
                value === getFieldValue('new') ? Promise.resolve() : Promise.reject(t('passwordDiffers')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Form.Item>
        <ErrorBox error={error} />
      </Form>
    </Modal>
  )
}
