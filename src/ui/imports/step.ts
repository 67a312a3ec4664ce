import type { ImportRun } from '../../kernel/exchange/wire.ts'
import type { Mapping, Step } from './draft.ts'

/** What the person has chosen and not yet sent. */
export interface Draft {
  readonly mapping: Mapping
  readonly choices: ImportRun['choices']
  readonly owners: Readonly<Record<string, number>>
}
/** What each step of an import is given. */
export interface StepProps {
  readonly run: ImportRun
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
  readonly to: (step: Step) => void
  readonly reload: () => void
}
