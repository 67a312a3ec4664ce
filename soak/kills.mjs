import { setTimeout as wait } from 'node:timers/promises'
import { lost, writers } from './program.mjs'

/** kill -9 of the program under ten writers: what was acknowledged stands. */
export const about = 'kills of the program under ten writers'
export async function round(at, n) {
  const journal = []
  const work = writers(at, 10, journal, `K${Date.now().toString(36)}${n}`)
  while (journal.length < 5) await wait(5)
  await wait(Math.random() * 500)
  await at.end('SIGKILL')
  await work.stop()
  await at.start()
  const gone = await lost(at, journal)
  return { kills: 1, acknowledged: journal.length, lost: gone.length }
}
