import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import { addressOf } from '../auth/address.ts'
import { provePassword } from '../auth/password.ts'
import { dateIn } from '../clock.ts'
import type { Acting } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { requireSystemPart } from '../rights/may.ts'
import { judgeEdition, refuseProblems } from './judge.ts'
import { publishEdition, requireDay, requirePublishable } from './publish.ts'
import { requestsOf } from './requests.ts'
import { approvers, partOf, type Weighty, weighed } from './second-person.ts'
import { storedEdition } from './stored.ts'
import { lockEditions, stampOf } from './take.ts'
import type { EditionRequest } from './wire.ts'
import { earlierOf, requireWhy, withdrawEdition } from './withdraw.ts'

/** What became of an order to publish or withdraw. */
export interface Asked {
  /** `waiting`: for a second person, who stands in `approvers`. */
  readonly state: 'done' | 'waiting'
  readonly approvers: readonly string[]
  readonly effectiveFrom: string | null
  /** Number of the edition that holds again after a withdrawal. */
  readonly holds: string | null
}

/** Where an order comes from: a request, or the server's own terminal. */
export interface Where {
  readonly address: string | null
  /** The asker's password, given again where nobody else can approve. */
  readonly password?: string | undefined
}
export const whereOf = (request: Request, password?: string): Where => ({
  address: addressOf(request),
  password,
})

const byOf = ({ actor, editionId }: Acting) => ({ userId: actor.userId, personId: actor.personId, editionId })

/** Hours after which a change takes effect at the earliest that nobody else could approve. */
const noticeHours = 24

/**
 * Publishes an edition from a day on, or, where it changes what nobody changes alone, asks for a second person. With no such person in the
 * company the asker's password is asked for again, and it takes effect a day later.
 * @throws Refusal as `publishEdition`; 422 `password-needed` at `password`
 */
export async function orderPublication(
  acting: Acting,
  id: number,
  day: string,
  where: Where,
): Promise<Asked> {
  const house = acting.kernel
  const by = byOf(acting)
  const edition = await storedEdition(house.db, id)
  if (!edition) throw notFound()
  refuseProblems(judgeEdition(house.registry, edition))
  requireDay(house, day)
  const told = await asOwner(house.db, (tx) => look(tx), stampOf(house, by))
  const detail = { edition: edition.number, effectiveFrom: day, changes: told.changes.map(brief) }
  const address = where.address
  const login = acting.actor.login

  if (!told.wanted || told.changes.length === 0) {
    await publishEdition(house, id, day, by, async (tx) => {
      await requireUnmoved(tx)
      const replaced = await dropRequest(tx, id, acting)
      await securityEvent(tx, 'edition-published', { login, address, detail: { ...detail, ...replaced } })
    })
    return { state: 'done', approvers: [], effectiveFrom: day, holds: null }
  }
  if (told.others.length > 0) {
    await asOwner(
      house.db,
      async (tx) => {
        await lockEditions(tx)
        await requirePublishable(tx, house.db, id, edition, day)
        const replaced = await ask(tx, acting, { id, act: 'publish', day, why: null, ...told })
        await securityEvent(tx, 'edition-publication-asked', {
          login,
          address,
          detail: { ...detail, ...replaced },
        })
      },
      stampOf(house, by),
    )
    return { state: 'waiting', approvers: told.others, effectiveFrom: day, holds: null }
  }
  await prove(acting, where)
  const earliest = dayAfterNotice(house.clock.now())
  const from = day < earliest ? earliest : day
  await publishEdition(house, id, from, by, async (tx) => {
    await requireUnmoved(tx)
    const replaced = await ask(tx, acting, { id, act: 'publish', day: from, why: null, ...told }, 'alone')
    await securityEvent(tx, 'edition-published-alone', {
      login,
      address,
      detail: { ...detail, effectiveFrom: from, ...replaced },
    })
  })
  return { state: 'done', approvers: [], effectiveFrom: from, holds: null }

  async function look(tx: Tx) {
    const found = await weighed(tx, house, id, edition as NonNullable<typeof edition>)
    const part = partOf(found.changes)
    const others = await approvers(tx, found.inForce, part, acting.actor.personId)
    return { ...found, part, others: others.map((one) => one.name) }
  }
  /** What was weighed must still be what holds when it is carried out. */
  async function requireUnmoved(tx: Tx): Promise<void> {
    const now = await look(tx)
    if (now.against !== told.against || now.others.length > 0 !== told.others.length > 0) throw moved()
  }
}

/** The first day that begins when the notice is over. */
const dayAfterNotice = (now: Date): string => dateIn(new Date(now.getTime() + (noticeHours + 24) * 3_600_000))

/**
 * Withdraws an edition, or asks for a second person where the edition before it holds again and differs in what nobody changes alone.
 * @throws Refusal as `withdrawEdition`; 409 `no-second-person` where nobody else may approve: publish the earlier edition anew instead
 */
export async function orderWithdrawal(acting: Acting, id: number, why: string, where: Where): Promise<Asked> {
  const house = acting.kernel
  const by = byOf(acting)
  const { login } = acting.actor
  const told = await asOwner(
    house.db,
    async (tx) => {
      const { rows } = await sql<{ status: string }>`select status from edition where id = ${id}`.execute(tx)
      if (rows[0]?.status !== 'effective') return null
      const before = await earlierOf(tx, house)
      if (!before) return null
      const found = await weighed(tx, house, before.id, before.edition)
      const part = partOf(found.changes)
      const others = await approvers(tx, found.inForce, part, acting.actor.personId)
      return { ...found, part, others: others.map((one) => one.name) }
    },
    stampOf(house, by),
  )
  if (told?.wanted && told.changes.length > 0) {
    requireWhy(why)
    if (told.others.length === 0)
      throw new Refusal(409, 'no-second-person', {
        zh: '没有撤回：撤回会改回权限、岗位或指标，公司里没有第二人能批准。把以前的版次换个版次号重新发布，24 小时后生效',
        en: 'Not withdrawn: it would change rights, posts or indicators back, and nobody else can approve. Publish the earlier edition under a new number instead; it takes effect after 24 hours',
      })
    await asOwner(
      house.db,
      async (tx) => {
        await lockEditions(tx)
        const replaced = await ask(tx, acting, { id, act: 'withdraw', day: null, why, ...told })
        await securityEvent(tx, 'edition-withdrawal-asked', {
          login,
          address: where.address,
          detail: { why, ...replaced },
        })
      },
      stampOf(house, by),
    )
    return { state: 'waiting', approvers: told.others, effectiveFrom: null, holds: null }
  }
  const { holds } = await withdrawEdition(house, id, why, by, async (tx) => {
    const replaced = await dropRequest(tx, id, acting)
    await securityEvent(tx, 'edition-withdrawn', {
      login,
      address: where.address,
      detail: { why, ...replaced },
    })
  })
  return { state: 'done', approvers: [], effectiveFrom: null, holds }
}

/**
 * The second person's word on the request he has read, by its id. What changed since it was asked for is weighed anew.
 * @throws Refusal 404 when nothing waits; 409 `another-request` when another one waits by now, with it in `detail.request`; 403 `second-person` for the one who asked, `no-right` for others; 422 for a refusal without a reason
 */
export async function decide(
  acting: Acting,
  id: number,
  { request, approve, why }: { request: number; approve: boolean; why: string },
  where: Where,
): Promise<Asked> {
  const house = acting.kernel
  const by = byOf(acting)
  const open = await asOwner(house.db, (tx) => openRequest(tx, id), stampOf(house, by))
  if (!open) throw notFound()
  if (open.person === acting.actor.personId)
    throw new Refusal(403, 'second-person', {
      zh: '这是您自己提出的，要由另一个人批准',
      en: 'You asked for this yourself; another person has to approve it',
    })
  const edition = await storedEdition(house.db, id)
  if (!edition) throw notFound()
  const { part, against } = await asOwner(house.db, (tx) => weighAgain(tx), stampOf(house, by))
  await acting.run((ctx) => requireSystemPart(ctx, part, 'approve'))
  if (!approve && why.trim() === '')
    throw invalid({ zh: '没有退回：写明原因', en: 'Not refused: say why' }, [
      { path: 'why', text: { zh: '写明原因', en: 'Say why' } },
    ])
  const { login } = acting.actor
  const detail = { edition: edition.number, act: open.act, ...(why ? { why } : {}) }
  if (open.id !== request) {
    const stands = await acting.run(async (ctx) => (await requestsOf(ctx)).get(id))
    throw anotherRequest(stands)
  }
  const settle = async (tx: Tx): Promise<void> => {
    const still = await openRequest(tx, id)
    if (still?.id !== open.id || (approve && (await weighAgain(tx)).against !== against)) throw moved()
    await sql`update edition_request set outcome = ${approve ? 'approved' : 'refused'}, decided_by = ${by.userId},
      decided_at = app_now(), reason = ${why.trim() || null} where id = ${open.id}`.execute(tx)
    const event = approve ? 'edition-approved' : 'edition-refused'
    await securityEvent(tx, event, { login, address: where.address, detail })
  }
  if (!approve) {
    await asOwner(
      house.db,
      async (tx) => {
        await lockEditions(tx)
        await settle(tx)
      },
      stampOf(house, by),
    )
    return { state: 'done', approvers: [], effectiveFrom: null, holds: null }
  }
  if (open.act === 'withdraw') {
    const { holds } = await withdrawEdition(house, id, open.why ?? '', by, settle)
    return { state: 'done', approvers: [], effectiveFrom: null, holds }
  }
  const today = house.clock.today()
  const day = open.day !== null && open.day > today ? open.day : today
  await publishEdition(house, id, day, by, settle)
  return { state: 'done', approvers: [], effectiveFrom: day, holds: null }

  async function weighAgain(tx: Tx) {
    const before = open?.act === 'withdraw' ? await earlierOf(tx, house) : null
    const found = before
      ? await weighed(tx, house, before.id, before.edition)
      : await weighed(tx, house, id, edition as NonNullable<typeof edition>)
    return { part: partOf(found.changes), against: found.against }
  }
}

/**
 * The asker takes his own request back; the edition stays as it was.
 * @throws Refusal 404 when nothing waits; 403 `not-asker` for everybody else
 */
export async function takeBack(acting: Acting, id: number, where: Where): Promise<void> {
  const house = acting.kernel
  await asOwner(
    house.db,
    async (tx) => {
      await lockEditions(tx)
      const open = await openRequest(tx, id)
      if (!open) throw notFound()
      if (open.person !== acting.actor.personId)
        throw new Refusal(403, 'not-asker', {
          zh: '只有提出的人能收回',
          en: 'Only the person who asked can take it back',
        })
      await dropRequest(tx, id, acting)
      await securityEvent(tx, 'edition-request-taken-back', {
        login: acting.actor.login,
        address: where.address,
        detail: { act: open.act },
      })
    },
    stampOf(house, byOf(acting)),
  )
}

async function prove(acting: Acting, { password, address }: Where): Promise<void> {
  if (!password)
    throw new Refusal(
      422,
      'password-needed',
      {
        zh: '公司里没有第二人能批准：再输入一次自己的密码；所有人会看到，24 小时后才生效',
        en: 'Nobody else in the company can approve this. Give your own password again; everybody will see it, and it takes effect after 24 hours',
      },
      {
        faults: [
          { path: 'password', text: { zh: '再输入一次自己的密码', en: 'Give your own password again' } },
        ],
      },
    )
  await provePassword(
    acting,
    password,
    { address: address ?? 'local' },
    {
      text: { zh: '没有发布：密码不对', en: 'Not published: the password is wrong' },
      path: 'password',
      at: { zh: '密码不对', en: 'The password is wrong' },
    },
  )
}

const moved = (): Refusal =>
  new Refusal(409, 'busy', {
    zh: '没有完成：手册的其他版次刚刚变了，看过之后再试一次',
    en: 'Not done: other editions have just changed. Look at them and try once more',
  })

const anotherRequest = (stands: EditionRequest | undefined): Refusal => {
  const day = stands?.effectiveFrom
  const asks = {
    zh: stands?.act === 'withdraw' ? '要求撤回' : `要求自 ${day} 起生效`,
    en: stands?.act === 'withdraw' ? 'asks for the withdrawal' : `asks for it to take effect on ${day}`,
  }
  return new Refusal(
    409,
    'another-request',
    {
      zh: `没有记下：您读过之后又提出了另一项请求，现在${asks.zh}。读过再决定`,
      en: `Not decided: another request was made since you read it, which now ${asks.en}. Read it, then decide`,
    },
    { detail: { request: stands ?? null } },
  )
}

const brief = ({ group, change, code, name }: Weighty) => ({ group, change, code: code || name.en })

interface Wanted {
  readonly id: number
  readonly act: 'publish' | 'withdraw'
  readonly day: string | null
  readonly why: string | null
  readonly part: string
  readonly changes: readonly Weighty[]
}

/** Puts a request in place of what waited for the same edition; what `dropRequest` gives. */
async function ask(
  tx: Tx,
  acting: Acting,
  { id, act, day, why, part, changes }: Wanted,
  outcome: 'alone' | null = null,
) {
  const replaced = await dropRequest(tx, id, acting)
  const { actor } = acting
  await sql`insert into edition_request (edition_id, act, effective_from, why, part, changes, asked_by, asked_person, outcome, decided_by, decided_at)
    values (${id}, ${act}, ${day}, ${why}, ${part}, ${JSON.stringify(changes)}::jsonb, ${actor.userId}, ${actor.personId},
      ${outcome}, ${outcome === null ? null : actor.userId}, case when ${outcome}::text is not null then app_now() end)`.execute(
    tx,
  )
  return replaced
}

/** Drops what waits for an edition; for the log, the login of somebody else whose request that was, and its day. */
async function dropRequest(tx: Tx, id: number, { actor }: Acting) {
  const { rows } = await sql<{ by: string; day: string | null; person: number }>`update edition_request r
    set outcome = 'dropped', decided_at = app_now() from app_user u
    where r.edition_id = ${id} and r.outcome is null and u.id = r.asked_by
    returning u.login as by, r.effective_from as day, r.asked_person as person`.execute(tx)
  const [row] = rows
  return row && row.person !== actor.personId ? { replaced: { by: row.by, effectiveFrom: row.day } } : {}
}

async function openRequest(tx: Tx, id: number) {
  const { rows } = await sql<{
    id: number
    act: 'publish' | 'withdraw'
    day: string | null
    why: string | null
    person: number
  }>`select id, act, effective_from as day, why, asked_person as person from edition_request
    where edition_id = ${id} and outcome is null`.execute(tx)
  return rows[0] ?? null
}
