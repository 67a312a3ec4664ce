import { sql } from 'kysely'
import type { Edition, Verb } from '../../handbook/model.ts'
import { dateIn } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'
import { grantsOf, requireSystemPart } from '../rights/may.ts'
import { referenceEdition, referenceOf } from './reference.ts'
import { requestsOf } from './requests.ts'
import { editionInside } from './stored.ts'
import type { EditionList, EditionRow } from './wire.ts'

type Row = Omit<
  EditionRow,
  'title' | 'importedAt' | 'importedBy' | 'publishedAt' | 'publishedBy' | 'reference' | 'request'
> & {
  imported_by: number | null
  published_by: number | null
  title_zh: string
  title_en: string
  imported: Date
  published: Date | null
}

/** The editions the asker may see, newest first: drafts are for those who work on the handbook. */
export async function editionsOf(ctx: Ctx): Promise<EditionRow[]> {
  const reference = await referenceOf(ctx.tx)
  const { rows } =
    await sql<Row>`select id, number, title_zh, title_en, status, hash, effective_from as "effectiveFrom",
      effective_until as "effectiveUntil", imported_at as imported, published_at as published,
      withdrawn_why as "withdrawnWhy", imported_by, published_by,
      (select asker.name from edition_request r, names_of_users(array[r.asked_by]) asker where r.edition_id = e.id
        and r.act = 'publish' and r.outcome = 'approved' and r.decided_by = e.published_by
        order by r.id desc limit 1) as "publicationAskedBy",
      status = 'superseded' and exists (select from edition o where o.id <> e.id and o.effective_from = e.effective_from
        and o.took_effect_at >= e.took_effect_at) as "replacedSameDay"
    from edition e order by id desc`.execute(ctx.tx)
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [row.imported_by, row.published_by]),
  )
  const requests = await requestsOf(ctx)
  return rows.map(({ title_zh, title_en, imported, published, imported_by, published_by, ...row }) => ({
    ...row,
    title: { zh: title_zh, en: title_en },
    importedAt: imported.toISOString(),
    importedBy: names.get(imported_by ?? 0) ?? null,
    publishedAt: published?.toISOString() ?? null,
    publishedBy: names.get(published_by ?? 0) ?? null,
    reference: row.hash === reference?.hash,
    request: requests.get(row.id) ?? null,
  }))
}

/** Names behind logins: colleagues' names are open to all, logins are not. */
async function namesOf(ctx: Ctx, users: readonly (number | null)[]): Promise<Map<number, string>> {
  const { rows } = await sql<{
    id: number
    name: string
  }>`select * from names_of_users(${users.filter((id) => id !== null)}::int[])`.execute(ctx.tx)
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** The list with what the asker may do with it, and why not. */
export async function editionList(ctx: Ctx): Promise<EditionList> {
  const grants = await grantsOf(ctx, ['system.handbook'])
  const may = async (verb: Verb) => {
    if (grants.some((one) => one.verb === verb)) return { allowed: true, why: { zh: '', en: '' } }
    const refusal = await requireSystemPart(ctx, 'handbook', verb).then(
      () => null,
      (error: unknown) => error,
    )
    return { allowed: false, why: refusal instanceof Refusal ? refusal.text : { zh: '', en: '' } }
  }
  const reference = await referenceOf(ctx.tx)
  return {
    items: await editionsOf(ctx),
    reference: reference && {
      number: reference.number,
      hash: reference.hash,
      adoptedOn: dateIn(reference.adoptedAt),
    },
    today: ctx.clock.today(),
    may: { import: await may('import'), publish: await may('publish'), export: await may('export') },
  }
}

/** An edition the asker may see, read; `effective` is the one in force, `reference` the one the company started from. */
export async function editionOf(ctx: Ctx, id: string): Promise<{ row: EditionRow | null; edition: Edition }> {
  if (id === 'reference') {
    const edition = await referenceEdition(ctx)
    if (!edition) throw notFound()
    return { row: (await editionsOf(ctx)).find((one) => one.hash === edition.hash) ?? null, edition }
  }
  const wanted = id === 'effective' ? ctx.edition.id : Number(id)
  const row = (await editionsOf(ctx)).find((one) => one.id === wanted)
  const edition = row ? await editionInside(ctx, row.id) : null
  if (!row || !edition) throw notFound()
  return { row, edition }
}
