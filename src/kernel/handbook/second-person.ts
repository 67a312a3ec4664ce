import { sql } from 'kysely'
import { compareEditions, type ElementChange } from '../../handbook/compare/compare.ts'
import type { Edition, SystemPart, Text } from '../../handbook/model.ts'
import type { Registry } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { editionInside, shelfOf } from './stored.ts'
import type { House } from './take.ts'

/** Switch of the edition in force: whether what changes rights, posts, limits or indicators needs somebody else's approval. */
export const secondPersonSwitch = 'handbook.second_person'

export const wantsSecond = (edition: Edition): boolean =>
  edition.switches.find((one) => one.id === secondPersonSwitch)?.value === 'on'

/** A change that nobody makes alone, as it is kept with the request. */
export interface Weighty {
  readonly group: 'right' | 'post' | 'norm' | 'kpi' | 'switch'
  readonly change: ElementChange['change']
  readonly code: string
  readonly name: Text
}

const isWeighty = ({ group, key }: ElementChange): boolean =>
  group === 'right' ||
  group === 'post' ||
  group === 'kpi' ||
  key === `switch:${secondPersonSwitch}` ||
  /^norm:norm\.limits(\.|$)/.test(key)

/** What of the differences between two editions nobody changes alone. */
export function weightyChanges(before: Edition, after: Edition, registry: Registry): Weighty[] {
  const kinds = Object.fromEntries([...registry.kinds.values()].map((kind) => [kind.id, kind.label]))
  return compareEditions(before, after, kinds)
    .changes.filter(isWeighty)
    .map(({ group, change, code, name }) => ({ group: group as Weighty['group'], change, code, name }))
}

/** Whose approval it takes: rights alone are the department's, posts, limits and indicators stand above it (E-3). */
export const partOf = (changes: readonly Weighty[]): Extract<SystemPart, 'handbook' | 'standards'> =>
  changes.every((one) => one.group === 'right') ? 'handbook' : 'standards'

/** What an edition would change against all that others go by or are going to: the one in force and those that wait. */
export async function weighed(
  tx: Tx,
  house: House,
  id: number,
  after: Edition,
): Promise<{ changes: Weighty[]; against: string; inForce: number | null; wanted: boolean }> {
  const { rows } = await sql<{ id: number; status: string }>`select id, status from edition
    where status in ('effective', 'published') and id <> ${id} order by id`.execute(tx)
  const inForce = rows.find((one) => one.status === 'effective')?.id ?? null
  const found = new Map<string, Weighty>()
  let wanted = false
  for (const row of rows) {
    const before = await editionInside({ tx, house: { shelf: shelfOf(house.db) } }, row.id)
    if (!before) continue
    if (row.id === inForce) wanted = wantsSecond(before)
    for (const one of weightyChanges(before, after, house.registry))
      found.set(`${one.group}:${one.code}:${one.name.en}`, one)
  }
  return { changes: [...found.values()], against: rows.map((one) => one.id).join(), inForce, wanted }
}

/** People who may approve by the edition in force, without the one who asks. The transaction's moment says who holds a post. */
export async function approvers(
  tx: Tx,
  inForce: number | null,
  part: string,
  but: number,
): Promise<{ personId: number; name: string }[]> {
  const { rows } = await sql<{ personId: number; name: string }>`
    select distinct h.person_id as "personId", called(p) as name from holder h
      join right_grant g on g.post = h.post and g.edition_id = ${inForce} and g.kind = ${`system.${part}`} and g.verb = 'approve'
      join person p on p.id = h.person_id
      join app_user u on u.person_id = h.person_id and u.disabled_at is null
    where h.person_id <> ${but} order by 1`.execute(tx)
  return rows
}
