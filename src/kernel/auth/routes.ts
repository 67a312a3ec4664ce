import { sql } from 'kysely'
import { companyZone } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { longRoute, openRoute, type Route, route } from '../http/route.ts'
import { postName } from '../rights/may.ts'
import { cookieName, secretOf } from './authenticate.ts'
import { changePassword } from './password.ts'
import { closeSession, signIn } from './session.ts'
import { type Me, mePatchSchema, meSchema, passwordSchema, signInSchema } from './wire.ts'

const secure = () => (process.env.PUBLIC_URL?.startsWith('https:') ? '; Secure' : '')
export const cookieOf = (secret: string, seconds: number): string =>
  `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure()}`

/** Address for the rate limit; a proxy's word counts only when the operator says that there is one. */
export function addressOf(request: Request): string {
  const forwarded = process.env.TRUST_PROXY ? request.headers.get('x-forwarded-for') : null
  return forwarded?.split(',')[0]?.trim() ?? request.headers.get('x-peer-address') ?? 'local'
}

async function meOf(ctx: Ctx): Promise<Me> {
  const { actor } = ctx
  const units = await sql<{
    id: number
    zh: string
    en: string
  }>`select id, name_zh as zh, name_en as en from unit
    where id = any(${actor.posts.map((held) => held.unitId)}::int[])`.execute(ctx.tx)
  return {
    login: actor.login,
    person: { id: actor.personId, name: actor.name },
    posts: actor.posts.map((held) => {
      const unit = units.rows.find((one) => one.id === held.unitId)
      return {
        post: held.post,
        title: postName(ctx, held.post),
        unit: { zh: unit?.zh ?? '', en: unit?.en ?? '' },
        unitId: held.unitId,
      }
    }),
    lang: actor.lang,
    preferences: await preferencesOf(ctx.tx),
    today: ctx.clock.today(),
    zone: companyZone,
  }
}

async function preferencesOf(tx: Tx): Promise<Record<string, unknown>> {
  const { rows } = await sql<{
    own: Record<string, unknown> | null
  }>`select own_preferences() as own`.execute(tx)
  return rows[0]?.own ?? {}
}

export const authRoutes: Route[] = [
  openRoute(
    {
      method: 'post',
      path: '/api/v1/session',
      tag: 'Session',
      access: { who: 'anyone', because: 'whoever signs in has no session yet' },
      summary: { zh: '登录', en: 'Sign in' },
      json: signInSchema,
      status: 204,
    },
    async (kernel, call) => {
      const secret = await signIn(
        kernel.db.door,
        call.json.login,
        call.json.password,
        addressOf(call.request),
      )
      call.reply.header('set-cookie', cookieOf(secret, 7 * 86_400))
    },
  ),
  openRoute(
    {
      method: 'delete',
      path: '/api/v1/session',
      tag: 'Session',
      access: {
        who: 'anyone',
        because: 'signing out works with an expired session too',
      },
      summary: { zh: '退出', en: 'Sign out' },
      status: 204,
    },
    async (kernel, call) => {
      const borne = secretOf(call.request)
      if (borne) await closeSession(kernel.db.door, borne.secret)
      call.reply.header('set-cookie', cookieOf('', 0))
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/me',
      tag: 'Session',
      access: { who: 'signed-in' },
      summary: { zh: '我是谁', en: 'Who I am' },
      answer: meSchema,
    },
    (ctx) => meOf(ctx),
  ),
  route(
    {
      method: 'patch',
      path: '/api/v1/me',
      tag: 'Session',
      access: { who: 'signed-in' },
      summary: { zh: '语言与显示', en: 'Language and display' },
      json: mePatchSchema,
      answer: meSchema,
    },
    async (ctx, call) => {
      await sql`select keep_own_preferences(${call.json.lang ?? null}, ${JSON.stringify(call.json.preferences ?? {})}::jsonb)`.execute(
        ctx.tx,
      )
      const lang = call.json.lang ?? ctx.lang
      return meOf({ ...ctx, lang, actor: { ...ctx.actor, lang } })
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/me/password',
      tag: 'Session',
      access: { who: 'signed-in' },
      summary: { zh: '修改密码', en: 'Change the password' },
      json: passwordSchema,
      status: 204,
    },
    (acting, { request, json }) =>
      changePassword(
        acting,
        { secret: secretOf(request)?.secret ?? '', address: addressOf(request) },
        json.old,
        json.new,
      ),
  ),
]
