import { useSyncExternalStore } from 'react'

/** Whether the server answers, and whether it still serves the program that this tab runs. */
export interface Connection {
  readonly away: boolean
  readonly outdated: boolean
}

/** The header in which every answer of the API names the program's first file, e.g. `index-C4pyJGZb.js`. */
const servedHeader = 'x-kambook-web'
const own = /\/assets\/([^/]+)$/.exec(import.meta.url)?.[1] ?? null

let now: Connection = { away: false, outdated: false }
const watching = new Set<() => void>()
const waiting = new Set<() => void>()
function change(next: Partial<Connection>): void {
  if (Object.entries(next).every(([name, value]) => now[name as keyof Connection] === value)) return
  now = { ...now, ...next }
  for (const listener of watching) listener()
}

/** Notes what an answer tells: that the server is there, and which program it serves now. */
export function answered(response: Response): void {
  const served = response.headers.get(servedHeader)
  if (served && own && served !== own) change({ outdated: true })
  if (!now.away) return
  change({ away: false })
  for (const listener of waiting) listener()
}

/** True for an answer that comes from something before the server, which cannot reach it either. */
export const notOurs = (response: Response): boolean =>
  response.status >= 502 && response.status <= 504 && !/json/.test(response.headers.get('content-type') ?? '')

const longest = 15_000
let timer: ReturnType<typeof setTimeout> | undefined
let checking: Promise<boolean> | null = null

async function check(): Promise<boolean> {
  try {
    const response = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(10_000) })
    if (notOurs(response)) return false
    answered(response)
    return true
  } catch {
    return false
  }
}

/** Asks whether the server is there, now, and as long as it is not, again and again, ever less often. */
export function lookForServer(pause = 1000): Promise<boolean> {
  checking ??= check()
    .then((there) => {
      change({ away: !there })
      clearTimeout(timer)
      if (!there) timer = setTimeout(() => void lookForServer(Math.min(longest, pause * 2)), pause)
      return there
    })
    .finally(() => {
      checking = null
    })
  return checking
}

if (typeof addEventListener === 'function') {
  addEventListener('online', () => void lookForServer())
  addEventListener('offline', () => void lookForServer())
}

function watch(listener: () => void): () => void {
  watching.add(listener)
  return () => watching.delete(listener)
}

export const connection = (): Connection => now
export const useConnection = (): Connection => useSyncExternalStore(watch, connection)

/** Calls back whenever the server is there again. */
export function onReturn(listener: () => void): () => void {
  waiting.add(listener)
  return () => waiting.delete(listener)
}
