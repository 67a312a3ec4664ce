import { sql } from 'kysely'
import { securityEvent } from '../audit/security.ts'
import type { Lane, Tx } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { Refusal } from '../refusal.ts'
import { networkOf } from './address.ts'
import { passwordFits } from './secrets.ts'
import { crowded, turns } from './turns.ts'

/** Where somebody knocks from. */
export interface From {
  readonly address: string
  /** What the browser says of itself. */
  readonly agent?: string | null
  /** Digest of the secret that a browser keeps which this login has signed in with. */
  readonly device?: string | null
}

/** Places to look a password up by: whose it may be, and the hash it has to fit. */
export interface Sought {
  readonly userId: number
  readonly personId: number
  readonly hash: string | null
}

// Reckoning a password takes 19 MiB and a thread; four threads are all that there are. Whoever waits is told so only when very many do.
const inTurn = turns(4, 1000)
/** How often and how long, in milliseconds, somebody asks again while tries at the same place are being looked at. */
const again = { every: 100, times: 150 }

/**
 * Looks at a password, once it is this try's turn: a wrong one counts, a right one forgets what was counted for this login at this place.
 * What is counted: `auth_begin`. Whether the login exists makes no difference to what is seen from outside.
 * @param seek reads whose password it is, in a transaction of the program
 * @param done runs in the transaction that takes a right password
 * @returns what `done` gave, or `null` for a wrong password
 * @throws Refusal 429 `too-many-tries` with `detail.retryAfter` in seconds; 503 `crowded`
 */
export function tryPassword<T>(
  lane: Lane,
  { login, password, from }: { login: string; password: string; from: From },
  seek: (tx: Tx) => Promise<Sought | null>,
  done: (tx: Tx, found: Sought) => Promise<T>,
): Promise<T | null> {
  return inTurn(async () => {
    const { id, found } = await begin(lane, login, from, seek)
    const fits = await passwordFits(found?.hash ?? null, password)
    const who = fits && found ? { userId: found.userId, personId: found.personId } : {}
    return asOwner(
      lane,
      async (tx) => {
        if (fits && found) {
          await sql`delete from auth_attempt a using auth_attempt mine
            where mine.id = ${id} and a.login = mine.login and a.place = mine.place and (a.id = mine.id or not a.open)`.execute(
            tx,
          )
          return done(tx, found)
        }
        await sql`update auth_attempt set open = false, at = clock_timestamp() where id = ${id}`.execute(tx)
        await securityEvent(tx, 'sign-in-failed', { ...said(login, found), address: from.address })
        return null
      },
      who,
    )
  })
}

async function begin(
  lane: Lane,
  login: string,
  from: From,
  seek: (tx: Tx) => Promise<Sought | null>,
): Promise<{ id: number; found: Sought | null }> {
  for (let asked = 0; ; asked += 1) {
    const { id, wait, found } = await asOwner(lane, async (tx) => {
      const sought = await seek(tx)
      const place = await placeOf(tx, sought, from)
      const { rows } = await sql<{ id: number | null; wait: number; fresh: boolean }>`
        select id, wait, fresh from auth_begin(${login}, ${place})`.execute(tx)
      const [row] = rows as [{ id: number | null; wait: number; fresh: boolean }]
      if (row.fresh)
        await securityEvent(tx, 'sign-in-limited', {
          ...said(login, sought),
          address: from.address,
          detail: { seconds: row.wait },
        })
      return { ...row, found: sought }
    })
    if (wait > 0) throw tooMany(wait)
    if (id !== null) return { id, found }
    if (asked >= again.times) throw crowded()
    await new Promise((resolve) => setTimeout(resolve, again.every))
  }
}

/** A device that the login has signed in with, else the network. */
async function placeOf(tx: Tx, sought: Sought | null, { address, device }: From): Promise<string> {
  const { rows } = await sql`select from auth_device
    where user_id = ${sought?.userId ?? 0} and digest = ${device ?? ''}`.execute(tx)
  return rows.length > 0 ? `device:${device}` : networkOf(address)
}

/** Who does not exist is told of by the first letters only: people type their password into the wrong field. */
const said = (login: string, found: Sought | null) =>
  found ? { login, detail: {} } : { login: `${[...login].slice(0, 2).join('')}…`, detail: { unknown: true } }

function tooMany(seconds: number): Refusal {
  const minutes = Math.ceil(seconds / 60)
  return new Refusal(
    429,
    'too-many-tries',
    // So short a wait is for one's turn, not for failures of one's own.
    seconds < 5
      ? {
          zh: '您所在的网络登录失败次数过多，几秒后再试',
          en: 'Too many failed sign-ins from your network. Try again in a few seconds',
        }
      : {
          zh: `登录失败次数过多，${minutes} 分钟后再试`,
          en: `Too many failed sign-ins. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`,
        },
    { detail: { retryAfter: seconds } },
  )
}

/** After a reset nothing that was counted before keeps the person out. */
export async function forgetTries(tx: Tx, login: string): Promise<void> {
  await sql`delete from auth_attempt where login = ${login}`.execute(tx)
}
