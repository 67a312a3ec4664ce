import { Ban, Check, CircleDot, Clock, FileText, Flag } from 'lucide-react'

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error' | 'special'
const icons = {
  neutral: FileText,
  info: CircleDot,
  success: Check,
  warning: Clock,
  error: Ban,
  special: Flag,
}

/** Colour, icon and word of a state; one per row. */
export function StatusTag({ tone, text }: { tone: Tone; text: string }) {
  const Icon = icons[tone]
  return (
    <span className={`kb-tag kb-tag-${tone}`}>
      <Icon size={13} strokeWidth={1.8} aria-hidden />
      {text}
    </span>
  )
}

/** Grade of an account: A in ink, B and C framed, never coloured. */
export const Grade = ({ grade }: { grade: string | null | undefined }) =>
  grade ? <span className={`kb-grade kb-grade-${grade}`}>{grade}</span> : null
