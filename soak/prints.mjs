import { setTimeout as wait } from 'node:timers/promises'
import { people } from './people.mjs'
import { part } from './program.mjs'

/** Twelve prints at once while twenty people work: their p95 before and during. */
export const about = 'rounds of twelve prints'
const orders = ['zh', 'en', 'both'].flatMap((lang) =>
  ['pdf', 'docx'].flatMap((format) => [
    `format=${format}&lang=${lang}`,
    `format=${format}&lang=${lang}&part=wf:PLAN`,
  ]),
)

export async function round(at) {
  const before = Date.now() + 30_000
  const calm = await people(at, 20, () => Date.now() < before)
  let printing = true
  const begun = Date.now()
  const prints = Promise.all(
    orders.map(async (order) => {
      let told = await at.call('sup', 'GET', `/handbook/editions/effective/document?${order}`)
      while (told?.status === 202 || told?.body?.state === 'waiting' || told?.body?.state === 'running') {
        const job = told.location?.slice('/api/v1'.length) ?? `/jobs/${told.body.id}`
        await wait(1000)
        told = await at.call('sup', 'GET', job)
      }
      return told?.status === 200 && (told.body === null || told.body.state === 'done')
    }),
  ).finally(() => {
    printing = false
  })
  const busy = await people(at, 20, () => printing)
  const done = await prints
  return {
    prints: done.length,
    failed: done.filter((well) => !well).length + calm.failed + busy.failed,
    seconds: Math.round((Date.now() - begun) / 1000),
    p95: Math.round(part(busy.times, 0.95)),
    p95before: Math.round(part(calm.times, 0.95)),
  }
}
