import { sql } from 'kysely'
import type { Edition, Problem } from '../../handbook/model.ts'
import type { Registry } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { invalid } from '../refusal.ts'
import { faultsOf } from './graph.ts'

/** What keeps the running workflows of an edition from running, each with its place in the files. */
export const workflowProblems = (
  edition: Edition,
  bound: Pick<Registry, 'acts' | 'collections'>,
): Problem[] =>
  edition.workflows.filter((one) => one.adoption === 'running').flatMap((one) => faultsOf(one, bound))

/** Stores the running workflows of an edition as versions; refuses (422) with every place that does not run. */
export async function publishWorkflows(
  tx: Tx,
  editionId: number,
  edition: Edition,
  bound: Pick<Registry, 'acts' | 'collections'>,
): Promise<void> {
  const problems = workflowProblems(edition, bound)
  if (problems.length > 0)
    throw invalid(
      {
        zh: '流程不能运行，改好后再发布',
        en: 'The workflows cannot run; mend them and publish again',
      },
      problems.map((one) => ({ path: `${one.where.file}:${one.where.line}`, text: one.message })),
    )
  for (const workflow of edition.workflows.filter((one) => one.adoption === 'running'))
    await sql`insert into workflow_version (edition_id, workflow, graph)
      values (${editionId}, ${workflow.id}, ${JSON.stringify(workflow)}::jsonb)
      on conflict (edition_id, workflow) do nothing`.execute(tx)
}
