import { invalid } from '../refusal.ts'
import type { Scope } from './measure.ts'

/** Reads `company`, `unit:4` or `person:17`. Throws 422 for anything else. */
export function figureScope(said: string): Scope {
  if (said === 'company') return { kind: 'company' }
  const one = /^(unit|person):(\d{1,9})$/.exec(said)
  if (one) return { kind: one[1] as 'unit' | 'person', id: Number(one[2]) }
  throw invalid(
    {
      zh: '范围要写成 company、unit:编号 或 person:编号',
      en: 'Write a scope as company, unit:ID or person:ID',
    },
    [{ path: 'scope', text: { zh: `读不懂“${said}”`, en: `Cannot read “${said}”` } }],
  )
}
