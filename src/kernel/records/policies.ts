import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Verb } from '../../handbook/model.ts'
import { trailsOf } from '../audit/trail.ts'
import type { Registry } from '../context.ts'
import { type Database, openAsAdmin, openDatabase } from '../db/database.ts'
import { adminNeeded } from '../db/migrate.ts'
import { mayAdminister, owner, program, settleOwners } from '../db/roles.ts'
import { keepScopes } from './keep-scope.ts'
import { type Kind, rightKindOf } from './kind.ts'

/** What is declared: record kinds, and what else the trail speaks of. */
type Declared = Pick<Registry, 'kinds' | 'trails'>

/** SQL that is true for rows within the actor's reach; every function in it is asked once per statement. */
export function reachSql(kind: Kind, verb: Verb): string {
  const right = `'${rightKindOf(kind)}', '${verb}'`
  const terms = [`(select app_all(${right}))`]
  const { unit, supporting = [], managed = [], own = [] } = kind.scope
  if (unit) terms.push(`${unit} = any((select app_units(${right}))::int[])`)
  for (const one of supporting) terms.push(`${one} = any((select app_units(${right}))::int[])`)
  if (managed.length > 0) terms.push(`(select app_managed(${right})) in (${managed.join(', ')})`)
  if (own.length > 0) terms.push(`(select app_own(${right})) in (${own.join(', ')})`)
  return terms.join(' or ')
}

/** All statements that put the declarations into the database; running them twice changes nothing. */
export function policyStatements(declared: Declared): string[] {
  const { kinds } = declared
  return [
    ...[...kinds.values()].flatMap(tablePolicies),
    ...keepScopes(kinds),
    ...[...kinds.values()].flatMap(settling),
    ...visibility([...kinds.values()]),
    openness(declared),
    ...[...kinds.values()].flatMap(searching),
  ]
}

/** Settled fields stay whichever way a row is written: by a form, by a file, by a flow that another module adds. */
function settling({ table, fields }: Kind): string[] {
  const settled = Object.entries(fields).filter(([, field]) => field.settled)
  const drop = `drop trigger if exists keep_settled on ${table}`
  if (settled.length === 0) return [drop]
  const said = settled.map(([path, { label }]) => ({ path, ...label }))
  return [
    drop,
    `create trigger keep_settled before update of ${settled.map(([id]) => id).join(', ')} on ${table} for each row
      when (${settled.map(([id]) => `old.${id} is distinct from new.${id}`).join(' or ')})
      execute function refuse_settled('${JSON.stringify(said).replaceAll("'", "''")}')`,
  ]
}

function tablePolicies(kind: Kind): string[] {
  const { table } = kind
  const drop = (name: string) => `drop policy if exists ${name} on ${table}`
  const reach = (verb: Verb) => reachSql(kind, verb)
  return [
    `grant select, insert, update, delete on ${table} to kambook_app`,
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    ...['scope_read', 'scope_create', 'scope_update', 'scope_delete', 'internal'].map(drop),
    `create policy scope_read on ${table} for select to kambook_app using (${reach('read')})`,
    `create policy scope_create on ${table} for insert to kambook_app with check (${reach('create')} or ${reach('import')})`,
    // What may be changed is decided by where the row stands; assigning moves it away, so the new place asks for less.
    `create policy scope_update on ${table} for update to kambook_app using (${reach('update')} or ${reach('import')}) with check (${reach('update')} or ${reach('import')} or (select app_all('${rightKindOf(kind)}', 'assign')))`,
    `create policy scope_delete on ${table} for delete to kambook_app using (${reach('delete')})`,
    `create policy internal on ${table} to ${owner}, ${program} using (true) with check (true)`,
  ]
}

/**
 * What finds a kind's rows by words: rows whose search fields hold `q`, or whose name may be typed as `typed`, within the asker's reach.
 * `found_in_<table>(q, typed)` gives their ids; `best_in_<table>(q, typed, most)` the shortest titles; `broad_in_<table>(q, typed)` whether
 * the words find so many that a page is found sooner by its order than by them.
 */
function searching(kind: Kind): string[] {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.search)
  if (fields.length === 0) return []
  const { table } = kind
  const pinyin = fields.find(([, field]) => field.pinyin)?.[0]
  return [
    ...(pinyin ? [`select keep_pinyin('${kind.id}', '${table}', '${pinyin}')`] : []),
    ...[foundIn(kind), bestFound(kind), broad(kind)].flat(),
    ...['found_in', 'best_in', 'broad_in'].flatMap((name) => [
      `revoke execute on function ${name}_${table} from public`,
      `grant execute on function ${name}_${table} to kambook_app`,
    ]),
  ]
}

/** Each way to find rows by `$1`, words, or `$2`, what may be pinyin: character pairs find by index, the second test makes them exact. */
function waysOf(kind: Kind): string[] {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.search)
  return [
    ...fields.map(([id]) => `grams(${id}) @> qgrams($1) and ${id} ilike '%' || escape_like($1) || '%'`),
    ...(fields.some(([, field]) => field.pinyin) ? [`id in (select found_by_pinyin('${kind.id}', $2))`] : []),
  ]
}

/**
 * A function that asks the indexes without row security, which would look into every row instead, and says the reach by itself: in values, so
 * that it is planned with the very words and the very reach. How many a word finds, and how many rows are one's own, differ by thousands.
 */
function within(kind: Kind, head: string, statement: (reach: string) => string, more: string): string[] {
  const { unit, supporting = [], managed = [], own = [] } = kind.scope
  const right = `'${rightKindOf(kind)}', 'read'`
  const terms = [
    '$3',
    ...[...(unit ? [unit] : []), ...supporting].map((name) => `${name} = any($4)`),
    ...managed.map((name) => `${name} = $5`),
    ...own.map((name) => `${name} = $6`),
  ]
  const name = head.slice(0, head.indexOf('(')).trim()
  return [
    `drop function if exists ${name}`,
    `create function ${head} language plpgsql stable security definer set search_path = public, pg_temp as $f$
      begin return query execute $q$ ${statement(`(${terms.join(' or ')})`)} $q$
        using q, typed, app_all(${right}), app_units(${right})::int[], app_managed(${right}), app_own(${right})${more}; end $f$`,
  ]
}

const foundIn = (kind: Kind): string[] =>
  within(
    kind,
    `found_in_${kind.table}(q text, typed text) returns setof int`,
    (reach) =>
      waysOf(kind)
        .map((way) => `select id from ${kind.table} where ${way} and ${reach}`)
        .join(' union '),
    '',
  )

function bestFound(kind: Kind): string[] {
  const { table, title, code } = kind
  return within(
    kind,
    `best_in_${table}(q text, typed text, most int) returns table (id int, title text, code text)`,
    (reach) =>
      `select * from (${waysOf(kind)
        .map(
          (
            way,
          ) => `(select id, ${title}::text as title, ${code ?? 'null'}::text as code from ${table} where ${way} and ${reach}
            order by length(${title}), id limit $7)`,
        )
        .join(' union ')}) f order by length(f.title), f.id limit $7`,
    ', most',
  )
}

/** Beyond this many rows found, walking a list in its order meets the next of them sooner than looking all of them up. */
const many = 2000

const broad = (kind: Kind): string[] =>
  within(
    kind,
    `broad_in_${kind.table}(q text, typed text) returns setof boolean`,
    (reach) =>
      `select count(*) > ${many} from (${waysOf(kind)
        .map((way) => `(select from ${kind.table} where ${way} and ${reach} limit ${many + 1})`)
        .join(' union all ')}) f`,
    '',
  )

/** History follows the record: who sees the row sees what happened to it; the auditor sees all. */
function visibility(kinds: readonly Kind[]): string[] {
  const branches = kinds.map(
    (kind) => `when '${kind.id}' then return exists (select from public.${kind.table} where id = record);`,
  )
  return [
    'drop policy if exists scope_read on audit',
    `create or replace function record_visible(kind text, record bigint) returns boolean language plpgsql stable as $$
      begin case kind ${branches.join(' ')} else return false; end case; end $$`,
    'grant execute on function record_visible to kambook_app',
    `create policy scope_read on audit for select to kambook_app
      using ((select app_all('system.audit', 'read')) or record_visible(kind, record_id))`,
  ]
}

/**
 * `audit_open(kind, record)`: whether the actor may read what an entry of the trail says was written: of a kind that he reads as a whole,
 * gone records too; of another one what row security shows him. It works with the asker's own rights, for the view `audit_told`.
 */
function openness(declared: Declared): string {
  const branches = [...trailsOf(declared).values()].map(({ id, governedBy, table }) => {
    const seen = table === null ? '' : ` or exists (select from public.${table} t where t.id = record)`
    return `when '${id}' then return app_all('${governedBy}', 'read')${seen};`
  })
  return `create or replace function audit_open(kind text, record bigint) returns boolean language plpgsql stable as $$
    begin case kind ${branches.join(' ')} else return false; end case; end $$`
}

/**
 * Brings row security in line with the declarations, in one transaction, when they changed since the last start.
 * @param db an administrator's lanes (`openAsAdmin`)
 * @returns whether anything was written
 */
export async function syncPolicies(db: Database, declared: Declared): Promise<boolean> {
  const statements = policyStatements(declared)
  const digest = digestOf(statements)
  const written = await db.heavy.kysely.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7101)`.execute(tx)
    const { rows } = await sql<{
      digest: string
    }>`select digest from declaration_stamp`.execute(tx)
    if (rows[0]?.digest === digest) return false
    await sql.raw(statements.join(';\n')).execute(tx)
    await sql`insert into declaration_stamp (digest) values (${digest}) on conflict (id) do update set digest = excluded.digest`.execute(
      tx,
    )
    return true
  })
  if (written) await settleOwners(db.heavy.pool)
  return written
}

/**
 * The same at a start, by the administrator's address; one that may change nothing only looks whether all is in line.
 * @throws Refusal `admin-needed`
 */
export async function declareKinds(url: string, declared: Declared): Promise<void> {
  const db = openAsAdmin(url, { max: 1 })
  try {
    if (await mayAdminister(db.pool)) await syncPolicies(db, declared)
    else await requireDeclared(url, declared)
  } finally {
    await db.close()
  }
}

async function requireDeclared(url: string, declared: Declared): Promise<void> {
  const db = openDatabase(url, { max: 1 })
  try {
    const { rows } = await sql<{ digest: string }>`select digest from declaration_stamp`.execute(db.kysely)
    if (rows[0]?.digest !== digestOf(policyStatements(declared))) throw adminNeeded()
  } finally {
    await db.close()
  }
}

const digestOf = (statements: readonly string[]): string =>
  createHash('sha256').update(statements.join('\n')).digest('hex')
