import iconv from 'iconv-lite'
import { commonSimplified, commonTraditional } from './common.ts'
import type { Encoding } from './encodings.ts'

/** What was found out about the encoding of a file of text. */
export interface FoundEncoding {
  /** The likeliest one. */
  readonly encoding: Encoding
  /** False where another one is about as likely, or none is likely: somebody has to choose. */
  readonly clear: boolean
  /** How the beginning reads in each encoding that may be meant, the likeliest first. */
  readonly candidates: readonly { readonly encoding: Encoding; readonly sample: string }[]
}

export const decode = (bytes: Uint8Array, encoding: Encoding): string =>
  iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding).replace(/^\uFEFF/, '')

const begins = (bytes: Uint8Array, ...start: number[]): boolean => start.every((one, at) => bytes[at] === one)

/** What a mark at the beginning, or the zeros that every second byte of such a file is, say for certain. */
function marked(bytes: Uint8Array): Encoding | null {
  if (begins(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be'
  const head = bytes.subarray(0, 2000)
  const zeros = [0, 0]
  for (const [at, byte] of head.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] as number) + 1
  const [even = 0, odd = 0] = zeros
  const enough = head.length / 10
  if (odd > enough && even === 0) return 'utf-16le'
  return even > enough && odd === 0 ? 'utf-16be' : null
}

const judged = ['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252'] as const
const enough = { score: 0.45, ahead: 0.2 } as const
const sampleBytes = 40_000

/**
 * Finds out how a file of text is encoded: by its mark, else by how plausible its beginning and the lines further on read in each encoding.
 * Many files are valid in several: what counts is whether common characters come out.
 */
export function findEncoding(bytes: Uint8Array): FoundEncoding {
  const certain = marked(bytes)
  const lines = foreignLines(bytes)
  if (certain) return { encoding: certain, clear: true, candidates: [sampled(bytes, certain)] }
  if (lines.length === 0) return { encoding: 'utf-8', clear: true, candidates: [sampled(bytes, 'utf-8')] }
  const scores = judged
    .map((encoding) => ({ encoding, score: plausible(decode(lines, encoding), encoding) }))
    .sort((one, other) => other.score - one.score)
  const [best, second] = scores as [(typeof scores)[number], (typeof scores)[number]]
  const candidates = scores
    .filter(({ score, encoding }) => score > -1 || encoding === 'gb18030' || encoding === 'big5')
    .slice(0, 5)
    .map(({ encoding }) => sampled(lines, encoding))
  return {
    encoding: best.encoding,
    clear: best.score >= enough.score && best.score - second.score >= enough.ahead,
    candidates,
  }
}

/** Lines that hold more than plain ASCII, from the beginning and from places spread over the file. */
function foreignLines(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let size = 0
  const many = 20
  const step = Math.max(1, Math.floor(bytes.length / many))
  for (let part = 0; part < many; part += 1) {
    const until = Math.min(bytes.length, (part + 1) * step + (part === many - 1 ? many : 0))
    let at = part * step
    // A line is entered at its beginning, so that no character is cut in two.
    if (at > 0) while (at < until && bytes[at - 1] !== 10) at += 1
    let taken = 0
    while (at < until && taken < sampleBytes / many) {
      const found = bytes.indexOf(10, at)
      const end = found === -1 ? bytes.length : found + 1
      const line = bytes.subarray(at, Math.min(end, at + 20_000))
      if (line.some((byte) => byte > 127)) {
        parts.push(line)
        taken += line.length
      }
      at = end
    }
    size += taken
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const sampled = (bytes: Uint8Array, encoding: Encoding) => ({
  encoding,
  sample: decode(bytes.subarray(0, 1000), encoding)
    // A character may be cut in two where the sample ends.
    .replace(/\uFFFD$/, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .split('\n')
    .slice(0, 3)
    .join('\n')
    .replaceAll(/[\p{Cc}]/gu, (one) => (one === '\n' ? one : ''))
    .slice(0, 160)
    .trim(),
})

let firstLevels: Partial<Record<Encoding, ReadonlySet<string>>> = {}
/** The part of a character set that holds its common characters. */
function firstLevel(encoding: Encoding): ReadonlySet<string> {
  const known = firstLevels[encoding]
  if (known) return known
  const spans: Partial<Record<Encoding, [number, number]>> = {
    gb18030: [0xb0, 0xd7],
    big5: [0xa4, 0xc6],
    shift_jis: [0x88, 0x97],
  }
  const [from, to] = spans[encoding] ?? [1, 0]
  const pairs: number[] = []
  for (let lead = from; lead <= to; lead += 1)
    for (let trail = encoding === 'gb18030' ? 0xa1 : 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f && !(encoding === 'big5' && trail > 0x7e && trail < 0xa1)) pairs.push(lead, trail)
  const found = new Set(decode(new Uint8Array(pairs), encoding))
  firstLevels = { ...firstLevels, [encoding]: found }
  return found
}

const isHan = /\p{Script=Han}/u
const isKana = /[\u3041-\u30fa]/
const isHangul = /[\uac00-\ud7a3]/
const isMark =
  /[\u3000-\u303f\uff00-\uff60\uffe0-\uffe6\u2010-\u2027\u2030-\u203b\u00b7\u00d7\u00b0\u00a5\u20ac\u2103]/
const isLetter = /[A-Za-z]/
const isWestern = /[À-ÖØ-öø-ÿŒœŠšŽžŸ]/
const westernMarks = '€£¥©®°±²³½¼¾·«»‘’“”–—…™§¿¡ºª´×'

/** From about -3 (nonsense) to 1 (common words): the mean of what each character beyond ASCII speaks for. */
export function plausible(text: string, encoding: Encoding): number {
  const all = [...text]
  let sum = 0
  let count = 0
  for (const [at, one] of all.entries()) {
    const code = one.codePointAt(0) as number
    if (code < 128) continue
    count += 1
    sum += weight(one, code, encoding, all[at - 1] ?? '', all[at + 1] ?? '')
  }
  return count === 0 ? 0 : sum / count
}

function weight(one: string, code: number, encoding: Encoding, before: string, after: string): number {
  if (code === 0xfffd) return -3
  if (code < 0xa0) return -2
  if ((code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000) return -2
  if (encoding === 'windows-1252') {
    const beside = (letter: string) => letter === '' || (letter.codePointAt(0) as number) < 128
    if (!beside(before) || !beside(after)) return -1
    if (isWestern.test(one)) return isLetter.test(before) || isLetter.test(after) ? 0.8 : -0.2
    return westernMarks.includes(one) ? 0.4 : -0.5
  }
  if (isMark.test(one)) return 0.3
  if (isKana.test(one)) return encoding === 'shift_jis' || encoding === 'utf-8' ? 0.9 : -0.5
  if (isHangul.test(one)) return encoding === 'euc-kr' ? 0.6 : encoding === 'utf-8' ? 0.8 : -1
  if (code >= 0xff61 && code <= 0xff9f) return encoding === 'shift_jis' ? -0.3 : -1
  if (isHan.test(one)) {
    if (encoding === 'euc-kr') return -0.5
    if (encoding === 'utf-8') return 1
    const common =
      encoding === 'gb18030'
        ? commonSimplified.has(one)
        : encoding === 'big5'
          ? commonTraditional.has(one)
          : commonTraditional.has(one) || commonSimplified.has(one)
    if (common) return encoding === 'shift_jis' ? 0.8 : 1
    // Traditional text is written in GBK as well.
    if (encoding === 'gb18030' && commonTraditional.has(one)) return 0.8
    return firstLevel(encoding).has(one) ? 0.4 : -0.5
  }
  // Letters of other scripts: in UTF-8 they are meant, in a set of two bytes a character they come out by chance.
  return encoding === 'utf-8' ? (code < 0x800 ? 0.7 : 0.5) : -0.5
}
