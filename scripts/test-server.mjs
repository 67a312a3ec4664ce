import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

/** What a test database may do without: it is thrown away, and nothing in it has to survive a power cut. */
const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}
const roomy = { max_connections: '200' }

/**
 * Starts a PostgreSQL for one run of the tests in a folder of its own; `KAMBOOK_TEST_SERVER` names one that is there already.
 * @returns {Promise<{url: string, stop(): Promise<void>}>}
 */
export async function startTestServer({ durable = false } = {}) {
  if (process.env.KAMBOOK_TEST_SERVER) return { url: process.env.KAMBOOK_TEST_SERVER, stop: async () => {} }
  const { startPostgres } = await import(pathToFileURL(join(root, 'dist/server/postgres.js')).href)
  const folder = mkdtempSync(join(tmpdir(), 'kambook-test-'))
  // The database's own user has to pass through.
  chmodSync(folder, 0o755)
  const server = await startPostgres({
    dataDir: folder,
    settings: durable ? roomy : { ...roomy, ...quick },
    log: ({ zh, en }) => console.log(`${zh}\n${en}`),
  })
  return {
    url: server.url.replace(/\/kambook$/, '/postgres'),
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
