import { hash } from '@node-rs/argon2'
import { sql } from 'kysely'
import { registry } from '../src/app/registry.ts'
import { readEditionFolder } from '../src/handbook/load.ts'
import { actingAs } from '../src/kernel/auth/acting.ts'
import type { Clock } from '../src/kernel/clock.ts'
import type { Actor, Ctx, Kernel } from '../src/kernel/context.ts'
import type { Database } from '../src/kernel/db/database.ts'
import { effectiveEditions } from '../src/kernel/handbook/effective.ts'
import { adoptReference } from '../src/kernel/handbook/reference.ts'
import { loadSample } from '../src/kernel/org/sample/load.ts'
import { syncPolicies } from '../src/kernel/records/policies.ts'

/** Publishes the repository's handbook and loads the sample company into a migrated database. */
export async function makeSample(db: Database, clock: Clock): Promise<void> {
  await syncPolicies(db, registry)
  await adoptReference(sampleKernel(db, clock), await readEditionFolder('handbook'))
  await loadSample(db, { password: 'correct-horse-battery', hash: cheaply })
}

/** The program's sort of hash at the least cost there is: to verify one costs what it says of itself. */
const cheaply = (password: string): Promise<string> =>
  hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })

/** The kernel of the real composition on a database with the sample company. */
export function sampleKernel(db: Database, clock: Clock): Kernel {
  const editions = effectiveEditions({ db, clock, registry })
  return { db, clock, registry, edition: () => editions.current() }
}

/** Runs `work` as a sample person, as a request of his would: one transaction under row security. */
export async function acting<T>(kernel: Kernel, login: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const actor = await actorOf(kernel.db, login)
  return (await actingAs(kernel, actor, 'zh')).run(work)
}

/** Who a sample login is, as authentication finds it. */
export async function actorOf(db: Database, login: string): Promise<Actor> {
  const { rows } = await sql<Actor>`select u.id as "userId", p.id as "personId", u.login, p.name, u.lang,
      (select coalesce(json_agg(json_build_object('post', h.post, 'seatId', h.seat_id, 'unitId', h.unit_id)), '[]')
        from holder h where h.person_id = p.id) as posts
    from app_user u join person p on p.id = u.person_id where u.login = ${login}`.execute(db.kysely)
  if (!rows[0]) throw new Error(`the sample has nobody with the login ${login}`)
  return rows[0]
}
