import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { post } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { useGo } from '../ui/components/Go.tsx'
import { queryClient } from '../ui/query.ts'
import { Gate } from './Gate.tsx'
import { useT } from './texts.ts'

interface Values {
  code: string
  company: string
  name: string
  login: string
  password: string
}

/** First visit: the code from the terminal and the company, then its first administrator. */
export function SetUpPage() {
  const t = useT()
  const go = useGo()
  const [form] = Form.useForm<Values>()
  const company = Form.useWatch('company', { form, preserve: true }) ?? ''
  const [second, setSecond] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const finish = async () => {
    if (!second) return setSecond(true)
    setBusy(true)
    setError(null)
    try {
      await post('/setup', form.getFieldsValue(true))
      queryClient.clear()
      go('/inbox', true)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate title={second ? t('setUpAdmin') : t('setUp')} hint={second ? company : t('setUpHint')}>
      <Form
        form={form}
        layout="vertical"
        onFinish={finish}
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        preserve
      >
        {second ? (
          <>
            <Form.Item
              name="name"
              label={t('adminName')}
              rules={[{ required: true, whitespace: true, message: t('needName') }]}
            >
              <Input autoComplete="name" autoFocus maxLength={60} />
            </Form.Item>
            <Form.Item
              name="login"
              label={t('login')}
              validateTrigger="onBlur"
              rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{1,39}$/, message: t('loginRule') }]}
            >
              <Input autoComplete="username" autoCapitalize="none" />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('newPassword')}
              validateTrigger="onBlur"
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
          </>
        ) : (
          <>
            <Form.Item
              name="code"
              label={t('code')}
              rules={[{ required: true, whitespace: true, message: t('needCode') }]}
            >
              <Input autoComplete="one-time-code" autoFocus autoCapitalize="none" />
            </Form.Item>
            <Form.Item
              name="company"
              label={t('company')}
              rules={[{ required: true, min: 2, whitespace: true, message: t('needCompany') }]}
            >
              <Input autoComplete="organization" maxLength={100} />
            </Form.Item>
          </>
        )}
        <ErrorBox error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {second ? t('finish', { company }) : t('next')}
        </Button>
        {second ? (
          <Button type="text" block onClick={() => setSecond(false)}>
            {t('before')}
          </Button>
        ) : null}
      </Form>
    </Gate>
  )
}
