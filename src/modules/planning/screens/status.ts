import type { Tone } from '../../../ui/components/StatusTag.tsx'
import type { Plan, SheetSummary } from '../wire.ts'

const planTones: Record<Plan['status'], Tone> = {
  basis: 'info',
  draft: 'info',
  review: 'warning',
  final: 'success',
  cascading: 'info',
  cascaded: 'success',
  cancelled: 'neutral',
}
export const toneOf = (status: Plan['status']): Tone => planTones[status]

const sheetTones: Record<SheetSummary['status'], Tone> = {
  open: 'info',
  issued: 'success',
  waiting: 'warning',
  returned: 'error',
  accepted: 'success',
  settled: 'special',
}
export const sheetTone = (status: SheetSummary['status']): Tone => sheetTones[status]
