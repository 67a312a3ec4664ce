import { join } from 'node:path'
import { companyClock } from './app/clock.ts'
import { servedIn, servePages } from './app/pages.ts'
import { registry } from './app/registry.ts'
import { routes } from './app/routes.ts'
import { keepChaining } from './kernel/audit/chain.ts'
import { keepRefusals } from './kernel/audit/refusals.ts'
import type { Clock } from './kernel/clock.ts'
import type { Kernel } from './kernel/context.ts'
import { openDatabase } from './kernel/db/database.ts'
import { asOwner } from './kernel/db/transaction.ts'
import { effectiveEditions } from './kernel/handbook/effective.ts'
import { securityHeaders } from './kernel/http/headers.ts'
import { openapiDocument } from './kernel/http/openapi.ts'
import { packed } from './kernel/http/pack.ts'
import { serveRoutes } from './kernel/http/server.ts'
import { type SmallWorker, startWorker } from './kernel/jobs/jobs.ts'
import { runnerOf } from './kernel/jobs/runner.ts'
import { sweepJob } from './kernel/kept/sweep.ts'
import { declareKinds } from './kernel/records/policies.ts'
import { packageRoot } from './kernel/root.ts'

export interface App {
  readonly kernel: Kernel
  fetch(request: Request): Promise<Response>
  /** Starts the worker of this process; several processes share one queue. */
  worker(): Promise<void>
  close(): Promise<void>
}

/**
 * Puts the house together on a migrated database: row security in line with the declarations, routes, pages.
 * @param options.databaseUrl what the running program signs in with
 * @param options.adminUrl what may change tables; left out, it is the same
 * @param options.web folder of the built web app; left out, it is `dist/web` of the package
 */
export async function createApp(options: {
  databaseUrl: string
  adminUrl?: string | undefined
  clock?: Clock
  web?: string
  version?: string
}): Promise<App> {
  await declareKinds(options.adminUrl ?? options.databaseUrl, registry)
  const db = openDatabase(options.databaseUrl)
  const clock = options.clock ?? (await companyClock(db))
  const editions = effectiveEditions({ db, clock, registry })
  const kernel: Kernel = { db, clock, edition: () => editions.current(), registry }
  const refusals = keepRefusals((actor, work) => asOwner(db.door, work, actor))
  const api = serveRoutes(kernel, routes, refusals)
  // Described when somebody first asks: a start does not wait for it.
  let openapi: string | undefined
  const web = options.web ?? join(packageRoot(), 'dist', 'web')
  const pages = servePages(web)
  const served = servedIn(web)
  let small: SmallWorker | null = null
  let endChain: (() => Promise<void>) | null = null

  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (pathname === '/api/openapi.json') {
      openapi ??= JSON.stringify(openapiDocument(routes, options.version ?? '0.1.0'))
      return new Response(openapi, { headers: { 'content-type': 'application/json; charset=utf-8' } })
    }
    if (pathname.startsWith('/api/') || pathname.startsWith('/health/')) return await api.fetch(request)
    return (await pages(request)) ?? (await api.fetch(request))
  }
  return {
    kernel,
    async fetch(request) {
      const response = await packed(request, await answer(request))
      if (served) response.headers.set('x-kambook-web', served)
      for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
      return response
    },
    async worker() {
      small = await startWorker(kernel, [sweepJob])
      await runnerOf(kernel).start(() => small?.names() ?? [])
      endChain = keepChaining(db.heavy)
    },
    async close() {
      await runnerOf(kernel).stop()
      await small?.stop()
      await endChain?.()
      await refusals.close()
      await db.close()
    },
  }
}
