import { setTimeout as wait } from 'node:timers/promises'
import { lost, writers } from './program.mjs'

/** kill -9 of PostgreSQL under ten writers: the program goes on, and what was acknowledged stands. */
export const about = 'kills of PostgreSQL under ten writers'
export async function round(at, n) {
  const journal = []
  const pid = await at.postgres()
  const work = writers(at, 10, journal, `P${Date.now().toString(36)}${n}`)
  while (journal.length < 10) await wait(5)
  process.kill(pid, 'SIGKILL')
  await wait(100)
  const then = journal.length
  while (journal.length < then + 20) await wait(20)
  await work.stop()
  return { kills: 1, acknowledged: journal.length, lost: (await lost(at, journal)).length }
}
