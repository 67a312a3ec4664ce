import { sql } from 'kysely'
import type { Edition, Problem, Verb } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'
import { grantsOf, requireSystemPart } from '../rights/may.ts'
import { referenceEdition, referenceOf } from './reference.ts'
import { storedEdition } from './stored.ts'
import type { EditionList, EditionRow } from './wire.ts'

type Row = Omit<EditionRow, 'title' | 'importedAt' | 'publishedAt' | 'reference'> & {
  title_zh: string
  title_en: string
  imported: Date
  published: Date | null
}

/** The editions the asker may see, newest first: drafts are for those who work on the handbook. */
export async function editionsOf(ctx: Ctx): Promise<EditionRow[]> {
  const reference = await referenceOf(ctx.kernel.db)
  const { rows } = await sql<Row>`select e.id, e.number, e.title_zh, e.title_en, e.status, e.hash,
      e.effective_from as "effectiveFrom", e.effective_until as "effectiveUntil", e.imported_at as imported,
      e.published_at as published, e.withdrawn_why as "withdrawnWhy", ip.name as "importedBy", pp.name as "publishedBy"
    from edition e
      left join app_user iu on iu.id = e.imported_by left join person ip on ip.id = iu.person_id
      left join app_user pu on pu.id = e.published_by left join person pp on pp.id = pu.person_id
    order by e.id desc`.execute(ctx.tx)
  return rows.map(({ title_zh, title_en, imported, published, ...row }) => ({
    ...row,
    title: { zh: title_zh, en: title_en },
    importedAt: imported.toISOString(),
    publishedAt: published?.toISOString() ?? null,
    reference: row.hash === reference?.hash,
  }))
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
  const reference = await referenceOf(ctx.kernel.db)
  return {
    items: await editionsOf(ctx),
    reference: reference && { ...reference, adoptedAt: reference.adoptedAt.toISOString() },
    today: ctx.clock.today(),
    may: { import: await may('import'), publish: await may('publish'), export: await may('export') },
  }
}

/** An edition the asker may see, read; `effective` is the one in force, `reference` the one the company started from. */
export async function editionOf(ctx: Ctx, id: string): Promise<{ row: EditionRow | null; edition: Edition }> {
  if (id === 'reference') {
    const edition = await referenceEdition(ctx.kernel.db)
    if (!edition) throw notFound()
    return { row: (await editionsOf(ctx)).find((one) => one.hash === edition.hash) ?? null, edition }
  }
  const wanted = id === 'effective' ? ctx.edition.id : Number(id)
  const row = (await editionsOf(ctx)).find((one) => one.id === wanted)
  const edition = row ? await storedEdition(ctx.kernel.db, row.id) : null
  if (!row || !edition) throw notFound()
  return { row, edition }
}

export const problemRows = (problems: readonly Problem[]) =>
  problems.map((one) => ({
    check: one.check,
    severity: one.severity,
    at: `${one.where.file}:${one.where.line}`,
    text: one.message,
  }))
