import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { ApiProblem } from './api.ts'
import { connection, lookForServer, onReturn } from './connection.ts'

const gone = (): ApiProblem =>
  new ApiProblem(410, {
    code: 'outdated',
    text: {
      zh: 'Kambook 已更新，这一页属于旧版本；重新载入后打开新的',
      en: 'Kambook has been updated and this page belongs to the version before. Reload to open the new one',
    },
  })
const missed = (): ApiProblem =>
  new ApiProblem(410, {
    code: 'outdated',
    text: {
      zh: '断线时这一部分没有取到；重新载入后打开',
      en: 'This part did not arrive while the connection was down. Reload to open it',
    },
  })

const back = (): Promise<void> =>
  new Promise((done) => {
    const stop = onReturn(() => {
      stop()
      done()
    })
  })

/**
 * A part of the program that is fetched when it is first needed. While the server is away it waits until it is there again. A part
 * that is gone although the server is there belongs to an older program, and that is said. A browser asks for a file that failed
 * only once in the life of a page: `otherwise` does what is left then.
 */
function part<T>(load: () => Promise<T>, otherwise: (where: string) => Promise<T>): () => Promise<T> {
  return async () => {
    const where = location.pathname
    try {
      return await load()
    } catch {
      if (!(await lookForServer())) await back()
      if (connection().outdated) throw gone()
      return load().catch(() => otherwise(where))
    }
  }
}

/** Whether this tab was loaded anew for this very page a moment ago: once is a mend, twice would be a circle. */
function justReloaded(): boolean {
  const name = `kambook.reloaded ${location.pathname}`
  const last = Number(sessionStorage.getItem(name) ?? 0)
  sessionStorage.setItem(name, String(Date.now()))
  return Date.now() - last < 60_000
}

/** A page's part: what stood there before is left already, so that the page may be loaded anew by itself. */
export const pagePart = <T>(load: () => Promise<T>): (() => Promise<T>) =>
  part(load, (where) => {
    // Whoever has gone elsewhere meanwhile is not disturbed there.
    if (location.pathname !== where || justReloaded()) throw missed()
    location.reload()
    return new Promise(() => undefined)
  })

/** A component within a page, fetched when it is first drawn; what is written beside it is never taken away. */
export const lazyPart = <P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(
    part(load, () => {
      throw missed()
    }),
  )
