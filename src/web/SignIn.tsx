import { useSearch } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
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
  const form = useGateForm({ login: '', password: '', fresh: '', again: '' }, (field, value, all) => {
    if (field === 'fresh') return value.length < 10 ? t('passwordRule', { n: 10 - value.length }) : null
    if (field === 'again') return value === all.fresh ? null : t('passwordDiffers')
    return value === '' ? t(field === 'login' ? 'needLogin' : 'needPassword') : null
  })
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
      const code = problem instanceof ApiProblem ? problem.code : ''
      // An expected step, no fault: it is asked for calmly. A login that is refused after all begins anew.
      if (code === 'password-to-change' || code === 'wrong-login') {
        setChanging(code === 'password-to-change')
        form.calm()
      }
      if (code !== 'password-to-change') setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate title={t(changing ? 'setOwnPassword' : 'signIn')} hint={setup ? text(setup.company) : null}>
      <form noValidate onSubmit={form.send(() => void enter())}>
        <GateField
          label={t('login')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          readOnly={changing}
          {...form.field('login')}
        />
        {changing ? (
          <>
            <p className="kb-gate-step" role="status">
              <KeyRound size={16} strokeWidth={1.6} aria-hidden />
              <span>{t('oncePassword')}</span>
            </p>
            <GateField
              key="fresh"
              label={t('freshPassword')}
              type="password"
              autoComplete="new-password"
              maxLength={200}
              autoFocus
              {...form.field('fresh')}
            />
            <GateField
              key="again"
              label={t('passwordAgain')}
              type="password"
              autoComplete="new-password"
              maxLength={200}
              {...form.field('again')}
            />
          </>
        ) : (
          <GateField
            key="password"
            label={t('password')}
            type="password"
            autoComplete="current-password"
            {...form.field('password')}
          />
        )}
        <ErrorBox error={error} />
        <button type="submit" className="kb-button kb-button-main" disabled={busy}>
          {t(changing ? 'setAndSignIn' : 'signIn')}
        </button>
      </form>
      {changing ? null : (
        <p className="kb-note" style={{ marginTop: 12 }}>
          {setup?.sample ? t('samplePassword') : t('forgot')}
        </p>
      )}
      {!changing && setup?.sample && setup.logins.length > 0 ? (
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
