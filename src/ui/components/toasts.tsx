import { Check, X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Go } from './Go.tsx'
import { useT } from './texts.ts'

interface Toast {
  readonly id: number
  readonly text: string
  readonly undo?: () => void
  /** Where one may go from here. */
  readonly leads?: Way
}
interface Way {
  readonly href: string
  readonly label: string
}

let toasts: readonly Toast[] = []
let count = 0
const listeners = new Set<() => void>()
const change = (next: readonly Toast[]) => {
  toasts = next
  for (const listener of listeners) listener()
}

/** Says what was done; with `undo` it offers 撤回 for 30 seconds, with `leads` a way on for twelve, else it goes after five. */
export function toast(text: string, undo?: (() => void) | null, leads?: Way): void {
  count += 1
  change([...toasts.slice(-2), { id: count, text, ...(undo ? { undo } : {}), ...(leads ? { leads } : {}) }])
}
const drop = (id: number) => change(toasts.filter((one) => one.id !== id))

function ToastLine({ one }: { one: Toast }) {
  const t = useT()
  const [left, setLeft] = useState(one.undo ? 30 : one.leads ? 12 : 5)
  useEffect(() => {
    const timer = setInterval(() => setLeft((n) => n - 1), 1000)
    return () => clearInterval(timer)
  }, [])
  useEffect(() => {
    if (left <= 0) drop(one.id)
  }, [left, one.id])
  return (
    <div className="kb-toast">
      <Check size={16} aria-hidden />
      <span>{one.text}</span>
      {one.leads ? (
        <Go href={one.leads.href} onClick={() => drop(one.id)}>
          {one.leads.label}
        </Go>
      ) : null}
      {one.undo ? (
        <>
          <button
            type="button"
            onClick={() => {
              one.undo?.()
              drop(one.id)
            }}
          >
            {t('undo')}
          </button>
          <small>{t('seconds', { n: left })}</small>
        </>
      ) : null}
      <button type="button" aria-label={t('close')} onClick={() => drop(one.id)}>
        <X size={14} aria-hidden />
      </button>
    </div>
  )
}

/** Where toasts appear; the shell draws it once. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="kb-toasts" role="status" aria-live="polite">
      {/* One line has room in the top line; what was said before comes back when the newer has gone. */}
      {shown.slice(-1).map((one) => (
        <ToastLine key={one.id} one={one} />
      ))}
    </div>
  )
}
