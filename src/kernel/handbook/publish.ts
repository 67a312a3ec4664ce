import { sql } from 'kysely'
import { checkEdition } from '../../handbook/checks/check.ts'
import { loadEdition } from '../../handbook/load.ts'
import type { Edition, Problem } from '../../handbook/model.ts'
import { compileRights } from '../../handbook/rights.ts'
import type { Kernel } from '../context.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { publishWorkflows } from '../workflow/publish.ts'
import { bindingsOf } from './bindings.ts'

/** Refuses an edition with every error's place, as a good compiler would. */
export function refuseProblems(problems: readonly Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  if (errors.length === 0) return
  const place = (problem: Problem) => `${problem.where.file}:${problem.where.line}`
  throw new Refusal(
    422,
    'edition-faulty',
    {
      zh: `手册有 ${errors.length} 处错误，没有发布：${errors
        .slice(0, 3)
        .map((one) => `${place(one)} ${one.message.zh}`)
        .join('；')}`,
      en: `The handbook has ${errors.length} errors and was not published: ${errors
        .slice(0, 3)
        .map((one) => `${place(one)} ${one.message.en}`)
        .join('; ')}`,
    },
    { detail: { problems: errors.map((one) => ({ at: place(one), check: one.check, text: one.message })) } },
  )
}

/**
 * Publishes an edition and makes it effective: files, rights and workflow graphs in one transaction. The same files again change nothing.
 * @returns its id
 * @throws Refusal 422 `edition-faulty` with the place of each error
 */
export async function publishEdition(
  kernel: Pick<Kernel, 'db' | 'registry' | 'clock'>,
  files: Readonly<Record<string, string>>,
  by: { userId: number | null },
): Promise<{ id: number; edition: Edition }> {
  const { edition, problems } = await loadEdition(files)
  if (!edition) {
    refuseProblems(problems)
    throw new Error('an edition without errors did not load')
  }
  refuseProblems([...problems, ...checkEdition(edition, bindingsOf(kernel.registry))])
  const id = await asOwner(
    kernel.db,
    async (tx) => {
      await sql`select pg_advisory_xact_lock(7103)`.execute(tx)
      const there = await sql<{
        id: number
        status: string
      }>`select id, status from edition where hash = ${edition.hash}`.execute(tx)
      if (there.rows[0]?.status === 'effective') return there.rows[0].id
      await sql`update edition set status = 'superseded' where status = 'effective'`.execute(tx)
      if (there.rows[0]) {
        await sql`update edition set status = 'effective' where id = ${there.rows[0].id}`.execute(tx)
        return there.rows[0].id
      }
      const { rows } = await sql<{
        id: number
      }>`insert into edition (number, title_zh, title_en, hash, status, effective_from, files, published_by)
        values (${edition.number}, ${edition.title.zh}, ${edition.title.en}, ${edition.hash}, 'effective', ${kernel.clock.today()},
          ${JSON.stringify(edition.files)}::jsonb, ${by.userId}) returning id`.execute(tx)
      const made = rows[0]?.id as number
      await sql`insert into right_grant (edition_id, post, kind, verb, reach, function, duty, clause)
        select ${made}, post, kind, verb, reach, function, duty, clause
        from jsonb_to_recordset(${JSON.stringify(compileRights(edition))}::jsonb)
          as g(post text, kind text, verb text, reach text, function text, duty text, clause text)`.execute(
        tx,
      )
      await publishWorkflows(tx, made, edition, kernel.registry)
      return made
    },
    { userId: by.userId, now: kernel.clock.now() },
  )
  return { id, edition }
}
