import { sql } from 'kysely'
import type { Actor, HeldPost, Kernel } from '../context.ts'
import { Refusal } from '../refusal.ts'
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

interface SessionRow {
  user_id: number
  login: string
  lang: 'zh' | 'en'
  person_id: number
  name: string
  posts: HeldPost[] | null
}

/**
 * Who a request comes from, asked of the database each time: a disabled user or a changed post holds at once.
 * @throws Refusal 401 `signed-out`
 */
export async function authenticate(kernel: Kernel, request: Request): Promise<Actor> {
  const borne = secretOf(request)
  if (!borne) throw signedOut()
  const now = kernel.clock.now().toISOString()
  // A session slides on while it is used; the write is made at most once in five minutes.
  const { rows } =
    await sql<SessionRow>`with moment as (select set_config('app.now', ${now}, true)), live as (
      select s.user_id, s.digest, s.kind, s.last_seen_at from auth_session s, moment
      where s.digest = ${digestOf(borne.secret)} and s.expires_at > now()
    ), slid as (
      update auth_session s set last_seen_at = now(),
        expires_at = case when s.kind = 'session' then least(now() + interval '12 hours', s.created_at + interval '7 days') else s.expires_at end
      from live l where s.digest = l.digest and l.last_seen_at < now() - interval '5 minutes'
    )
    select u.id as user_id, u.login, u.lang, p.id as person_id,
      case when u.lang = 'en' then coalesce(nullif(p.name_en, ''), p.name) else p.name end as name,
      (select json_agg(json_build_object('post', h.post, 'seatId', h.seat_id, 'unitId', h.unit_id) order by h.seat_id)
        from holder h where h.person_id = p.id) as posts
    from live l join app_user u on u.id = l.user_id join person p on p.id = u.person_id
    where u.disabled_at is null`.execute(kernel.db.kysely)
  const row = rows[0]
  if (!row) throw signedOut()
  return {
    userId: row.user_id,
    personId: row.person_id,
    login: row.login,
    name: row.name,
    lang: row.lang,
    posts: row.posts ?? [],
  }
}

const signedOut = () =>
  new Refusal(401, 'signed-out', {
    zh: '登录已失效，重新登录后继续',
    en: 'You are signed out. Sign in to go on',
  })
