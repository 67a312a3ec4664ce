import { answer } from '../child/answer.ts'
import { openDatabase } from '../kernel/db/database.ts'
import { effectiveEditions } from '../kernel/handbook/effective.ts'
import { carryOut, type Verdict } from '../kernel/jobs/carry-out.ts'
import type { ChildAsked } from '../kernel/jobs/runner.ts'
import { companyClock } from './clock.ts'
import { registry } from './registry.ts'

// One job in a process of its own, with connections of its own: nothing of it passes through the program, and all its memory is given back.
answer(async ({ url, ...job }: ChildAsked): Promise<Verdict> => {
  const db = openDatabase(url, { max: 2 })
  const clock = await companyClock(db)
  const editions = effectiveEditions({ db, clock, registry })
  return carryOut({ db, clock, registry, edition: () => editions.current() }, job)
})
