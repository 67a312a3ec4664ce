import { createHash } from 'node:crypto'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Edition } from '../../handbook/model.ts'
import { outline } from '../../handbook/outline.ts'

interface Told {
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer>
  readonly tag: string
}
// An edition never changes: it is put into words once for all who read it.
const told = new WeakMap<Edition, Told>()

function tellingOf(edition: Edition): Told {
  const known = told.get(edition)
  if (known) return known
  const { files: _, ...content } = edition
  const plain = new TextEncoder().encode(JSON.stringify({ edition: content, outline: outline(edition) }))
  const packed = new Uint8Array(
    brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  )
  // Of what is sent, not of the files: a newer program may tell the same files otherwise.
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  const made = { plain, packed, tag }
  told.set(edition, made)
  return made
}

/** The whole of an edition for its reader; 304 when the asker has it already. Whether he may still read it is asked every time. */
export function contentAnswer(edition: Edition, request: Request): Response {
  const { plain, packed, tag } = tellingOf(edition)
  const headers = { etag: tag, 'cache-control': 'private, no-cache', vary: 'accept-encoding, cookie' }
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
  const brotli = /\bbr\b/.test(request.headers.get('accept-encoding') ?? '')
  return new Response(brotli ? packed : plain, {
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      ...(brotli ? { 'content-encoding': 'br' } : {}),
    },
  })
}
