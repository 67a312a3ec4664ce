import { useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { SetupState } from '../kernel/auth/wire.ts'
import { ApiProblem, post } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { useGo } from '../ui/components/Go.tsx'
import { Avatar } from '../ui/components/PersonTag.tsx'
import { useText } from '../ui/i18n/texts.ts'
import { queryClient, useGet } from '../ui/query.ts'
import { Gate } from './Gate.tsx'
import { GateField } from './GateField.tsx'
import { useT } from './texts.ts'
import { useGateForm } from './useGateForm.ts'

/** Back to where one was sent away from; only addresses of this program. */
const safe = (back: string | undefined): string => (back && /^\/(?!\/)/.test(back) ? back : '/inbox')

/** Sign-in; a sample company offers its logins by post; an empty program goes to the set-up page. */
export function SignInPage() {
  const t = useT()
  const text = useText()
  const go = useGo()
  const { back } = useSearch({ strict: false }) as { back?: string }
  const setup = useGet<SetupState>('/setup').data
  const form = useGateForm({ login: '', password: '', fresh: '' }, (field, value) =>
    value === '' ? t(field === 'login' ? 'needLogin' : 'needPassword') : null,
  )
  // The password was set by somebody else: it opens the door once, for a new one of one's own.
  const [changing, setChanging] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const needed = setup?.needed
  useEffect(() => {
    document.title = `${t('signIn')} · Kambook`
    if (needed) go('/set-up', true)
  }, [needed, go, t])
  const enter = async () => {
    setBusy(true)
    setError(null)
    try {
      const { login, password, fresh } = form.values
      await post('/session', { login, password, ...(changing ? { fresh } : {}) })
      queryClient.clear()
      go(safe(back), true)
    } catch (problem) {
      setError(problem)
      if (problem instanceof ApiProblem && problem.code === 'password-to-change') {
        setChanging(true)
        form.calm()
      }
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate title={t('signIn')} hint={setup ? text(setup.company) : null}>
      <form noValidate onSubmit={form.send(() => void enter())}>
        <GateField
          label={t('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          {...form.field('login')}
        />
        <GateField
          label={t('password')}
          type="password"
          autoComplete="current-password"
          {...form.field('password')}
        />
        <ErrorBox error={error} />
        {changing ? (
          <GateField
            label={t('newPassword')}
            type="password"
            autoComplete="new-password"
            maxLength={200}
            autoFocus
            {...form.field('fresh')}
          />
        ) : null}
        <button type="submit" className="kb-button kb-button-main" disabled={busy}>
          {t('signIn')}
        </button>
      </form>
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
                    form.set('login', one.login)
                    form.focus('password')
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
