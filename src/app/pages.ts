import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

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

interface Page {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer> | null
  readonly type: string
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
    const packed = small.has(ext)
      ? new Uint8Array(brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }))
      : null
    return { plain, packed, type: types[ext] ?? 'application/octet-stream' }
  }
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    const asked = decoded(new URL(request.url).pathname)
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
    const brotli = packed && /\bbr\b/.test(request.headers.get('accept-encoding') ?? '')
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

/** An address as it is meant; `null` when it is none. */
function decoded(path: string): string | null {
  try {
    const asked = decodeURIComponent(path)
    return asked.includes('\0') ? null : asked
  } catch {
    return null
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
