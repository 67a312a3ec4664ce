import { useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import type { SetupState } from '../kernel/auth/wire.ts'
import { post } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { useGo } from '../ui/components/Go.tsx'
import { Avatar } from '../ui/components/PersonTag.tsx'
import { useText } from '../ui/i18n/texts.ts'
import { queryClient, useGet } from '../ui/query.ts'
import { Gate } from './Gate.tsx'
import { useT } from './texts.ts'

/** Back to where one was sent away from; only addresses of this program. */
const safe = (back: string | undefined): string => (back && /^\/(?!\/)/.test(back) ? back : '/inbox')

/** Sign-in; a sample company offers its logins by post; an empty program goes to the set-up page. */
export function SignInPage() {
  const t = useT()
  const text = useText()
  const go = useGo()
  const { back } = useSearch({ strict: false }) as { back?: string }
  const setup = useGet<SetupState>('/setup').data
  const [form] = Form.useForm<{ login: string; password: string }>()
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const needed = setup?.needed
  useEffect(() => {
    document.title = `${t('signIn')} · Kambook`
    if (needed) go('/set-up', true)
  }, [needed, go, t])
  const enter = async (values: { login: string; password: string }) => {
    setBusy(true)
    setError(null)
    try {
      await post('/session', values)
      queryClient.clear()
      go(safe(back), true)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate title={t('signIn')} hint={setup ? text(setup.company) : null}>
      <Form
        form={form}
        layout="vertical"
        onFinish={enter}
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item name="login" label={t('login')} rules={[{ required: true, message: t('needLogin') }]}>
          <Input autoComplete="username" autoFocus autoCapitalize="none" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('needPassword') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <ErrorBox error={error} />
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
      <p className="kb-note" style={{ marginTop: 12 }}>
        {setup?.sample ? t('samplePassword') : t('forgot')}
      </p>
      {setup?.sample && setup.logins.length > 0 ? (
        <section className="kb-logins" aria-label={t('sampleLogins')}>
          <p className="kb-note">{t('sampleLogins')}</p>
          <ul>
            {setup.logins.map((one) => (
              <li key={one.login}>
                <button
                  type="button"
                  onClick={() => {
                    form.setFieldsValue({ login: one.login })
                    form.focusField('password')
                  }}
                >
                  <Avatar name={text(one.name)} />
                  <span className="kb-grow">
                    {text(one.name)} <span className="kb-3">{text(one.title)}</span>
                  </span>
                  <code className="kb-note">{one.login}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </Gate>
  )
}
