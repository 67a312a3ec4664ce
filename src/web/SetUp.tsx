import { useState } from 'react'
import { post } from '../ui/api.ts'
import { ErrorBox } from '../ui/components/ErrorBox.tsx'
import { useGo } from '../ui/components/Go.tsx'
import { queryClient } from '../ui/query.ts'
import { Gate } from './Gate.tsx'
import { GateField } from './GateField.tsx'
import { useT } from './texts.ts'
import { useGateForm } from './useGateForm.ts'

/** First visit: the code from the terminal and the company, then its first administrator. */
export function SetUpPage() {
  const t = useT()
  const go = useGo()
  const form = useGateForm({ code: '', company: '', name: '', login: '', password: '' }, (field, value) => {
    if (field === 'password') return value.length < 10 ? t('passwordRule', { n: 10 - value.length }) : null
    if (field === 'login') return /^[a-z][a-z0-9._-]{1,39}$/.test(value) ? null : t('loginRule')
    if (field === 'company') return value.trim().length < 2 ? t('needCompany') : null
    return value.trim() === '' ? t(field === 'code' ? 'needCode' : 'needName') : null
  })
  const { company } = form.values
  const [second, setSecond] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const finish = async () => {
    if (!second) {
      setSecond(true)
      return form.calm()
    }
    setBusy(true)
    setError(null)
    try {
      await post('/setup', form.values)
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
      <form noValidate onSubmit={form.send(() => void finish())}>
        {second ? (
          <>
            <GateField
              label={t('adminName')}
              autoComplete="name"
              maxLength={60}
              autoFocus
              {...form.field('name')}
            />
            <GateField
              label={t('login')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              {...form.field('login')}
            />
            <GateField
              label={t('newPassword')}
              type="password"
              autoComplete="new-password"
              maxLength={200}
              {...form.field('password')}
            />
          </>
        ) : (
          <>
            <GateField
              label={t('code')}
              autoComplete="one-time-code"
              autoCapitalize="none"
              autoFocus
              {...form.field('code')}
            />
            <GateField
              label={t('company')}
              autoComplete="organization"
              maxLength={100}
              {...form.field('company')}
            />
          </>
        )}
        <ErrorBox error={error} />
        <button type="submit" className="kb-button kb-button-main" disabled={busy}>
          {second ? t('finish', { company }) : t('next')}
        </button>
        {second ? (
          <button type="button" className="kb-button kb-button-plain" onClick={() => setSecond(false)}>
            {t('before')}
          </button>
        ) : null}
      </form>
    </Gate>
  )
}
