import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { superiorOf } from '../org/people.ts'
import { notFound, Refusal } from '../refusal.ts'
import { personOf } from './timeline.ts'
import type { CaseRow } from './wire.ts'

interface Row {
  parent_id: number | null
  workflow: string
  started_by: number | null
}

async function rowOf(ctx: Ctx, id: number): Promise<Row> {
  const { rows } =
    await sql<Row>`select parent_id, workflow, started_by from wf_case where id = ${id}`.execute(ctx.tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** Posts above a post, the nearest first. */
function above(ctx: Ctx, post: string): string[] {
  const line: string[] = []
  for (
    let next = superiorOf(ctx.edition.edition, post);
    next !== null && !line.includes(next);
    next = superiorOf(ctx.edition.edition, next)
  )
    line.push(next)
  return line
}

/** Whether the actor is who started a case, or stands above him: in a post on the line upwards, in a unit that holds or covers his. */
export async function mayCancel(ctx: Ctx, startedBy: number | null): Promise<boolean> {
  if (startedBy === null) return false
  if (startedBy === ctx.actor.personId) return true
  const { rows } = await sql<{
    post: string
    above: string[]
  }>`select s.post, array(select b.post from holder b
      where b.person_id = (select app_person()) and (s.unit_id = any(unit_and_below(b.unit_id)) or s.unit_id = any(b.covers))) as above
    from holder s where s.person_id = ${startedBy}`.execute(ctx.tx)
  return rows.some((held) => {
    const line = above(ctx, held.post)
    return held.above.some((post) => line.includes(post))
  })
}

/**
 * Takes a case back, with a reason: what is open in it and in the cases that it called is cancelled, the record is set back as the
 * workflow's starter says, and the same start may be made again. A case cancelled before is left as it is.
 * Throws 404 when the case is not the actor's to see, 403 when he neither started it nor stands above who did, 409 `not-root` for a
 * share, 409 `over` when it has come to its end.
 */
export async function cancelCase(ctx: Ctx, id: number, why: string): Promise<void> {
  const row = await rowOf(ctx, id)
  if (!(await mayCancel(ctx, row.started_by)))
    throw new Refusal(403, 'no-right', {
      zh: '流程由启动人或其上级撤销',
      en: 'A case is cancelled by who started it or by his superior',
    })
  if (row.parent_id !== null)
    throw new Refusal(409, 'not-root', {
      zh: '这是分办的一份，不能单独撤销；打开上级流程再撤销',
      en: 'This is a share of a case and is not cancelled by itself. Open the parent case and cancel that',
    })
  const { rows } = await sql<{
    came: 'cancelled' | 'again' | 'over' | null
  }>`select wf_cancel(${id}, ${why}) as came`.execute(ctx.tx)
  const came = rows[0]?.came ?? null
  if (came === null) throw notFound()
  if (came === 'over')
    throw new Refusal(409, 'over', {
      zh: '没有撤销：流程已经办到头了',
      en: 'Not cancelled: the case has already come to its end',
    })
  if (came === 'cancelled') await ctx.house.registry.starters.get(row.workflow)?.cancel?.(ctx, { caseId: id })
}

/** When a case was taken back, by whom and why; null where it was not. */
export async function cancellationOf(
  ctx: Ctx,
  rootId: number,
): Promise<{ at: Date; person: CaseRow['startedBy']; why: string } | null> {
  const { rows } = await sql<{
    at: Date
    person: CaseRow['startedBy']
    why: string
  }>`select l.at, ${personOf('l.person_id')} as person, l.detail ->> 'why' as why from wf_log l
    where l.case_id = ${rootId} and l.event = 'cancelled' and l.detail ? 'why' order by l.id limit 1`.execute(
    ctx.tx,
  )
  return rows[0] ?? null
}
