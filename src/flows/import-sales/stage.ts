import { sql } from 'kysely'
import type { Edition } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'
import type { Choices, Mapping, RowFault, Taken } from '../../kernel/exchange/importer.ts'
import { unitsByName } from '../../kernel/org/units.ts'
import { keyOf } from '../../kernel/records/key.ts'
import { basisByYear } from '../../modules/orders/basis.ts'
import { chosenOf } from './choices.ts'
import { changedOwners, layLines, matchAccounts, matchLines } from './match.ts'
import { linesOf, peopleOf, returnedCodes, returnsOf } from './rows.ts'
import { type Source, sourceOf } from './source.ts'
import { type Years, yearsOf } from './years.ts'

export interface Staged {
  readonly faults: readonly RowFault[]
  readonly people: readonly { region: string; name: string }[]
  readonly source: Source
  readonly years: Years
}

/** Open regions by the key of every name, and as people call them. */
async function regionsOf(tx: Tx) {
  const regions = await unitsByName(tx, true)
  const { rows } = await sql<{
    name: string
  }>`select regexp_replace(name_zh, '(大区|区)$', '') as name from unit
    where level = 'region' and (closed_on is null or closed_on > app_today()) order by id`.execute(tx)
  return { regions, regionNames: rows.map((row) => row.name) }
}

/** Keys of codes that several accounts from before share. */
async function sharedKeys(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{
    key: string
  }>`select key_of(code) as key from account where twin_of is not null`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

/**
 * Lays the sound rows into temporary tables of this transaction: `said_line` with the record each is, `said_account`, `said_return`.
 * @throws Refusal 422 when a choice does not fit what is set
 */
export async function stage(
  tx: Tx,
  taken: Taken,
  mapping: Mapping,
  choices: Choices,
  edition: Edition,
): Promise<Staged> {
  const chosen = chosenOf(choices)
  const source = await sourceOf(tx, chosen)
  const { regions, regionNames } = await regionsOf(tx)
  const { currency } = edition
  const { lines, faults, mentioned } = linesOf(taken, mapping, {
    regions,
    regionNames,
    numbers: source.numbers,
    currency,
    states: chosen.states,
    shared: await sharedKeys(tx),
  })
  const years = yearsOf(lines, await basisByYear(tx), chosen.basis, edition, mapping, taken)
  const undated = new Set(years.faults.map(({ row }) => row))
  await layLines(
    tx,
    years.lines.map((line) => ({ ...line, unit_id: regions.get(keyOf(line.region)) })),
    [...mentioned, ...lines.filter(({ row }) => undated.has(row))],
  )
  await matchLines(tx, source)
  await matchAccounts(tx)
  const changed = await changedOwners(tx, source, mapping, taken)
  const known = await sql<{ code: string }>`select distinct code from sales_order
    where source = ${source.code} and code = any(${returnedCodes(taken, mapping)}::text[])`.execute(tx)
  const orders = new Set([...known.rows.map((row) => row.code), ...lines.map((line) => line.order_code)])
  const back = returnsOf(taken, mapping, orders)
  await sql`create temporary table said_return on commit drop as
    select order_code, returned from jsonb_to_recordset(${JSON.stringify(back.returns)}::jsonb) as r(order_code text, returned boolean)`.execute(
    tx,
  )
  return {
    faults: [...faults, ...years.faults, ...changed, ...back.faults],
    people: peopleOf(taken, mapping),
    source,
    years,
  }
}
