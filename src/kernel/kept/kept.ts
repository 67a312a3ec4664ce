import { normValue } from '../../handbook/conditions.ts'
import type { Edition } from '../../handbook/model.ts'

/** How long things are kept, each in the unit its norm is written in. */
export interface Kept {
  readonly securityLogMonths: number
  readonly auditYears: number
  readonly originalsYears: number
  readonly exportsDays: number
  readonly sessionsDays: number
}

/** What an edition from before the norm is kept by. */
const usual: Kept = {
  securityLogMonths: 12,
  auditYears: 10,
  originalsYears: 2,
  exportsDays: 7,
  sessionsDays: 30,
}

/** The edition's norm `norm.kept`; a value that is missing or no positive whole number is the usual one. */
export function keptBy(edition: Pick<Edition, 'norms' | 'posts'> | null): Kept {
  const value = (id: string, otherwise: number): number => {
    const said = edition ? Number(normValue(edition, `norm.kept.${id}`)) : Number.NaN
    return Number.isInteger(said) && said > 0 && said <= 1000 ? said : otherwise
  }
  return {
    securityLogMonths: value('securityLog', usual.securityLogMonths),
    auditYears: value('audit', usual.auditYears),
    originalsYears: value('originals', usual.originalsYears),
    exportsDays: value('exports', usual.exportsDays),
    sessionsDays: value('sessions', usual.sessionsDays),
  }
}
