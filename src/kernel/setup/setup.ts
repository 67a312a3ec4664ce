import type { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import { addressOf } from '../auth/address.ts'
import { passwordFault, refuseFault } from '../auth/password-rules.ts'
import { cookieOf } from '../auth/routes.ts'
import { hashPassword, readablePassword } from '../auth/secrets.ts'
import { openSession, sessionHours } from '../auth/session.ts'
import { type SetupState, setupSchema, setupStateSchema } from '../auth/wire.ts'
import type { Kernel } from '../context.ts'
import { asOwner } from '../db/transaction.ts'
import { openRoute, type Route } from '../http/route.ts'
import { Refusal } from '../refusal.ts'

// Printed on the terminal at the first start, so that nobody else on the network can take an empty program.
const setupCode = readablePassword()

/** The one-time code for setting up the own company; `null` once there is a company. */
export async function setupCodeOf(kernel: Pick<Kernel, 'db'>): Promise<string | null> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from company`.execute(kernel.db.kysely)
  return rows[0]?.n === 0 ? setupCode : null
}

async function stateOf(kernel: Kernel): Promise<SetupState> {
  const { rows } = await sql<{ zh: string; en: string; sample: boolean }>`
    select name_zh as zh, name_en as en, sample from company`.execute(kernel.db.kysely)
  const company = rows[0]
  const posts = company?.sample ? (await kernel.edition()).edition.posts : []
  const logins = company?.sample
    ? await sql<{
        login: string
        post: string
        name: { zh: string; en: string }
      }>`select u.login, s.post, jsonb_build_object('zh', p.name, 'en', coalesce(nullif(p.name_en, ''), p.name)) as name from app_user u
        join person p on p.id = u.person_id join assignment a on a.person_id = p.id join seat s on s.id = a.seat_id
        where u.disabled_at is null order by s.id`.execute(kernel.db.kysely)
    : { rows: [] }
  return {
    needed: !company,
    sample: company?.sample ?? false,
    company: { zh: company?.zh ?? '', en: company?.en || company?.zh || '' },
    logins: logins.rows.map((row) => ({
      login: row.login,
      name: row.name,
      title: posts.find((post) => post.id === row.post)?.name ?? {
        zh: row.post,
        en: row.post,
      },
    })),
  }
}

async function setUp(
  kernel: Kernel,
  input: z.infer<typeof setupSchema>,
  from: { address: string; agent: string | null },
): Promise<string> {
  if (input.code.trim() !== setupCode)
    throw new Refusal(403, 'wrong-code', {
      zh: '设置码不对，它显示在启动 Kambook 的终端里',
      en: 'The set-up code is wrong. It is shown in the terminal where Kambook was started',
    })
  const about = { login: input.login, names: [input.name], company: [input.company] }
  refuseFault(await passwordFault(input.password, about), 'password')
  const hash = await hashPassword(input.password)
  return asOwner(kernel.db.door, async (tx) => {
    await sql`select pg_advisory_xact_lock(7102)`.execute(tx)
    const there = await sql<{
      n: number
    }>`select count(*)::int as n from company`.execute(tx)
    if (there.rows[0]?.n !== 0)
      throw new Refusal(409, 'company-there', {
        zh: '公司已经设置过了，直接登录',
        en: 'The company is already set up. Sign in',
      })
    await sql`insert into company (name_zh) values (${input.company})`.execute(tx)
    const unit = await sql<{
      id: number
    }>`insert into unit (level, code, name_zh, name_en, legal_entity)
      values ('company', 'CO', ${input.company}, ${input.company}, true) returning id`.execute(tx)
    const seat = await sql<{
      id: number
    }>`insert into seat (post, unit_id, number, valid_from)
      values ('ADM', ${unit.rows[0]?.id}, 1, app_today()) returning id`.execute(tx)
    const person = await sql<{
      id: number
    }>`insert into person (name, joined_on) values (${input.name}, app_today()) returning id`.execute(tx)
    await sql`insert into assignment (seat_id, person_id, from_date) values (${seat.rows[0]?.id}, ${person.rows[0]?.id}, app_today())`.execute(
      tx,
    )
    const user = await sql<{
      id: number
    }>`insert into app_user (login, person_id, password_hash)
      values (${input.login}, ${person.rows[0]?.id}, ${hash}) returning id`.execute(tx)
    await securityEvent(tx, 'company-set-up', { login: input.login, address: from.address })
    return openSession(tx, user.rows[0]?.id as number, 'session', sessionHours, '', from)
  })
}

export const setupRoutes: Route[] = [
  openRoute(
    {
      method: 'get',
      path: '/api/v1/setup',
      tag: 'Set-up',
      access: { who: 'anyone', because: 'the first visitor has no login yet' },
      summary: {
        zh: '是否需要设置公司',
        en: 'Whether the company is to be set up',
      },
      answer: setupStateSchema,
    },
    (kernel) => stateOf(kernel),
  ),
  openRoute(
    {
      method: 'post',
      path: '/api/v1/setup',
      tag: 'Set-up',
      access: {
        who: 'anyone',
        because: 'the first visitor has no login yet; a code from the terminal is asked for',
      },
      summary: { zh: '设置自己的公司', en: 'Set up the own company' },
      json: setupSchema,
      status: 204,
    },
    async (kernel, call) => {
      const from = { address: addressOf(call.request), agent: call.request.headers.get('user-agent') }
      call.reply.header('set-cookie', cookieOf(await setUp(kernel, call.json, from), 7 * 86_400))
    },
  ),
]
