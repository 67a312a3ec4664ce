import { normal, type Run } from './word-text.ts'

/** How many lines runs take in a width, in twentieths of a point. */
export type Measure = (runs: readonly Run[], width: number, size?: number) => number

const cjk = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]/
const ideograph = /[\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff]/
/** Where a line may not begin. */
const never = /^[，。、；：？！）》」』】〕”’…·%％,.;:?!)\]}]/
/** What stays with the sign behind it. */
const holds = /[（《「『【〔“‘([{]$/

/** Measures as Word breaks lines, with the widths of the very typeface that is in the file. */
export function measure(fonts: { readonly regular: Buffer; readonly bold: Buffer }): Measure {
  const advances = { regular: advancesOf(fonts.regular), bold: advancesOf(fonts.bold) }
  return (runs, width, size = normal.size) => {
    let lines = 1
    let at = 0
    let before = ''
    // A piece that cannot be broken may go over the border between two runs.
    let piece = { width: 0, space: 0, text: '' }
    const place = () => {
      if (piece.text === '' && piece.space === 0) return
      if (at > 0 && at + piece.width > width) {
        lines += 1
        at = 0
      }
      // A word wider than the line goes on in the next.
      while (piece.width > width) {
        lines += 1
        piece.width -= width
      }
      at += piece.width + piece.space
      piece = { width: 0, space: 0, text: '' }
    }
    for (const run of runs) {
      if (run.break) {
        place()
        lines += 1
        at = 0
        before = ''
      }
      const em = (run.size ?? size) * 10
      const widths = run.bold ? advances.bold : advances.regular
      for (const char of run.text) {
        const code = char.codePointAt(0) as number
        const wide = widths(code) * em
        if (char === ' ') {
          piece.space += wide
          before = char
          continue
        }
        // Word sets a quarter of an em between Chinese and Latin letters or digits.
        const mixed =
          before !== '' &&
          ((ideograph.test(before) && /[\p{L}\p{N}]/u.test(char) && !ideograph.test(char)) ||
            (ideograph.test(char) && /[\p{L}\p{N}]/u.test(before) && !ideograph.test(before)))
        const breaks =
          piece.space > 0 ||
          (before !== '' &&
            !never.test(char) &&
            !holds.test(before) &&
            (cjk.test(before) || cjk.test(char) || (before === '-' && !/[\d-]/.test(char))))
        if (breaks) place()
        piece.width += wide + (mixed ? em / 4 : 0)
        piece.text += char
        before = char
      }
    }
    place()
    return lines
  }
}

/** Widths of a typeface's characters in ems, read from its file; one that it does not have is as wide as a Chinese one. */
function advancesOf(font: Buffer): (code: number) => number {
  const tables = new Map<string, number>()
  for (let at = 0; at < font.readUInt16BE(4); at += 1)
    tables.set(font.toString('latin1', 12 + at * 16, 16 + at * 16), font.readUInt32BE(20 + at * 16))
  const table = (name: string) => tables.get(name) as number
  const units = font.readUInt16BE(table('head') + 18)
  const full = font.readUInt16BE(table('hhea') + 34)
  const glyphs = glyphsOf(font, table('cmap'))
  const known = new Map<number, number>()
  return (code) => {
    const seen = known.get(code)
    if (seen !== undefined) return seen
    // A space that holds is as wide as any.
    const glyph = glyphs(code === 0xa0 ? 0x20 : code)
    const width = glyph === 0 ? 1 : font.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, full - 1)) / units
    known.set(code, width)
    return width
  }
}

/** Finds glyphs by their characters, in a table of format 12 or 4. */
function glyphsOf(font: Buffer, cmap: number): (code: number) => number {
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, at) => cmap + font.readUInt32BE(cmap + 8 + at * 8),
  )
  const long = subtables.find((at) => font.readUInt16BE(at) === 12)
  if (long !== undefined) {
    const count = font.readUInt32BE(long + 12)
    return (code) => {
      for (let at = long + 16; at < long + 16 + count * 12; at += 12)
        if (code >= font.readUInt32BE(at) && code <= font.readUInt32BE(at + 4))
          return font.readUInt32BE(at + 8) + code - font.readUInt32BE(at)
      return 0
    }
  }
  const short = subtables.find((at) => font.readUInt16BE(at) === 4)
  if (short === undefined) return () => 0
  const twice = font.readUInt16BE(short + 6)
  return (code) => {
    for (let at = 0; at < twice; at += 2) {
      const end = font.readUInt16BE(short + 14 + at)
      if (code > end) continue
      const start = font.readUInt16BE(short + 16 + twice + at)
      if (code < start) return 0
      const delta = font.readUInt16BE(short + 16 + 2 * twice + at)
      const place = short + 16 + 3 * twice + at
      const range = font.readUInt16BE(place)
      if (range === 0) return (code + delta) & 0xffff
      const glyph = font.readUInt16BE(place + range + 2 * (code - start))
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}
