import type { Lang } from '../model.ts'

/** Font list of every picture; the first one that has Chinese is taken. */
export const fonts =
  "'Inter Variable', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', sans-serif"

const wide = /[\u1100-\u11ff\u2e80-\uffef]/
const narrow = /[iljtfrI.,:;'|!()[\]· ]/
const broad = /[mwMWQO@%]/

/** Width of a line in pixels, near enough to lay out boxes without a browser. */
export function widthOf(text: string, size: number): number {
  let sum = 0
  for (const char of text)
    sum += wide.test(char)
      ? 1
      : narrow.test(char)
        ? 0.32
        : broad.test(char)
          ? 0.86
          : /[A-Z0-9]/.test(char)
            ? 0.64
            : 0.55
  return sum * size
}

/** Where a line may not begin in Chinese. */
const never = /^[，。、；：？！）》”’…%]/

/** Breaks a text into lines of at most `width`; the last of too many lines ends in an ellipsis. */
export function wrap(text: string, size: number, width: number, most = 3): string[] {
  const words = text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []
  // A word that is wider than the line breaks behind its hyphen.
  const pieces = words.flatMap((word) =>
    widthOf(word.trimEnd(), size) > width ? word.split(/(?<=\p{L}-)(?=\p{L})/u) : [word],
  )
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && widthOf(line + piece.trimEnd(), size) > width && !never.test(piece)) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= most) return balance(lines, text, size)
  const kept = lines.slice(0, most)
  kept[most - 1] = `${(kept[most - 1] as string).slice(0, -1)}…`
  return kept
}

/** Two Chinese lines of like length read better than one full line and one lonely character. */
function balance(lines: string[], text: string, size: number): string[] {
  if (lines.length !== 2 || !/^[\u2e80-\uffef]+$/.test(text) || widthOf(lines[1] as string, size) > size * 2)
    return lines
  const half = Math.ceil([...text].length / 2)
  const cut = never.test([...text].slice(half).join('')) ? half + 1 : half
  return [[...text].slice(0, cut).join(''), [...text].slice(cut).join('')]
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const of = (text: { zh: string; en: string }, lang: Lang): string => text[lang]
