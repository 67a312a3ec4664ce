import type pg from 'pg'

/** Owns the audit trail, the security log and their chain. Nobody signs in as it, and the program is no member of it. */
export const keeper = 'kambook_keeper'
/** Owns everything else. Entered only by start, backup, restore, and by what changes tables. */
export const owner = 'kambook_owner'
/** The program's own work: sessions, jobs, editions, imports. It owns nothing, so that it can neither drop nor empty a table. */
export const program = 'kambook_program'
/** Signs in, and is what a person's request works as, under row security. It inherits nothing. */
export const app = 'kambook_app'
export const roles = [keeper, owner, program, app] as const

/** What the keeper owns. Nothing but its own functions writes there. */
const keeperTables = [
  'audit',
  'audit_told',
  'security_log',
  'log_link',
  'log_salt',
  'log_segment',
  'log_floor',
  'log_row',
]
/** The trail without what was written: that is read by a person's request alone, through `audit_told`, as far as he may read the record. */
const auditFacts = 'id, at, user_id, person_id, edition_id, kind, record_id, action, xact'
/** Prefixes of the keeper's functions. */
const keeperFunctions = ['audit_', 'security_event', 'append_only', 'log_']
/** Tables that the program reads and only a start writes. */
const startTables = ['kysely_migration', 'kysely_migration_lock', 'declaration_stamp']

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')
const begins = (column: string): string =>
  keeperFunctions.map((name) => `starts_with(${column}, '${name}')`).join(' or ')

interface Standing {
  readonly who: string
  readonly whole: boolean
  readonly missing: string[]
  readonly foreign: string[]
  readonly entered: boolean
}

const standingQuery = `select current_user::text as who, (select rolsuper from pg_roles where rolname = current_user) as whole,
  array(select r from unnest(array[${list(roles)}]) r where not exists (select from pg_roles where rolname = r)) as missing,
  array(select rolname::text from pg_roles where rolname in (${list(roles)}) and not pg_has_role(current_user, oid, 'usage')) as foreign,
  coalesce((select pg_has_role(a.oid, p.oid, 'member') from pg_roles a, pg_roles p where a.rolname = '${app}' and p.rolname = '${program}'), false) as entered`

/** Statements that give a server the roles, and `who` the use of them; none when all stand. */
export async function missingRoles(db: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows } = await db.query<Standing>(standingQuery)
  const { who, whole, missing, foreign, entered } = rows[0] as Standing
  const given = whole ? [] : [...missing, ...foreign]
  return [
    ...missing.map(
      (name) =>
        `create role ${name} nologin nosuperuser nocreatedb nocreaterole nobypassrls${name === app ? ' noinherit' : ''}`,
    ),
    ...(entered ? [] : [`grant ${program} to ${app}`]),
    ...given.map((name) => `grant ${name} to "${who.replaceAll('"', '""')}"`),
  ]
}

/** Makes the roles where they are missing. Roles belong to the whole server, so that another database's start may be at it as well. */
export async function ensureRoles(db: Pick<pg.Pool, 'query'>): Promise<void> {
  for (let left = 20; ; left -= 1) {
    const statements = await missingRoles(db)
    if (statements.length === 0) return
    try {
      for (const statement of statements) await db.query(statement)
    } catch (error) {
      // Made by another start at this very moment (42710, 23505), or the same row changed by it (XX000).
      const code = (error as { code?: string }).code ?? ''
      if (left === 0 || !['42710', '23505', 'XX000'].includes(code)) throw error
    }
  }
}

/** What stands in the database otherwise than the roles demand, each as the statement that mends it. */
const unsettled = `with room as (
    select oid, nspname from pg_namespace where nspname in ('public', 'graphile_worker')
  ), relation as (
    select c.oid, c.relkind, c.relowner, c.relrowsecurity, c.oid::regclass::text as name,
      case when n.nspname = 'public' and c.relname in (${list(keeperTables)}) then '${keeper}' else '${owner}' end as wanted,
      n.nspname = 'public' and c.relname in (${list(startTables)}) or (n.nspname, c.relname) = ('graphile_worker', 'migrations') as start
    from pg_class c join room n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where (d.classid, d.objid) = ('pg_class'::regclass, c.oid)
        and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
  ), routine as (
    select p.oid, p.proname, p.prorettype, p.proowner, p.prosecdef, p.proconfig, p.oid::regprocedure::text as name, n.nspname,
      case when n.nspname = 'public' and (${begins('p.proname')}) then '${keeper}' else '${owner}' end as wanted
    from pg_proc p join room n on n.oid = p.pronamespace
    where not exists (select from pg_depend d where (d.classid, d.objid, d.deptype) = ('pg_proc'::regclass, p.oid, 'e'))
  ), policy as (
    select r.oid, r.name, r.wanted, p.oid is not null as there, array(select rolname::text from pg_roles where oid = any(p.polroles)) as roles
    from relation r left join pg_policy p on p.polrelid = r.oid and p.polname = 'internal' where r.relrowsecurity
  )
  select 0 as step, format('grant usage, create on schema public to %I', role) as statement from unnest(array['${owner}', '${keeper}']) role
    where not has_schema_privilege(role, 'public', 'create') or not has_schema_privilege(role, 'public', 'usage')
  union all select 0, format('grant usage on schema %I to %I', nspname, '${program}') from room
    where not has_schema_privilege('${program}', oid, 'usage')
  union all select 0, 'grant usage on schema public to ${app}' where not has_schema_privilege('${app}', 'public', 'usage')
  union all select 0, 'revoke create on schema public from public'
    where exists (select from pg_namespace n, aclexplode(n.nspacl) a where n.nspname = 'public' and a.grantee = 0 and a.privilege_type = 'CREATE')
  union all select 1, format('alter schema graphile_worker owner to %I', '${owner}') from pg_namespace
    where nspname = 'graphile_worker' and nspowner <> '${owner}'::regrole
  union all select 1, format('alter %s %s owner to %I', case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view'
    else 'table' end, name, wanted) from relation where relowner <> wanted::regrole
  union all select 1, format('alter type %s owner to %I', t.oid::regtype, '${owner}') from pg_type t join room n on n.oid = t.typnamespace
    left join pg_class c on c.oid = t.typrelid
    where t.typowner <> '${owner}'::regrole and (t.typtype in ('d', 'e', 'r') or t.typtype = 'c' and c.relkind = 'c')
      and not exists (select from pg_depend d where (d.classid, d.objid, d.deptype) = ('pg_type'::regclass, t.oid, 'e'))
  union all select 1, format('alter routine %s owner to %I', name, wanted) from routine where proowner <> wanted::regrole
  -- A temporary table must not stand in for a table of ours in a function that works with its owner's rights.
  union all select 2, format('alter function %s set search_path = public, pg_temp', name) from routine
    where prosecdef and nspname = 'public' and not exists (select from unnest(proconfig) c where c like 'search_path=%pg_temp')
  union all select 2, format('grant select, insert, update, delete on %s to %I', name, '${program}') from relation
    where relkind in ('r', 'p') and wanted = '${owner}' and not start and not (has_table_privilege('${program}', oid, 'select')
      and has_table_privilege('${program}', oid, 'insert') and has_table_privilege('${program}', oid, 'update')
      and has_table_privilege('${program}', oid, 'delete'))
  union all select 2, format('grant select on %s to %I', name, '${program}') from relation
    where (relkind in ('v', 'm') or start or wanted = '${keeper}') and name not in ('log_salt', 'log_row', 'audit', 'audit_told') and relkind <> 'S'
      and not has_table_privilege('${program}', oid, 'select')
  union all select 2, format('revoke select on %s from %I', name, role) from relation, unnest(array['${program}', '${app}']) role
    where name = 'audit' and has_table_privilege(role, oid, 'select') or name = 'audit_told' and role = '${program}' and has_table_privilege(role, oid, 'select')
  union all select 2, format('grant select (%s) on %s to %I', string_agg(quote_ident(a.attname), ', '), name, role)
    from relation r, unnest(array['${program}', '${app}']) role, pg_attribute a
    where name = 'audit' and a.attrelid = r.oid and a.attname = any('{${auditFacts}}'::text[])
      and not has_column_privilege(role, r.oid, a.attnum, 'select') group by name, role
  union all select 2, format('grant select on %s to %I', name, '${app}') from relation
    where name = 'audit_told' and not has_table_privilege('${app}', oid, 'select')
  union all select 2, format('revoke insert, update, delete, truncate on %s from %I, %I', name, '${program}', '${app}') from relation
    where (start or wanted = '${keeper}') and relkind in ('r', 'p') and (has_table_privilege('${program}', oid, 'insert, update, delete, truncate')
      or has_table_privilege('${app}', oid, 'insert, update, delete, truncate'))
  union all select 2, format('grant usage on sequence %s to %I', name, '${program}') from relation
    where wanted = '${owner}' and case when relkind = 'S' then not has_sequence_privilege('${program}', oid, 'usage') end
  union all select 2, format('grant execute on routine %s to %I', name, '${program}') from routine
    where wanted = '${owner}' and not has_function_privilege('${program}', oid, 'execute')
  -- A trigger that writes the trail is made by who owns the tables, and by nobody else: on a table of one's own it would write anything.
  union all select 2, format('grant execute on routine %s to %I', name, '${owner}') from routine
    where wanted = '${keeper}' and (prorettype = 'trigger'::regtype or proname = 'security_event')
      and not has_function_privilege('${owner}', oid, 'execute')
  union all select 2, format('revoke execute on routine %s from public', name) from routine r
    where wanted = '${keeper}' and exists (select from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      where p.oid = r.oid and a.grantee = 0)
  union all select 3, format(case when there then 'alter policy internal on %s to %s' else 'create policy internal on %s to %s using (true) with check (true)' end,
    name, case wanted when '${keeper}' then '${keeper}' else '${owner}, ${program}' end) from policy
    where not (roles @> case wanted when '${keeper}' then array['${keeper}'] else array['${owner}', '${program}'] end
      and cardinality(roles) = case wanted when '${keeper}' then 1 else 2 end)
  union all select 3, format('create policy program_reads on %s for select to %I using (true)', p.name, '${program}') from policy p
    where wanted = '${keeper}' and name <> 'log_salt'
      and not exists (select from pg_policy o where o.polrelid = p.oid and o.polname = 'program_reads')
  order by 1, 2`

/** Statements that would bring owners, grants and policies in line with the roles; none when all is in line. */
export async function unsettledOwners(db: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const { rows } = await db.query<{ statement: string }>(unsettled)
  return rows.map((row) => row.statement)
}

/**
 * Gives every table, function and policy to the role it belongs to, whoever made it: migrations are run by an administrator. Run by
 * a superuser or by a member of owner and keeper; a second run changes nothing.
 */
export async function settleOwners(pool: Pick<pg.Pool, 'connect'>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(7120)')
    // An owner has its grants changed with it: what is missing afterwards is found by a second look.
    for (let round = 0; round < 3; round += 1) {
      const statements = await unsettledOwners(client)
      if (statements.length === 0) break
      await client.query(statements.join(';\n'))
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** Whether a connection may change tables: a superuser, or a member of owner and keeper, or one that can make them. */
export async function mayAdminister(db: Pick<pg.Pool, 'query'>): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>(`select rolsuper or rolcreaterole or
    (select count(*) = ${roles.length} and bool_and(pg_has_role(current_user, r.oid, 'usage')) from pg_roles r
      where r.rolname in (${list(roles)})) as may
    from pg_roles where rolname = current_user`)
  return rows[0]?.may === true
}
