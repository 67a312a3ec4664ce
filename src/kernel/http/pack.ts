import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const packBrotli = promisify(brotliCompress)
const packGzip = promisify(gzip)

/** Below this many bytes an answer fits into one packet as it is. */
const least = 1024

/** What stands in an answer, known without reading it back as a stream. */
const texts = new WeakMap<Response, string>()

/** An answer of text that `packed` need not read. */
export function textAnswer(text: string, init: ResponseInit): Response {
  const response = new Response(text, init)
  texts.set(response, text)
  return response
}

/**
 * Packs a JSON answer for who takes it packed, off the event loop. Left as they are: answers to anything but a plain reading (a
 * token or a password is told once, in the answer to the act that made it) and answers to requests that another site set off,
 * whose length could tell what stands in them beside what that site chose (docs/decisions/0015).
 */
export async function packed(request: Request, response: Response): Promise<Response> {
  const { headers } = response
  const text = texts.get(response)
  if (request.method !== 'GET' || (text === undefined && !response.body)) return response
  if (!/^application\/([\w.-]+\+)?json\b/.test(headers.get('content-type') ?? '')) return response
  headers.append('vary', 'accept-encoding, sec-fetch-site')
  if (headers.has('content-encoding') || /\bno-transform\b/.test(headers.get('cache-control') ?? ''))
    return response
  if (/^(cross-site|same-site)$/.test(request.headers.get('sec-fetch-site') ?? '')) return response
  const encoding = encodingOf(request.headers.get('accept-encoding') ?? '')
  if (!encoding) return response
  if (text !== undefined && Buffer.byteLength(text) < least) return response
  const plain =
    text === undefined ? new Uint8Array(await response.arrayBuffer()) : new TextEncoder().encode(text)
  const answer = (body: Uint8Array<ArrayBuffer>) =>
    new Response(body, { status: response.status, statusText: response.statusText, headers })
  if (plain.length < least) return answer(plain)
  const body =
    encoding === 'br'
      ? await packBrotli(plain, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 4,
            [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
          },
        })
      : await packGzip(plain)
  headers.set('content-encoding', encoding)
  headers.delete('content-length')
  return answer(new Uint8Array(body))
}

/** The encoding a client takes, the denser one first; one that it gives no weight is refused. */
export function encodingOf(accepted: string): 'br' | 'gzip' | null {
  const takes = (name: string) =>
    accepted.split(',').some((one) => {
      const [what = '', ...rest] = one
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      return what === name && !rest.some((weight) => /^q=0(\.0*)?$/.test(weight))
    })
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null
}
