import { Eye, EyeOff } from 'lucide-react'
import { type InputHTMLAttributes, type Ref, useId, useState } from 'react'
import { useT } from './texts.ts'

/** A labelled field of the pages before the door, which do without the component library; `fault` says what is wrong with it. */
export function GateField({
  label,
  fault,
  type,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & { label: string; fault?: string; ref?: Ref<HTMLInputElement> }) {
  const t = useT()
  const id = useId()
  const [shown, show] = useState(false)
  const secret = type === 'password'
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="kb-gate-field">
      <label htmlFor={id}>{label}</label>
      <div className="kb-field-box">
        <input
          {...rest}
          id={id}
          type={secret && !shown ? 'password' : 'text'}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
        />
        {secret ? (
          <button
            type="button"
            className="kb-icon"
            aria-label={t(shown ? 'hidePassword' : 'showPassword')}
            aria-pressed={shown}
            onClick={() => show(!shown)}
          >
            <Icon size={16} strokeWidth={1.6} aria-hidden />
          </button>
        ) : null}
      </div>
      {fault ? (
        <p className="kb-late kb-note" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      ) : null}
    </div>
  )
}
