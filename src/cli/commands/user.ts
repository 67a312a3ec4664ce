import { sql } from 'kysely'
import { companyClock } from '../../app/clock.ts'
import { registry } from '../../app/registry.ts'
import { hashPassword, readablePassword } from '../../kernel/auth/secrets.ts'
import type { Tx } from '../../kernel/db/database.ts'
import { asOwner } from '../../kernel/db/transaction.ts'
import { effectiveEditions } from '../../kernel/handbook/effective.ts'
import {
  addUser,
  disableUser,
  enableUser,
  type Hand,
  moveUser,
  resetUser,
} from '../../kernel/org/users/change.ts'
import { seatsOf, usersOf } from '../../kernel/org/users/read.ts'
import { loginSchema } from '../../kernel/org/users/wire.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { withPool } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook user list|seats|add|disable|enable|move|reset`: for whoever sits at the server's own terminal. */
export async function user(args: string[]): Promise<void> {
  const verbs = { list, seats, add, disable: set('disable'), enable: set('enable'), move, reset }
  const verb = oneOf(args[0] ?? '', 'user', Object.keys(verbs) as (keyof typeof verbs)[])
  await verbs[verb](args.slice(1))
}

/** One transaction of the program on this place's database, under the edition in force and the company's date. */
const atTerminal = <T>(work: (tx: Tx, hand: Hand) => Promise<T>): Promise<T> =>
  withPool(async (db) => {
    const clock = await companyClock(db)
    const edition = await effectiveEditions({ db, clock, registry }).current()
    const stamp = { editionId: edition.id, now: clock.now() }
    return asOwner(db, (tx) => work(tx, { userId: null, address: null, edition }), stamp)
  })

/** @throws Refusal 404 */
async function idOf(tx: Tx, login: string): Promise<number> {
  const { rows } = await sql<{
    id: number
  }>`select id from app_user where login = ${login.trim().toLowerCase()}`.execute(tx)
  if (rows[0]) return rows[0].id
  throw new Refusal(404, 'no-login', { zh: `没有登录名 ${login}`, en: `There is no login ${login}` })
}

const named = (args: string[]): string => required(readArguments(args, {}, 1).positionals[0], 'LOGIN')

async function list(args: string[]): Promise<void> {
  readArguments(args, {}, 0)
  for (const one of await atTerminal((tx, { edition }) => usersOf(tx, edition.edition))) {
    const held = one.seats.map(({ seat, title, unit, from }) => ({
      zh: `${title.zh}·${unit.zh}（席位 ${seat}，自 ${from}）`,
      en: `${title.en}, ${unit.en} (seat ${seat}, from ${from})`,
    }))
    say({
      zh: [one.login, one.person.name, ...held.map((seat) => seat.zh), one.disabledAt ? '已停用' : '']
        .filter(Boolean)
        .join('  '),
      en: [one.login, one.person.name, ...held.map((seat) => seat.en), one.disabledAt ? 'disabled' : '']
        .filter(Boolean)
        .join('  '),
    })
  }
}

async function seats(args: string[]): Promise<void> {
  readArguments(args, {}, 0)
  for (const { id, title, unit, holder } of await atTerminal((tx, { edition }) =>
    seatsOf(tx, edition.edition),
  ))
    say({
      zh: `${id}  ${title.zh}·${unit.zh}  ${holder?.name ?? '空缺'}`,
      en: `${id}  ${title.en}, ${unit.en}  ${holder?.name ?? 'vacant'}`,
    })
}

/** A seat as it is typed: its number in the list of seats. */
function seatOf(said: string | undefined): number {
  const seat = Number(required(said, '--seat'))
  if (Number.isInteger(seat) && seat > 0 && seat < 2_147_483_647) return seat
  throw new UsageError({
    zh: '--seat 要是席位的编号，npx kambook user seats 列出它们',
    en: '--seat is the number of a seat; npx kambook user seats lists them',
  })
}

/** `user add LOGIN --name NAME [--name-en NAME] [--seat N] [--from DAY]`: the one-time password is the last line. */
async function add(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      name: { type: 'string' },
      'name-en': { type: 'string', default: '' },
      seat: { type: 'string' },
      from: { type: 'string' },
    },
    1,
  )
  const login = loginSchema.safeParse(required(positionals[0], 'LOGIN'))
  if (!login.success)
    throw new UsageError({
      zh: '登录名以字母开头，只用小写字母、数字和 . _ -，2 到 40 个字符',
      en: 'A login begins with a letter and has 2 to 40 small letters, digits, dots, hyphens or underscores',
    })
  const person = { name: required(values.name, '--name'), nameEn: values['name-en'] }
  const seat = values.seat === undefined ? undefined : seatOf(values.seat)
  const password = readablePassword()
  const hash = await hashPassword(password)
  await atTerminal((tx, hand) =>
    addUser(tx, { login: login.data, person, seat, from: dayOf(values.from) }, hash, hand),
  )
  sayOnce(login.data, password)
}

function sayOnce(login: string, password: string): void {
  say({
    zh: `${login} 的一次性密码，七天内有效，登录时要换成自己的；只显示这一次`,
    en: `One-time password of ${login}, good for seven days and to be changed at sign-in; shown this once`,
  })
  console.log(password)
}

const set = (act: 'disable' | 'enable') => async (args: string[]) => {
  const login = named(args)
  await atTerminal(async (tx, hand) => {
    await (act === 'disable' ? disableUser : enableUser)(tx, await idOf(tx, login), hand)
  })
  say(
    act === 'disable'
      ? {
          zh: `${login} 已停用，它的登录和令牌都已失效`,
          en: `${login} is disabled; its sessions and tokens have ended`,
        }
      : { zh: `${login} 已启用`, en: `${login} is enabled` },
  )
}

/** `user move LOGIN --seat N [--from DAY]` */
async function move(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { seat: { type: 'string' }, from: { type: 'string' } },
    1,
  )
  const login = required(positionals[0], 'LOGIN')
  const order = { seat: seatOf(values.seat), from: dayOf(values.from) }
  const moved = await atTerminal(async (tx, hand) => {
    const id = await idOf(tx, login)
    await moveUser(tx, id, order, hand)
    return (await usersOf(tx, hand.edition.edition, { id }))[0]?.seats.at(-1)
  })
  say({
    zh: `${login} 自 ${moved?.from} 起任${moved?.title.zh}（${moved?.unit.zh}）`,
    en: `${login} holds the seat ${moved?.title.en}, ${moved?.unit.en}, from ${moved?.from}`,
  })
}

function dayOf(said: string | undefined): string | undefined {
  if (said === undefined || /^\d{4}-\d{2}-\d{2}$/.test(said)) return said
  throw new UsageError({ zh: '--from 要是日期，如 2018-02-01', en: '--from is a date, such as 2018-02-01' })
}

async function reset(args: string[]): Promise<void> {
  const login = named(args)
  const password = readablePassword()
  const hash = await hashPassword(password)
  await atTerminal(async (tx, hand) => resetUser(tx, await idOf(tx, login), hash, hand))
  sayOnce(login, password)
}
