import type { Edition, Problem } from '../model.ts'
import { approvers } from './approvers.ts'
import type { Bindings } from './bindings.ts'
import { chain } from './chain.ts'
import { code } from './code.ts'
import { codes } from './codes.ts'
import { conditions } from './conditions.ts'
import { deadlines } from './deadlines.ts'
import { entries } from './entries.ts'
import { forms } from './forms.ts'
import { functions } from './functions.ts'
import { gateways } from './gateways.ts'
import { handovers } from './handovers.ts'
import { headcount } from './headcount.ts'
import { holidays } from './holidays.ts'
import { judges } from './judges.ts'
import { kpis } from './kpis.ts'
import { ladders } from './ladders.ts'
import { lanes } from './lanes.ts'
import { languages } from './languages.ts'
import { log } from './log.ts'
import { loops } from './loops.ts'
import { matrix } from './matrix.ts'
import { money } from './money.ts'
import { norms } from './norms.ts'
import { numbers } from './numbers.ts'
import { once } from './once.ts'
import { outcomes } from './outcomes.ts'
import { policies } from './policies.ts'
import { reach } from './reach.ts'
import { records } from './records.ts'
import { references } from './references.ts'
import { rights } from './rights.ts'
import type { Check } from './say.ts'
import { stations } from './stations.ts'
import { switches } from './switches.ts'
import { terms } from './terms.ts'
import { titles } from './titles.ts'
import { weights } from './weights.ts'

export type { Bindings } from './bindings.ts'

/** Every rule an edition is judged by, in the order its findings are printed. */
export const checks: readonly Check[] = [
  codes,
  once,
  references,
  headcount,
  chain,
  functions,
  matrix,
  weights,
  lanes,
  entries,
  outcomes,
  gateways,
  loops,
  conditions,
  reach,
  handovers,
  deadlines,
  holidays,
  stations,
  norms,
  numbers,
  terms,
  ladders,
  approvers,
  judges,
  records,
  kpis,
  forms,
  money,
  code,
  rights,
  policies,
  switches,
  languages,
  log,
  titles,
]

/** Judges a loaded edition by every rule. Errors forbid publishing, warnings do not, notes tell of described parts. */
export function checkEdition(edition: Edition, bindings: Bindings): Problem[] {
  return checks.flatMap((one) => one.run(edition, bindings))
}
