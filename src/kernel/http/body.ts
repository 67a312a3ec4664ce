import { Refusal } from '../refusal.ts'

/** Most of a request's body, in bytes: what people type and paste, and a file. */
export const most = { json: 4_000_000, bytes: 60_000_000 } as const

/**
 * The body of a request, read no further than allowed, whatever the request says of its own length.
 * @throws Refusal 413 `too-large`
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const told = Number(request.headers.get('content-length') ?? 0)
  if (told > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

const tooLarge = (limit: number): Refusal =>
  new Refusal(413, 'too-large', {
    zh: `内容超过 ${limit / 1_000_000} MB，没有接收。分成几次`,
    en: `The content is larger than ${limit / 1_000_000} MB and was not taken. Send it in parts`,
  })
