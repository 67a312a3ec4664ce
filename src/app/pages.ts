import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { encodingOf } from '../kernel/http/pack.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}
const small = new Set(['.html', '.js', '.css', '.svg', '.json'])
const pack = promisify(brotliCompress)

interface Page {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer> | null
  readonly type: string
}

/** The file as it is sent packed: as the build has packed it, else packed now, off the event loop. */
async function packedOf(path: string, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (existsSync(`${path}.br`)) return new Uint8Array(await readFile(`${path}.br`))
  return new Uint8Array(await pack(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
}

/** The path asked for, or null when its escapes are none. */
function pathOf(request: Request): string | null {
  try {
    return decodeURIComponent(new URL(request.url).pathname)
  } catch {
    return null
  }
}

/** The first file of the web app built in `folder` (`index-C4pyJGZb.js`), by which an open tab knows its own; null without one. */
export function servedIn(folder: string): string | null {
  const first = join(folder, 'index.html')
  if (!existsSync(first)) return null
  return /<script[^>]*\ssrc="\/assets\/([^"/]+)"/.exec(readFileSync(first, 'utf8'))?.[1] ?? null
}

/**
 * Serves the built web app of `folder`. Addresses without a file are pages of the app and get its first page; built files never
 * change under their name and are kept by the browser.
 */
export function servePages(folder: string): (request: Request) => Promise<Response | null> {
  const kept = new Map<string, Promise<Page>>()
  const read = async (path: string): Promise<Page> => {
    const plain = new Uint8Array(await readFile(path))
    const ext = extname(path)
    return {
      plain,
      packed: small.has(ext) ? await packedOf(path, plain) : null,
      type: types[ext] ?? 'application/octet-stream',
    }
  }
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    const asked = pathOf(request)
    if (asked === null) return malformed(request)
    const wanted = normalize(join(folder, asked))
    const inside = wanted.startsWith(folder + sep)
    const isFile = inside && extname(wanted) !== '' && existsSync(wanted)
    // A missing built file is no page: an old tab is told so, not given HTML as a script.
    if (!isFile && asked.startsWith('/assets/')) return new Response('', { status: 404 })
    const path = isFile ? wanted : join(folder, 'index.html')
    let page = kept.get(path)
    if (!page) {
      page = read(path)
      kept.set(path, page)
      page.catch(() => kept.delete(path))
    }
    const { plain, packed, type } = await page
    const brotli = packed && encodingOf(request.headers.get('accept-encoding') ?? '') === 'br'
    return new Response(brotli ? packed : plain, {
      headers: {
        'content-type': type,
        'cache-control': asked.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        vary: 'accept-encoding',
        ...(brotli ? { 'content-encoding': 'br' } : {}),
      },
    })
  }
}

function malformed(request: Request): Response {
  const words = {
    zh: '地址不完整或有误，检查后再打开',
    en: 'This address is incomplete or mistyped. Check it and open it again',
  }
  const lang = /^en\b/.test(request.headers.get('accept-language') ?? '') ? 'en' : 'zh'
  return new Response(words[lang], {
    status: 400,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'content-language': lang },
  })
}
