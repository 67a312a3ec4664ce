import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { Kind } from './kind.ts'
import { readRecord } from './read.ts'
import type { ConflictDetail } from './wire.ts'

interface Change {
  field: string
  at: Date
  id: number | null
  name: string | null
}

const by = ({ at, id, name }: Change) => ({
  who: id === null || name === null ? null : { id, name },
  at: at.toISOString(),
})

/** Who wrote each field last, by the trail of the record, which whoever may read the record may read. */
async function lastChanges(ctx: Ctx, kind: Kind, id: number): Promise<Change[]> {
  const { rows } =
    await sql<Change>`select distinct on (field) field, a.at, a.person_id as id, called(p) as name
    from (select * from audit_told where kind = ${kind.id} and record_id = ${id} order by id desc limit 100) a
      cross join lateral unnest(a.fields) field left join person p on p.id = a.person_id
    order by field, a.id desc`.execute(ctx.tx)
  return rows.filter((row) => row.field in kind.fields)
}

/**
 * The answer to a change that was based on an older revision: how the record stands now, as far as the asker may read it, and who wrote
 * each field last. `said` is what was to be written, by field; nothing of it for a deletion.
 * @returns Refusal 412 `conflict` with `ConflictDetail`
 */
export async function conflictOf(
  ctx: Ctx,
  kind: Kind,
  id: number,
  said: Readonly<Record<string, unknown>> | null,
): Promise<Refusal> {
  const current = await readRecord(ctx, kind, id)
  const changes = await lastChanges(ctx, kind, id)
  const last = changes.reduce<Change | null>((one, next) => (one && one.at >= next.at ? one : next), null)
  const fields = Object.entries(said ?? {}).flatMap(([field, yours]) =>
    kind.fields[field] ? [{ field, yours, theirs: current[field] ?? null }] : [],
  )
  const detail: ConflictDetail = {
    rev: current.rev,
    ...(last ? by(last) : { who: null, at: null }),
    current,
    changes: Object.fromEntries(changes.map((change) => [change.field, by(change)])),
    both: fields.filter(({ yours, theirs }) => plain(yours) !== plain(theirs)),
  }
  const who: Text = last?.name ? { zh: last.name, en: last.name } : { zh: '另一个人', en: 'Somebody else' }
  const kept = said === null ? { zh: '删除', en: 'deleted' } : { zh: '保存', en: 'saved' }
  return new Refusal(
    412,
    'conflict',
    {
      zh: `没有${kept.zh}：${who.zh}刚改过这条${kind.label.zh}`,
      en: `Not ${kept.en}: ${who.en} has just changed this ${kind.label.en.toLowerCase()}`,
    },
    { detail: { ...detail } },
  )
}

/** A value without its dress: the id of a reference, the amount of money. */
const plain = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? String('id' in value ? value.id : 'amount' in value ? value.amount : JSON.stringify(value))
      : String(value)
