import { sql } from 'kysely'
import type { Edition } from '../../handbook/model.ts'
import type { Tx } from '../db/database.ts'

export interface Holder {
  readonly personId: number
  readonly seatId: number
  readonly unitId: number
  readonly covers: readonly number[]
  readonly name: string
}

/** Who holds a post today; with `unitId` only seats in that unit, or that cover it. */
export async function holdersOf(
  tx: Tx,
  post: string,
  at: { unitId?: number | null } = {},
): Promise<Holder[]> {
  const { rows } =
    await sql<Holder>`select h.person_id as "personId", h.seat_id as "seatId", h.unit_id as "unitId", h.covers, called(p) as name
    from holder h join person p on p.id = h.person_id where h.post = ${post}
    ${at.unitId ? sql`and (h.unit_id = ${at.unitId} or ${at.unitId} = any(h.covers))` : sql``} order by h.seat_id`.execute(
      tx,
    )
  return rows
}

/** Business superior of a post in the edition; `null` ends the chain. */
export const superiorOf = (edition: Edition, post: string): string | null =>
  edition.posts.find((one) => one.id === post)?.superior ?? null

export interface Candidate extends Holder {
  /** The vacant post this person stands in for, else `null`. */
  readonly standsIn: string | null
  /** Post by which the person gets the work. */
  readonly post: string
}

/** Holders of a post; while it is vacant, those of its superior, and so on upwards. */
export async function candidatesFor(
  tx: Tx,
  edition: Edition,
  post: string,
  unitId: number | null = null,
): Promise<Candidate[]> {
  for (
    let at: string | null = post, steps = 0;
    at !== null && steps < 12;
    at = superiorOf(edition, at), steps += 1
  ) {
    const holders = await holdersOf(tx, at, at === post ? { unitId } : {})
    if (holders.length > 0)
      return holders.map((holder) => ({
        ...holder,
        post: at as string,
        standsIn: at === post ? null : post,
      }))
  }
  return []
}

export interface RepRelations {
  /** 业务线: who gives targets and judges results. */
  readonly business: Holder | null
  /** 商机线: the manager who leads the deals of the region. */
  readonly deal: Holder | null
  /** 日常监督: the region manager. */
  readonly supervision: Holder | null
  /** 行政: the unit that keeps the file and pays. */
  readonly administration: {
    readonly unitId: number
    readonly name: string
  } | null
}

/** The four relations of a rep, from his seat on the business date. */
export async function relationsOf(tx: Tx, edition: Edition, personId: number): Promise<RepRelations> {
  const { rows } = await sql<{
    unitId: number
    name: string
  }>`select h.unit_id as "unitId", u.name_zh as name
    from holder h join unit u on u.id = h.unit_id where h.person_id = ${personId} and h.post = 'REP' limit 1`.execute(
    tx,
  )
  const seat = rows[0] ?? null
  const first = async (post: string | null, unitId?: number) =>
    post ? ((await holdersOf(tx, post, unitId ? { unitId } : {}))[0] ?? null) : null
  return {
    business: await first(superiorOf(edition, 'REP')),
    deal: seat ? await first('KAM', seat.unitId) : null,
    supervision: seat ? await first('RGM', seat.unitId) : null,
    administration: seat,
  }
}
