import type { Lang } from '../../handbook/model.ts'
import type { Actor, Ctx, Kernel } from '../context.ts'
import { asBearer } from '../db/transaction.ts'
import { shelfOf } from '../handbook/stored.ts'
import { Refusal } from '../refusal.ts'
import { addressOf } from './address.ts'
import { digestOf } from './secrets.ts'

export const cookieName = 'kambook_session'

/** The secret a request bears, and how: a bearer token is never sent by a foreign page, a cookie may be. */
export function secretOf(request: Request): { secret: string; by: 'bearer' | 'cookie' } | null {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return { secret: bearer, by: 'bearer' }
  const cookie = new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{20,200})`).exec(
    request.headers.get('cookie') ?? '',
  )?.[1]
  return cookie ? { secret: cookie, by: 'cookie' } : null
}

/**
 * Refuses a changing request that another site made the browser send. Browsers say where a request comes from; a request that
 * bears a cookie and says nothing is refused as well.
 */
export function guardOrigin(request: Request, method: string): void {
  if (method.toLowerCase() === 'get' || secretOf(request)?.by === 'bearer') return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host')
  const own = origin !== null && safeHost(origin) === host
  if (site === 'same-origin' || own) return
  if (site === null && origin === null && secretOf(request) === null) return
  throw new Refusal(403, 'foreign-origin', {
    zh: '这个请求不是从本站页面发出的，没有执行',
    en: 'This request did not come from this site’s own pages and was not carried out',
  })
}

const safeHost = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/** Digest of the secret a request bears. @throws Refusal 401 `signed-out` when it bears none */
export function digestBorne(request: Request): string {
  const borne = secretOf(request)
  if (!borne) throw signedOut()
  return digestOf(borne.secret)
}

/**
 * Runs a request's work in one transaction as whoever it comes from. That is asked of the database each time, by the transaction's first
 * statement: a disabled user, a changed post, an ended session hold at once.
 * @param lang language asked for; null takes the person's own
 * @throws Refusal 401 `signed-out`
 */
export async function asRequester<T>(
  kernel: Kernel,
  request: Request,
  lang: Lang | null,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  const digest = digestBorne(request)
  const edition = await kernel.edition()
  const { clock, registry, db } = kernel
  const house = { clock, registry, shelf: shelfOf(db) }
  return asBearer(
    db,
    digest,
    { editionId: edition.id, now: clock.now(), lang },
    (tx, { can, ...actor }) =>
      work({ tx, actor, can, clock, edition, lang: lang ?? actor.lang, address: addressOf(request), house }),
    signedOut,
  )
}

/** Who a request comes from, in a transaction of its own: for work that opens others, and before much of it is read. */
export const authenticate = (kernel: Kernel, request: Request): Promise<Actor> =>
  asRequester(kernel, request, null, ({ actor }) => Promise.resolve(actor))

const signedOut = () =>
  new Refusal(401, 'signed-out', {
    zh: '登录已失效，重新登录后继续',
    en: 'You are signed out. Sign in to go on',
  })
