import { Input } from 'antd'
import { ApiProblem } from '../../api.ts'
import { useT } from './texts.ts'

/** Whether an order was sent back for the asker's own password, since nobody else in the company could approve it. */
export const wantsPassword = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.code === 'password-needed' || error.code === 'wrong-password')

export function OwnPassword({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT()
  return (
    <div className="kb-editions-field">
      <label htmlFor="edition-password">{t('ownPassword')}</label>
      <Input.Password
        id="edition-password"
        autoComplete="current-password"
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}
