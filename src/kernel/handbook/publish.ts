import { sql } from 'kysely'
import type { Edition } from '../../handbook/model.ts'
import { compileRights } from '../../handbook/rights.ts'
import type { Database, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { publishWorkflows } from '../workflow/publish.ts'
import { judgeEdition, refuseProblems } from './judge.ts'
import { editionInside, forget, shelfOf, storedEdition } from './stored.ts'
import { type By, type EditionStatus, type House, lockEditions, stampOf } from './take.ts'
import { takeOver } from './takeover.ts'

/**
 * Publishes a draft from a day on: rights and workflow graphs are laid down with it, in one transaction. Until that day it waits; on
 * it, it takes over by itself. A waiting edition may be given another day. Whether it takes a second person is asked before: `approval.ts`.
 * @param also runs in the same transaction, with the editions locked
 * @throws Refusal 422 `edition-faulty` with places when it does not bind to this program, 422 for a day that is gone or a number that
 * another edition bears, 409 when it is past publishing or leaves open tasks without a post
 */
export async function publishEdition(
  house: House,
  id: number,
  effectiveFrom: string,
  by: By,
  also: (tx: Tx) => Promise<void> = async () => undefined,
): Promise<{ id: number; status: EditionStatus; effectiveFrom: string }> {
  const edition = await storedEdition(house.db, id)
  if (!edition) throw notFound()
  refuseProblems(judgeEdition(house.registry, edition))
  requireDay(house, effectiveFrom)
  const status = await asOwner(
    house.db,
    async (tx) => {
      await lockEditions(tx)
      await also(tx)
      await requirePublishable(tx, house.db, id, edition, effectiveFrom)
      await layDown(tx, house, id, edition)
      await sql`update edition set status = 'published', effective_from = ${effectiveFrom}, published_by = ${by.userId},
        published_at = app_now() where id = ${id}`.execute(tx)
      await takeOver(tx, house)
      const { rows } = await sql<{
        status: EditionStatus
      }>`select status from edition where id = ${id}`.execute(tx)
      return rows[0]?.status as EditionStatus
    },
    stampOf(house, by),
  )
  forget(house.db)
  return { id, status, effectiveFrom }
}

/** @throws Refusal 422 for a day that is gone */
export function requireDay(house: Pick<House, 'clock'>, day: string): void {
  const today = house.clock.today()
  if (day < today)
    throw dayFault({
      zh: `生效日 ${day} 已经过去，最早是今天 ${today}`,
      en: `${day} has passed; the earliest effective date is today, ${today}`,
    })
}

const dayFault = (text: { zh: string; en: string }) => invalid(text, [{ path: 'effectiveFrom', text }])

/** The rights and running workflows of an edition, which cases and row security read from then on. */
export async function layDown(tx: Tx, house: House, id: number, edition: Edition): Promise<void> {
  await sql`insert into right_grant (edition_id, post, kind, verb, reach, function, duty, clause)
    select ${id}, post, kind, verb, reach, function, duty, clause
    from jsonb_to_recordset(${JSON.stringify(compileRights(edition))}::jsonb)
      as g(post text, kind text, verb text, reach text, function text, duty text, clause text)
    on conflict do nothing`.execute(tx)
  await publishWorkflows(tx, id, edition, house.registry)
}

/** @throws Refusal as `publishEdition` for an edition that cannot be published on that day */
export async function requirePublishable(
  tx: Tx,
  db: Database,
  id: number,
  edition: Edition,
  day: string,
): Promise<void> {
  const { rows } = await sql<{ id: number; number: string; status: EditionStatus; day: string | null }>`
    select id, number, status, effective_from as day from edition
    where id = ${id} or status in ('published', 'effective', 'superseded')`.execute(tx)
  const mine = rows.find((one) => one.id === id)
  if (mine?.status !== 'draft' && mine?.status !== 'published')
    throw new Refusal(409, 'edition-past', {
      zh: `第 ${edition.number} 版已经生效过或已撤回，不能再发布；给文件一个新的版次号再导入`,
      en: `Edition ${edition.number} has been effective or was withdrawn. Give the files a new number and import them again`,
    })
  const twin = rows.find((one) => one.id !== id && one.number === edition.number)
  if (twin)
    throw invalid(
      {
        zh: `已有一版叫 ${edition.number}；在 edition.yaml 里给这一版另一个版次号，再导入`,
        en: `There is an edition ${edition.number} already. Give this one another number in edition.yaml and import it again`,
      },
      [
        {
          path: 'edition.yaml',
          text: { zh: 'edition.yaml：版次号 number 重复', en: 'edition.yaml: the number is taken' },
        },
      ],
    )
  const sameDay = rows.find((one) => one.id !== id && one.status === 'published' && one.day === day)
  if (sameDay)
    throw dayFault({
      zh: `第 ${sameDay.number} 版也定在 ${day} 生效；换一天，或先撤回它`,
      en: `Edition ${sameDay.number} takes effect on ${day}, too. Take another day, or withdraw it first`,
    })
  await requirePostsOfTasks(tx, db, edition, rows.find((one) => one.status === 'effective')?.id)
}

/** Whoever has a task in hand must still have a post: otherwise nobody could finish it. */
async function requirePostsOfTasks(
  tx: Tx,
  db: Database,
  edition: Edition,
  effective: number | undefined,
): Promise<void> {
  const posts = edition.posts.map((one) => one.id)
  const { rows } = await sql<{ post: string; n: number }>`select post, count(*)::int as n from wf_task
    where status = 'open' and post <> all(${posts}::text[]) group by post order by post`.execute(tx)
  if (rows.length === 0) return
  const holding =
    effective === undefined ? null : await editionInside({ tx, house: { shelf: shelfOf(db) } }, effective)
  const list = (lang: 'zh' | 'en') =>
    rows
      .map(({ post, n }) => `${holding?.posts.find((one) => one.id === post)?.name[lang] ?? post} (${n})`)
      .join(lang === 'zh' ? '、' : ', ')
  throw new Refusal(409, 'posts-with-tasks', {
    zh: `这一版没有这些岗位，它们手上还有待办：${list('zh')}。办完再发布，或在这一版里保留岗位`,
    en: `This edition has no such posts, yet they have open tasks: ${list('en')}. Finish those first, or keep the posts in this edition`,
  })
}
