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
 * `found_in_<table>(q, typed)`: ids of rows whose search fields hold `q`, or whose name may be typed as `typed`. It asks the indexes
 * without row security, which would look into every row instead; whoever asks reads the rows themselves under it.
 */
function searching(kind: Kind): string[] {
  const fields = Object.entries(kind.fields).filter(([, field]) => field.search)
  if (fields.length === 0) return []
  const pinyin = fields.find(([, field]) => field.pinyin)?.[0]
  // Character pairs find the candidates by index, the second test makes them exact.
  const ways = fields.map(
    ([id]) =>
      `select id from ${kind.table} where grams(${id}) @> qgrams(q) and ${id} ilike '%' || escape_like(q) || '%'`,
  )
  if (pinyin) ways.push(`select found_by_pinyin('${kind.id}', typed)`)
  return [
    ...(pinyin ? [`select keep_pinyin('${kind.id}', '${kind.table}', '${pinyin}')`] : []),
    `create or replace function found_in_${kind.table}(q text, typed text) returns setof int language sql stable security definer
      set search_path = public, pg_temp rows 100 as $$ ${ways.join(' union ')} $$`,
    `revoke execute on function found_in_${kind.table} from public`,
    `grant execute on function found_in_${kind.table} to kambook_app`,
    bestFound(kind, fields, pinyin),
    `revoke execute on function best_in_${kind.table} from public`,
    `grant execute on function best_in_${kind.table} to kambook_app`,
  ]
}

/**
 * `best_in_<table>(q, typed, most)`: the shortest titles found, within the asker's reach. Each way of finding takes its best by itself, by
 * its own index and with the reach beside it, planned with the very word: how many a word finds differs by thousands.
 */
function bestFound(kind: Kind, fields: readonly [string, unknown][], pinyin: string | undefined): string {
  const { table, title, code } = kind
  const best = (found: string) =>
    `(select id, ${title}::text as title, ${code ?? 'null'}::text as code from ${table} where ${found} and (${reachSql(kind, 'read')})
        order by length(${title}), id limit $3)`
  const ways = fields.map(([id]) =>
    best(`grams(${id}) @> qgrams($1) and ${id} ilike '%' || escape_like($1) || '%'`),
  )
  if (pinyin) ways.push(best(`id in (select found_by_pinyin('${kind.id}', $2))`))
  return `create or replace function best_in_${table}(q text, typed text, most int) returns table (id int, title text, code text)
      language plpgsql stable security definer set search_path = public, pg_temp as $f$
      begin return query execute $q$ select * from (${ways.join(' union ')}) f order by length(f.title), f.id limit $3 $q$ using q, typed, most; end $f$`
}

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
