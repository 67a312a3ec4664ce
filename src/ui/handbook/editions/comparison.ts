import type { z } from '@hono/zod-openapi'
import type { ElementChange } from '../../../handbook/compare/compare.ts'
import type { comparisonSchema } from '../../../kernel/handbook/wire.ts'

/** GET editions/{id}/comparison, its elements typed as the handbook's own code makes them. */
export type ComparisonAnswer = Omit<z.infer<typeof comparisonSchema>, 'changes'> & {
  readonly changes: readonly ElementChange[]
}
