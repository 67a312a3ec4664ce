import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Approval, EditionRequest } from './wire.ts'

interface Row extends Omit<EditionRequest, 'askedAt' | 'decidedAt' | 'approvers' | 'mayDecide'> {
  edition: number
  asked: Date
  decided: Date | null
  others: { person: number; name: string }[]
}

/** The last request of each edition that the asker may see, with those who may approve an open one. */
export async function requestsOf(ctx: Ctx): Promise<Map<number, EditionRequest>> {
  const { rows } =
    await sql<Row>`select distinct on (r.edition_id) r.edition_id as edition, r.id, r.act, coalesce(r.outcome, 'open') as state,
      r.effective_from as "effectiveFrom", r.why, asker.name as "askedBy", r.asked_at as asked, decider.name as "decidedBy",
      r.decided_at as decided, r.reason, r.changes, r.asked_person = app_person() as mine,
      (select former.name from edition_request o, names_of_users(array[o.asked_by]) former
        where o.outcome = 'dropped' and o.asked_person <> r.asked_person
          and o.id = (select max(id) from edition_request where edition_id = r.edition_id and id < r.id)) as replaces,
      case when r.outcome is null then (select coalesce(jsonb_agg(distinct jsonb_build_object('person', p.id, 'name', called(p))), '[]')
        from holder h join right_grant g on g.post = h.post and g.edition_id = app_edition() and g.kind = 'system.' || r.part
          and g.verb = 'approve' join person p on p.id = h.person_id where p.id <> r.asked_person) else '[]' end as others
    from edition_request r left join names_of_users(array[r.asked_by]) asker on true
      left join names_of_users(array[r.decided_by]) decider on true
    where r.outcome is distinct from 'dropped' order by r.edition_id, r.id desc`.execute(ctx.tx)
  return new Map(
    rows.map(({ edition, asked, decided, others, ...row }) => [
      edition,
      {
        ...row,
        askedAt: asked.toISOString(),
        decidedAt: decided?.toISOString() ?? null,
        approvers: others.map((one) => one.name),
        mayDecide: others.some((one) => one.person === ctx.actor.personId),
      },
    ]),
  )
}

/**
 * What waits for a second person, for the inbox: of him who may decide it, of him who asked, and, where nobody may decide, of everybody who
 * publishes. The last is told as well of what was published alone and is not in force yet.
 */
export async function approvalsOf(ctx: Ctx): Promise<{ items: Approval[] }> {
  const requests = await requestsOf(ctx)
  const waiting = [...requests].filter(([, one]) => one.state === 'open' || one.state === 'alone')
  if (waiting.length === 0) return { items: [] }
  const { rows } = await sql<{
    id: number
    number: string
    status: string
  }>`select e.id, e.number, e.status from edition e where e.id = any(${waiting.map(([id]) => id)}::int[]) order by e.id desc`.execute(
    ctx.tx,
  )
  const publishes = ctx.can['system.handbook.publish'] !== undefined
  return {
    items: rows.flatMap(({ id, number, status }) => {
      const request = requests.get(id)
      if (!request) return []
      const concerns =
        request.state === 'alone'
          ? publishes && status === 'published'
          : request.mayDecide || request.mine || (publishes && request.approvers.length === 0)
      return concerns ? [{ id, number, request }] : []
    }),
  }
}
