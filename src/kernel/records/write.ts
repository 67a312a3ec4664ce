import { sql } from 'kysely'
import type { Verb } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { outside, requireRight, scopeOf } from '../rights/may.ts'
import { conflictOf } from './conflict.ts'
import { reaches } from './filter.ts'
import { type Kind, type Row, rightKindOf } from './kind.ts'
import { readRecord } from './read.ts'
import type { Money } from './schema.ts'
import type { RecordItem } from './wire.ts'

type Values = Record<string, unknown>

async function rowOf(ctx: Ctx, kind: Kind, id: number): Promise<Row> {
  const { rows } = await sql<Row>`select * from ${sql.table(kind.table)} where id = ${id} for update`.execute(
    ctx.tx,
  )
  const row = rows[0]
  if (!row) throw notFound()
  return row
}

const blankAsNull = (value: unknown): unknown => (value === '' || value === undefined ? null : value)

/** Money as its column keeps it; the books are in one currency, another one is refused and not taken for it. */
function columnValues(ctx: Ctx, kind: Kind, values: Values): Values {
  const { currency } = ctx.edition.edition
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => {
      if (kind.fields[id]?.type !== 'money' || value === null || value === undefined) return [id, value]
      const money = value as Money
      if (money.currency !== currency)
        throw invalid(
          { zh: `没有保存：金额要以 ${currency} 填写`, en: `Not saved: amounts are kept in ${currency}` },
          [
            {
              path: `${id}.currency`,
              text: { zh: `只能是 ${currency}`, en: `Only ${currency}` },
            },
          ],
        )
      return [id, money.amount]
    }),
  )
}

/** Rights of their own that fields ask for, e.g. `assign` for the owner of an account. */
const neededBy = (kind: Kind, values: Values): Set<Verb> =>
  new Set(Object.keys(values).flatMap((id) => kind.fields[id]?.needs ?? []))

/**
 * Each verb reaches as far as the posts that give it, and no further: row security alone lets a row be written as far as either form or
 * file may.
 */
function requireReach(ctx: Ctx, kind: Kind, verb: Verb, row: Row): void {
  if (!reaches(kind, scopeOf(ctx, rightKindOf(kind), verb), row))
    throw new Refusal(403, 'no-right', outside(verb))
}

/** The right that a field asks for, on the row as it stands. */
async function requireFieldRights(ctx: Ctx, kind: Kind, values: Values, row: Row): Promise<void> {
  for (const verb of neededBy(kind, values)) {
    await requireRight(ctx, rightKindOf(kind), verb)
    requireReach(ctx, kind, verb, row)
  }
}

/**
 * Creates a record under row security and the audit trail.
 * @throws Refusal 409 `duplicate` for a code that exists, in or outside the actor's scope alike
 */
export async function createRecord(ctx: Ctx, kind: Kind, said: Values): Promise<RecordItem> {
  const values = columnValues(ctx, kind, said)
  const filled = Object.entries(values).filter(([, value]) => blankAsNull(value) !== null)
  for (const verb of neededBy(kind, Object.fromEntries(filled)))
    await requireRight(ctx, rightKindOf(kind), verb)
  await kind.guard?.(ctx, {
    before: null,
    after: { ...values, id: 0, rev: 0 } as Row,
  })
  const { rows } = await sql<Row>`insert into ${sql.table(kind.table)}
    (${sql.join(filled.map(([id]) => sql.ref(id)))}) values (${sql.join(filled.map(([, value]) => value))}) returning *`.execute(
    ctx.tx,
  )
  const made = rows[0] as Row
  requireReach(ctx, kind, 'create', made)
  await requireFieldRights(ctx, kind, Object.fromEntries(filled), made)
  return readRecord(ctx, kind, made.id)
}

/**
 * Changes a record at the revision the person saw.
 * @param rev from `If-Match`; another one answers 412 `conflict` with the record as it stands and who changed what (`ConflictDetail`)
 */
export async function updateRecord(
  ctx: Ctx,
  kind: Kind,
  id: number,
  rev: number,
  said: Values,
): Promise<RecordItem> {
  const values = columnValues(ctx, kind, said)
  const before = await rowOf(ctx, kind, id)
  requireReach(ctx, kind, 'update', before)
  if (before.rev !== rev) throw await conflictOf(ctx, kind, id, said)
  const changed = Object.entries(values)
    .map(([field, value]) => [field, blankAsNull(value)] as const)
    .filter(([field, value]) => String(before[field] ?? '') !== String(value ?? ''))
  if (changed.length > 0) {
    await requireFieldRights(ctx, kind, Object.fromEntries(changed), before)
    await kind.guard?.(ctx, {
      before,
      after: { ...before, ...Object.fromEntries(changed) } as Row,
    })
    const { rows } = await sql<Row>`update ${sql.table(kind.table)} set ${sql.join([
      ...changed.map(([field, value]) => sql`${sql.ref(field)} = ${value}`),
      sql`rev = rev + 1`,
      sql`updated_at = app_now()`,
    ])} where id = ${id} and rev = ${rev} returning *`.execute(ctx.tx)
    if (!rows[0]) throw noRightOnRow()
    // Assigning moves a row away: where it goes to asks for less.
    if (!scopeOf(ctx, rightKindOf(kind), 'assign').all) requireReach(ctx, kind, 'update', rows[0])
  }
  return readRecord(ctx, kind, id)
}

/** Deletes a record that nothing refers to any more. */
export async function deleteRecord(ctx: Ctx, kind: Kind, id: number, rev: number): Promise<void> {
  const before = await rowOf(ctx, kind, id)
  if (before.rev !== rev) throw await conflictOf(ctx, kind, id, null)
  await kind.guard?.(ctx, { before, after: null })
  try {
    const { rows } = await sql<{
      id: number
    }>`delete from ${sql.table(kind.table)} where id = ${id} returning id`.execute(ctx.tx)
    if (!rows[0]) throw noRightOnRow()
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    throw new Refusal(409, 'in-use', {
      zh: `没有删除：还有别的记录用到这条${kind.label.zh}`,
      en: `Not deleted: other records still refer to this ${kind.label.en.toLowerCase()}`,
    })
  }
}

const noRightOnRow = () =>
  new Refusal(403, 'no-right', {
    zh: '您能看到这条记录，但不在您可以修改的范围内',
    en: 'You may see this record, but it is outside what you may change',
  })

/** Revision of an `If-Match: "7"` header. */
export function revisionOf(request: Request): number {
  const rev = /^(?:W\/)?"?(\d{1,9})"?$/.exec(request.headers.get('if-match') ?? '')?.[1]
  if (rev === undefined)
    throw new Refusal(428, 'revision-needed', {
      zh: '没有保存：缺少 If-Match，先读取这条记录，再带上它的 rev',
      en: 'Not saved: If-Match is missing. Read the record first and send its rev',
    })
  return Number(rev)
}
