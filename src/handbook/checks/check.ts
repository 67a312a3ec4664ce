import type { Edition, Problem } from '../model.ts'
import type { Bindings } from './bindings.ts'
import { chain } from './chain.ts'
import { code } from './code.ts'
import { codes } from './codes.ts'
import { conditions } from './conditions.ts'
import { deadlines } from './deadlines.ts'
import { forms } from './forms.ts'
import { functions } from './functions.ts'
import { gateways } from './gateways.ts'
import { headcount } from './headcount.ts'
import { kpis } from './kpis.ts'
import { lanes } from './lanes.ts'
import { languages } from './languages.ts'
import { matrix } from './matrix.ts'
import { norms } from './norms.ts'
import { outcomes } from './outcomes.ts'
import { policies } from './policies.ts'
import { reach } from './reach.ts'
import { references } from './references.ts'
import { rights } from './rights.ts'
import type { Check } from './say.ts'
import { switches } from './switches.ts'
import { titles } from './titles.ts'
import { weights } from './weights.ts'

export type { Bindings } from './bindings.ts'

/** Every rule an edition is judged by, in the order its findings are printed. */
export const checks: readonly Check[] = [
  codes,
  references,
  headcount,
  chain,
  functions,
  matrix,
  weights,
  kpis,
  lanes,
  outcomes,
  gateways,
  conditions,
  reach,
  deadlines,
  norms,
  code,
  forms,
  rights,
  policies,
  switches,
  languages,
  titles,
]

/** Judges a loaded edition by every rule. Errors forbid publishing, warnings do not, notes tell of described parts. */
export function checkEdition(edition: Edition, bindings: Bindings): Problem[] {
  return checks.flatMap((one) => one.run(edition, bindings))
}
