import { setTimeout as wait } from 'node:timers/promises'
import { part } from './program.mjs'

/** A hundred people for a minute, a page every two seconds each; ten rounds are ten minutes. */
export const about = 'minutes of a hundred people'
const pages = ['/tasks', '/records/account?limit=50', '/records/order?limit=50', '/me', '/handbook/editions']
const logins = ['sup', 'sdm', 'kam1', 'kam2', 'kam3', 'gm', 'fin', 'rep01', 'rep02', 'rep03']

export async function people(at, count, until) {
  const times = []
  let failed = 0
  for (const login of logins) await at.token(login)
  await Promise.all(
    Array.from({ length: count }, async (_, who) => {
      await wait(Math.random() * 2000)
      for (let n = who; until(); n += 1) {
        const begun = performance.now()
        const told = await at.call(logins[who % logins.length], 'GET', pages[n % pages.length])
        times.push(performance.now() - begun)
        if (!told || told.status >= 500) failed += 1
        await wait(1000 + Math.random() * 2000)
      }
    }),
  )
  return { times, failed }
}

export async function round(at) {
  const end = Date.now() + 60_000
  const { times, failed } = await people(at, 100, () => Date.now() < end)
  return { minutes: 1, requests: times.length, failed, p95: Math.round(part(times, 0.95)) }
}
