import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { App } from '../app.ts'

/** Serves an app; answers when it listens. `port` 0 takes a free one. Rejects when the port is taken. */
export function listen(
  app: Pick<App, 'fetch'>,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<{ url: string; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: host,
        port,
        fetch: (request, { incoming }: { incoming: { socket: { remoteAddress?: string } } }) => {
          // The address of the peer is the connection's, whatever the request says of itself.
          const headers = new Headers(request.headers)
          headers.set('x-peer-address', incoming.socket.remoteAddress ?? 'local')
          return app.fetch(new Request(request, { headers }))
        },
      },
      (info: AddressInfo) =>
        resolve({
          url: `http://${host.includes(':') ? `[${host}]` : host}:${info.port}`,
          close: () =>
            new Promise((done) => {
              server.close(() => done())
              // Idle connections of browsers would keep the program alive.
              if ('closeIdleConnections' in server) server.closeIdleConnections()
            }),
        }),
    )
    server.on('error', reject)
  })
}
