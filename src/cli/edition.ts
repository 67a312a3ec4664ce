import { join } from 'node:path'
import { sql } from 'kysely'
import { readEditionFolder } from '../handbook/load.ts'
import type { Kernel } from '../kernel/context.ts'
import { adoptReference } from '../kernel/handbook/reference.ts'
import { packageRoot } from '../kernel/root.ts'

/** The reference edition that comes with the program. */
export const referenceFolder = (): string => join(packageRoot(), 'handbook')

/** Makes the reference edition effective in a database that has none; a company's own edition is never touched. */
export async function requireEdition(kernel: Kernel): Promise<void> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from edition where status = 'effective'`.execute(kernel.db.kysely)
  if (rows[0]?.n) return
  await adoptReference(kernel, await readEditionFolder(referenceFolder()))
}
