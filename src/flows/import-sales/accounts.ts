import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../kernel/db/database.ts'
import type { Proposed } from './propose.ts'

/** Names are one when only width, case and blanks differ. */
export const renames = sql<boolean>`key_of(a.name) <> key_of(s.name)`

/** Only what is at least as new as the day that an account's name is known from may change it: an older file does not rename back. */
const newest = sql<boolean>`(d.named_on is null or s.named_on >= d.named_on)`

/** Whether the account `s` of the file gives the account `a`, named as of `d`, another name or industry. */
export const changesAccount: RawBuilder<boolean> = sql<boolean>`(${newest}
  and (${renames} or (s.industry is not null and a.industry is distinct from s.industry)))`

export interface Renaming {
  code: string
  before: string
  after: string
  /** Whether the file's name is taken; else what stands is newer. */
  taken: boolean
}

/** Accounts that the file names otherwise. */
export async function renamings(tx: Tx): Promise<Renaming[]> {
  const { rows } = await sql<Renaming>`select a.code, a.name as before, s.name as after, ${newest} as taken
    from said_account s join account a on a.id = s.id left join account_named d on d.account_id = a.id
    where ${renames} order by a.code`.execute(tx)
  return rows
}

/**
 * Makes the accounts that are new, with the owners proposed, and brings the others up to date: owners where there is none, name and
 * industry where the file is as new as what stands. Tells `said_account` which each is.
 */
export async function writeAccounts(tx: Tx, fileName: string, proposed: readonly Proposed[]): Promise<void> {
  await sql`create temporary table proposed on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(proposed)}::jsonb)
      as p(code text, unit_id int, owner_id int, backup_id int, manager_id int)`.execute(tx)
  await sql`update account a set home_unit_id = coalesce(a.home_unit_id, p.unit_id), owner_id = p.owner_id,
      backup_id = coalesce(a.backup_id, nullif(p.backup_id, p.owner_id)), manager_id = coalesce(a.manager_id, p.manager_id),
      rev = a.rev + 1, updated_at = app_now()
    from proposed p where a.code = p.code and a.owner_id is null
      and (a.home_unit_id is null or p.owner_id is not null or a.manager_id is null)`.execute(tx)
  await sql`create temporary table renamed on commit drop as select s.id
    from said_account s join account a on a.id = s.id left join account_named d on d.account_id = a.id where ${changesAccount}`.execute(
    tx,
  )
  await sql`update account a set name = case when ${renames} then s.name else a.name end, industry = coalesce(s.industry, a.industry),
      rev = a.rev + 1, updated_at = app_now()
    from said_account s where s.id = a.id and a.id in (select id from renamed)`.execute(tx)
  await sql`with made as (
      insert into account (code, name, industry, source, home_unit_id, owner_id, backup_id, manager_id)
      select s.code, s.name, s.industry, left(${fileName}, 60), p.unit_id, p.owner_id, nullif(p.backup_id, p.owner_id), p.manager_id
      from said_account s left join proposed p on p.code = s.code where s.id is null order by s.code returning id, code
    ) update said_account s set id = m.id from made m where s.id is null and m.code = s.code`.execute(tx)
  await sql`insert into account_named as d (account_id, named_on) select id, named_on from said_account order by id
    on conflict (account_id) do update set named_on = excluded.named_on
    where d.named_on < excluded.named_on or d.account_id in (select id from renamed)`.execute(tx)
}
