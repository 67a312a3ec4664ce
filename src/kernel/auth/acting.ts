import { sql } from 'kysely'
import type { Lang } from '../../handbook/model.ts'
import type { Acting, Actor, Ctx, Kernel } from '../context.ts'
import type { Lane } from '../db/database.ts'
import { asActor } from '../db/transaction.ts'
import { shelfOf } from '../handbook/stored.ts'
import { Refusal } from '../refusal.ts'

async function actorOf(kernel: Kernel, by: { login: string } | { userId: number }): Promise<Actor> {
  const login = 'login' in by ? by.login.trim().toLowerCase() : null
  const { rows } = await sql<Actor>`select u.id as "userId", p.id as "personId", u.login, p.name, u.lang,
      (select coalesce(json_agg(json_build_object('post', h.post, 'seatId', h.seat_id, 'unitId', h.unit_id)), '[]')
        from holder h where h.person_id = p.id) as posts
    from app_user u join person p on p.id = u.person_id, (select set_config('app.now', ${kernel.clock.now().toISOString()}, true)) moment
    where (u.login = ${login} or u.id = ${'userId' in by ? by.userId : null}) and u.disabled_at is null`.execute(
    kernel.db.kysely,
  )
  if (!rows[0])
    throw new Refusal(404, 'no-login', {
      zh: `没有登录名${login === null ? '' : ` ${login}`}，或者它已停用`,
      en: `There is no${login === null ? ' such login' : ` login ${login}`}, or it is disabled`,
    })
  return rows[0]
}

/** A person's work in transactions of its own, under his rights and the edition that holds now. */
export async function actingAs(
  kernel: Kernel,
  actor: Actor,
  lang: Lang,
  from: { lane?: Lane; address?: string } = {},
): Promise<Acting> {
  const edition = await kernel.edition()
  const { clock, registry, db } = kernel
  const house = { clock, registry, shelf: shelfOf(db) }
  return {
    kernel,
    actor,
    editionId: edition.id,
    lang,
    run: (work: (ctx: Ctx) => Promise<unknown>) =>
      asActor(from.lane ?? db, actor, { editionId: edition.id, now: clock.now(), lang }, (tx, can) =>
        work({ tx, actor, can, clock, edition, lang, address: from.address ?? null, house }),
      ) as Promise<never>,
  }
}

/**
 * Acts as a login from the server's own terminal: the rights are that person's, as in the browser.
 * @throws Refusal 404 `no-login`
 */
export async function actAs(kernel: Kernel, login: string, lang?: Lang): Promise<Acting> {
  const actor = await actorOf(kernel, { login })
  // Whoever sits at the terminal waits for his own command; its statements may take their time.
  return actingAs(kernel, actor, lang ?? actor.lang, { lane: kernel.db.heavy })
}

/** Acts for the person who asked for a job, under the rights he has when it is done. */
export async function actForAsker(kernel: Kernel, userId: number | null, lang: Lang): Promise<Acting> {
  const actor = await actorOf(kernel, { userId: userId ?? 0 })
  return actingAs(kernel, actor, lang, { lane: kernel.db.heavy })
}
