import { sql } from 'kysely'
import type { Lang } from '../../handbook/model.ts'
import { companyZone } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { longRoute, openRoute, type Route, route } from '../http/route.ts'
import { invalid } from '../refusal.ts'
import { postName } from '../rights/may.ts'
import { addressOf } from './address.ts'
import { cookieName, secretOf } from './authenticate.ts'
import { changePassword } from './password.ts'
import { digestOf } from './secrets.ts'
import { closeSession, signIn } from './session.ts'
import { sessionRoutes } from './session-routes.ts'
import type { From } from './tries.ts'
import { type Me, mePatchSchema, meSchema, passwordSchema, signInSchema } from './wire.ts'

const secure = () => (process.env.PUBLIC_URL?.startsWith('https:') ? '; Secure' : '')
export const cookieOf = (secret: string, seconds: number): string =>
  `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure()}`

/** The browser keeps it beyond its sessions, so that failures of strangers do not lock its owner out. */
const deviceCookie = 'kambook_device'
const deviceCookieOf = (secret: string): string =>
  `${deviceCookie}=${secret}; Path=/api/v1/session; HttpOnly; SameSite=Lax; Max-Age=${400 * 86_400}${secure()}`

/** Where a request comes from: its address, its browser, and the device that browser is known as. */
function fromOf(request: Request): From {
  const device = new RegExp(`(?:^|;\\s*)${deviceCookie}=([\\w-]{20,200})`).exec(
    request.headers.get('cookie') ?? '',
  )?.[1]
  return {
    address: addressOf(request),
    agent: request.headers.get('user-agent'),
    device: device ? digestOf(device) : null,
  }
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

/** Merges into the person's own preferences; `null` takes one away. */
async function keepPreferences(tx: Tx, lang: Lang | null, more: Record<string, unknown>): Promise<void> {
  const { rows } = await sql<{
    kept: boolean
  }>`select keep_own_preferences(${lang}, ${JSON.stringify(more)}::jsonb) as kept`.execute(tx)
  if (rows[0]?.kept) return
  const size = (value: unknown) => JSON.stringify(value)?.length ?? 0
  const [largest = ''] = Object.keys(more).sort((a, b) => size(more[b]) - size(more[a]))
  const reason = {
    zh: `个人设置合计最多 64 KB，放不下“${largest}”`,
    en: `Preferences of one person hold 64 KB in all; “${largest}” does not fit`,
  }
  throw invalid({ zh: `没有保存：${reason.zh}`, en: `Not saved. ${reason.en}` }, [
    { path: `preferences.${largest}`, text: reason },
  ])
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
      const { secret, device } = await signIn(kernel.db.door, call.json, fromOf(call.request))
      call.reply.header('set-cookie', cookieOf(secret, 7 * 86_400))
      if (device) call.reply.header('set-cookie', deviceCookieOf(device))
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
      if (borne) await closeSession(kernel.db.door, borne.secret, addressOf(call.request))
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
      await keepPreferences(ctx.tx, call.json.lang ?? null, call.json.preferences ?? {})
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
      hides: ['old', 'new'],
      status: 204,
    },
    (acting, { request, json }) =>
      changePassword(
        acting,
        { secret: secretOf(request)?.secret ?? '', from: fromOf(request) },
        json.old,
        json.new,
      ),
  ),
  ...sessionRoutes,
]
