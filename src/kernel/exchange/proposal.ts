import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Proposal } from './importer.ts'
import { runById } from './runs.ts'
import type { Loads, ProposalRow } from './wire.ts'

/** Whom a row may be given to: managers and representatives, by unit. */
export interface Candidate {
  readonly id: number
  readonly title: string
  readonly unit: string
}

const page = 50

/** The proposal as tried, and who may be chosen instead; `unit` and `owner` narrow it to what was proposed there or for him. */
export async function proposalOf(
  ctx: Ctx,
  id: number,
  {
    q,
    from,
    unit,
    owner,
  }: { q: string; from: number; unit?: number | undefined; owner?: number | undefined },
): Promise<{ items: ProposalRow[]; next: number | null; candidates: Candidate[] }> {
  const run = await runById(ctx.tx, id)
  const found = (run.trial?.proposal ?? []).filter(
    (one: Proposal) =>
      `${one.key} ${one.title}`.toLowerCase().includes(q.toLowerCase()) &&
      (unit === undefined || one.unit?.id === unit) &&
      (owner === undefined || one.owner?.id === owner),
  )
  return {
    items: found.slice(from, from + page) as ProposalRow[],
    next: found.length > from + page ? from + page : null,
    candidates: await candidatesOf(ctx),
  }
}

/** How the whole proposal falls on people: by key whom and where, the most that one should have, and units by name. */
export async function loadsOf(ctx: Ctx, id: number): Promise<Loads> {
  const { trial } = await runById(ctx.tx, id)
  const proposal = trial?.proposal ?? []
  const units = new Map(proposal.flatMap(({ unit }) => (unit ? [[unit.id, unit.title] as const] : [])))
  return {
    cap: trial?.cap ?? null,
    proposed: proposal.map(({ key, owner, unit }) => [key, owner?.id ?? null, unit?.id ?? null]),
    units: [...units].map(([unitId, title]) => ({ id: unitId, title })),
    people: await candidatesOf(ctx),
  }
}

async function candidatesOf(ctx: Ctx): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`select h.person_id as id, called(p) as title,
    case when ${ctx.lang}::text = 'en' then coalesce(nullif(u.name_en, ''), u.name_zh) else u.name_zh end as unit
    from holder h join person p on p.id = h.person_id join unit u on u.id = h.unit_id
    where h.post in ('REP', 'KAM') order by h.post desc, h.seat_id`.execute(ctx.tx)
  return rows
}
