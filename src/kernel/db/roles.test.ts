import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appUrl, type TestDatabase } from '../../../test/database.ts'
import { sampleDatabase } from '../../../test/sample-database.ts'
import { registry } from '../../app/registry.ts'
import { syncPolicies } from '../records/policies.ts'
import { missingRoles, settleOwners, unsettledOwners } from './roles.ts'

let base: TestDatabase
let thief: pg.Client

beforeAll(async () => {
  base = await sampleDatabase()
  // Somebody who read the program's password from the machine's environment, with psql.
  thief = new pg.Client({ connectionString: await appUrl(base.url) })
  await thief.connect()
})
afterAll(async () => {
  await thief.end()
  await base.drop()
})

/** What the database answers: a refusal's code, or how many rows came or went. */
const tried = (statement: string): Promise<string | number> =>
  thief.query('reset role').then(() =>
    thief.query(statement).then(
      (done) => (Array.isArray(done) ? done.at(-1) : done).rowCount ?? 0,
      (error: { code: string }) => error.code,
    ),
  )
const refused = '42501'

describe('Whoever has the program’s password', () => {
  const asProgram = (statement: string) => `set role kambook_program; ${statement}`
  test.each([
    'select changes from audit',
    'update audit set person_id = 1',
    'delete from audit',
    'truncate audit',
    "insert into audit (kind, record_id, action, changes) values ('account', 1, 'create', '{}')",
    'alter table audit disable trigger all',
    'drop trigger append_only on audit',
    'alter table audit no force row level security',
    'create policy mine on audit using (true)',
    'drop table audit',
    'update security_log set address = null',
    'delete from security_log',
    'truncate security_log',
    "insert into security_log (event) values ('sign-in')",
    'drop table security_log cascade',
    'delete from log_link',
    'update log_segment set digest = before',
    'select * from log_salt',
    'update log_floor set row_id = 0',
    "select log_erase('audit', 1, 'me')",
    'create or replace function security_event(event text, login text, address text, detail jsonb) returns void language sql as $$ select $$',
    "set session_replication_role = 'replica'",
    'create table public.mine (id int)',
    'update declaration_stamp set digest = 1',
    'delete from kysely_migration',
    'alter role kambook_app superuser',
    'grant kambook_keeper to kambook_app',
    'drop table account cascade',
    'truncate account cascade',
    'alter table app_user disable row level security',
    'alter table edition disable trigger all',
  ])('is refused: %s', async (statement) => {
    expect([await tried(statement), await tried(asProgram(statement))]).toEqual([refused, refused])
  })

  test.each(['kambook_keeper', 'kambook_owner'])(
    'cannot become %s, not by way of the program either',
    async (role) => {
      expect([await tried(`set role ${role}`), await tried(asProgram(`set role ${role}`))]).toEqual([
        refused,
        refused,
      ])
      expect(await tried(asProgram(`set session authorization ${role}`))).toBe(refused)
    },
  )

  test('reads neither password hashes nor sessions, and no records, without saying who acts', async () => {
    expect(await tried('select password_hash from app_user')).toBe(refused)
    expect(await tried('select digest from auth_session')).toBe(refused)
    expect(await tried('select bytes from import_file')).toBe(0)
    expect(await tried('select id from account')).toBe(0)
    expect(await tried('select id from audit')).toBe(0)
  })

  test('cannot have the trail written by a trigger of his own, nor put a table of his own before ours', async () => {
    expect(
      await tried(`create temporary table mine (id int);
        create trigger forged after update on mine for each row execute function audit_change('account')`),
    ).toBe(refused)
    const written = () =>
      base.db.pool.query('select count(*)::int as n from public.audit').then(({ rows }) => rows[0].n)
    const before = await written()
    // Tables that are looked up first would swallow what the owner's functions write, and grant what these look up.
    await thief.query(`reset role; create temporary table audit (id bigint, user_id int, person_id int, edition_id int, kind text,
        record_id bigint, action text, changes jsonb);
      create temporary table held_right (person_id int, unit_id int, kind text, verb text, reach text);
      insert into held_right values (1, 1, 'account', 'read', 'all'); grant all on held_right, audit to public`)
    await thief.query(
      "select set_config('app.person_id', '1', false), set_config('app.edition_id', '1', false)",
    )
    const { rows } = await thief.query(`select app_all('account', 'read') as "all"`)
    const { rows: real } = await base.db.pool.query(
      "select exists (select from (select set_config('app.person_id', '1', false), set_config('app.edition_id', '1', false)) s, held_right where person_id = 1 and kind = 'account' and reach = 'all') as \"all\"",
    )
    expect(rows[0].all).toBe(real[0].all)
    await thief.query(
      "set role kambook_program; insert into public.account (code, name) values ('THIEF-1', '示例'); reset role",
    )
    expect(await written()).toBe(before + 1)
  })
})

describe('Roles', () => {
  test('own what they should, and a second look finds nothing to do', async () => {
    expect(await missingRoles(base.db.pool)).toEqual([])
    expect(await unsettled()).toEqual([])
    const { rows } = await base.db.pool.query<{
      owner: string
      things: string[]
    }>(`select pg_get_userbyid(relowner) as owner,
      array_agg(relname::text order by relname) as things from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') group by 1 order by 1`)
    expect(rows.map((row) => row.owner)).toEqual(['kambook_keeper', 'kambook_owner'])
    expect(rows[0]?.things).toEqual([
      'audit',
      'audit_told',
      'log_floor',
      'log_link',
      'log_row',
      'log_salt',
      'log_segment',
      'security_log',
    ])
    const { rows: whole } = await base.db.pool.query<{ name: string }>(
      "select rolname as name from pg_roles where rolname like 'kambook\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
    )
    expect(whole).toEqual([])
  })

  test('every function that works with its owner’s rights looks into no temporary table', async () => {
    const { rows } =
      await base.db.pool.query(`select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
      and not coalesce(array_to_string(proconfig, ',') like '%search_path=public, pg_temp%', false)`)
    expect(rows).toEqual([])
  })

  test('what an administrator made or gave away comes back to its owner', async () => {
    await base.db.pool.query(`create table later (id int generated always as identity primary key);
      alter table later enable row level security;
      create function later_all() returns int language sql security definer set search_path = public as 'select count(*)::int from later';
      alter table account owner to current_user; grant update on audit to kambook_program`)
    expect(await unsettled()).not.toEqual([])
    await settleOwners(base.db.pool)
    expect(await unsettled()).toEqual([])
    expect(
      await tried('set role kambook_program; insert into later default values; select * from later'),
    ).toBe(1)
    expect(await tried('select * from later')).toBe(refused)
  })

  test('what is declared is written once', async () => {
    expect(await syncPolicies(base.db, registry)).toBe(false)
  })
})

async function unsettled(): Promise<string[]> {
  const client = await base.db.pool.connect()
  try {
    return await unsettledOwners(client)
  } finally {
    client.release()
  }
}
