import type { Kind } from './kind.ts'

/** What a scope column that is kept beside is called. */
const kept = (column: string): string => `scope_${column}`

/**
 * Statements that keep the scope columns of kinds that go `through` another: set when a row is written, whatever the writer says, and
 * followed when the record they come from moves. A row written while that record moves waits for it and takes the new values.
 */
export function keepScopes(kinds: ReadonlyMap<string, Kind>): string[] {
  const all = [...kinds.values()]
  return all.flatMap((kind) => [...settingOn(kinds, kind), ...followingOf(kind, all)])
}

/** Columns that a kind keeps of the one its scope goes through, by their names there. */
function columnsOf(kinds: ReadonlyMap<string, Kind>, kind: Kind): string[] {
  const target = kinds.get(kind.scope.through?.kind ?? '')
  if (!target) throw new Error(`${kind.id}: scope goes through an unknown kind ${kind.scope.through?.kind}`)
  const theirs = keptOf(target)
  const wrong = keptOf(kind).filter((column) => !theirs.map(kept).includes(column))
  if (wrong.length > 0) throw new Error(`${kind.id}: ${wrong.join(', ')} is no scope column of ${target.id}`)
  return theirs
}

const keptOf = ({ scope }: Kind): string[] => [
  ...(scope.supporting ?? []),
  ...(scope.managed ?? []),
  ...(scope.own ?? []),
]

function settingOn(kinds: ReadonlyMap<string, Kind>, kind: Kind): string[] {
  const { table, scope } = kind
  const drop = ['set', 'held'].map((name) => `drop trigger if exists scope_${name} on ${table}`)
  if (!scope.through) return drop
  const columns = columnsOf(kinds, kind)
  const from = kinds.get(scope.through.kind)?.table
  const run = `execute function set_scope_of_${table}()`
  return [
    ...drop,
    `create or replace function set_scope_of_${table}() returns trigger language plpgsql security definer set search_path = public as $$
      begin
        select ${columns.join(', ')} into ${columns.map((column) => `new.${kept(column)}`).join(', ')}
          from ${from} where id = new.${scope.through.column} for share;
        return new;
      end $$`,
    `create trigger scope_set before insert on ${table} for each row ${run}`,
    // What follows a move is set by the trigger that follows; everybody else's word is set right.
    `create trigger scope_held before update of ${[scope.through.column, ...columns.map(kept)].join(', ')} on ${table} for each row
      when (old.${scope.through.column} is distinct from new.${scope.through.column} or pg_trigger_depth() = 0) ${run}`,
    `do $$ begin
      drop trigger if exists audit_change on ${table};
      drop trigger if exists audit_gone on ${table};
      create trigger audit_gone after delete on ${table} for each row execute function audit_change('${kind.id}');
      create trigger audit_change after update on ${table} for each row
        when (pg_trigger_depth() = 0 or not (${columns.map((column) => `old.${kept(column)} is distinct from new.${kept(column)}`).join(' or ')}))
        execute function audit_change('${kind.id}');
    end $$`,
  ]
}

/** A record that moves takes along what hangs on it; a statement of its own for each, by the index on the column that refers to it. */
function followingOf(kind: Kind, all: readonly Kind[]): string[] {
  const { id, table } = kind
  const drop = `drop trigger if exists scope_moved on ${table}`
  const following = all.filter((one) => one.scope.through?.kind === id)
  const columns = keptOf(kind)
  if (following.length === 0 || columns.length === 0) return [drop]
  return [
    drop,
    `create or replace function move_scope_of_${table}() returns trigger language plpgsql security definer set search_path = public as $$
      begin
        ${following
          .map(
            (one) =>
              `update ${one.table} set ${columns.map((column) => `${kept(column)} = new.${column}`).join(', ')} where ${one.scope.through?.column} = new.id;`,
          )
          .join('\n        ')}
        return null;
      end $$`,
    `create trigger scope_moved after update of ${columns.join(', ')} on ${table} for each row
      when (${columns.map((column) => `old.${column} is distinct from new.${column}`).join(' or ')})
      execute function move_scope_of_${table}()`,
  ]
}
