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

/** Publishes the repository's handbook, loads the sample company and gives the kernel of the real composition. */
export async function sampleKernel(db: Database, clock: Clock): Promise<Kernel> {
  await syncPolicies(db, registry)
  const editions = effectiveEditions({ db, clock, registry })
  const kernel: Kernel = { db, clock, registry, edition: () => editions.current() }
  await adoptReference(kernel, await readEditionFolder('handbook'))
  await loadSample(db, { password: 'correct-horse-battery' })
  return kernel
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
