import type { Process } from '../model.ts'
import { layoutSwimLane } from '../picture/layout.ts'
import { cutSwimLane } from '../picture/parts.ts'
import { type Block, drawing } from './block.ts'
import { room } from './typst-style.ts'
import type { Speaker } from './words.ts'

/** Points of paper to a pixel of a drawing: words of 11 pixels are printed at 6.5 points and more. */
export const smallest = 6.5 / 11
/** Points to a pixel where a drawing has room enough. */
export const largest = 0.7
/** Widest and highest drawing that A4 takes at that size, in pixels: upright and turned, margins and captions left aside. */
const upright = { width: 810, height: 1080 }
const turned = { width: 1230, height: 730 }

/** Pages that a drawing takes when its parts stand below each other; `null` where one part is higher than a page. */
function pages(parts: readonly { height: number }[], page: { height: number }): number | null {
  const high = Math.max(...parts.map((part) => part.height)) + 24
  const each = Math.floor(page.height / high)
  return each > 0 ? Math.ceil(parts.length / each) : null
}

/** Points that an upright part takes with its caption. */
const onPaper = (width: number, height: number): number =>
  height * Math.min(largest, room.upright.width / width) + 24

/** A process drawn for paper: whole where it stays readable, else cut into parts, on pages turned where that takes fewer of them. */
export function lanePicture(
  process: Process,
  s: Speaker,
): { block: Block; turned: boolean; height: number } | null {
  const layout = layoutSwimLane(process, s.lang)
  // Both languages are turned alike, so that they can stand side by side.
  const other = layoutSwimLane(process, s.lang === 'zh' ? 'en' : 'zh')
  const cuts = [layout, other].map((one) => ({
    up: cutSwimLane(one, s.lang, upright.width),
    flat: cutSwimLane(one, s.lang, turned.width),
  }))
  const counts = cuts.map(({ up, flat }) => [pages(up, upright), pages(flat, turned)] as const)
  const turn =
    counts.every(([, flat]) => flat !== null) && counts.some(([up, flat]) => up === null || (flat ?? 0) < up)
  const parts = cuts[0]?.[turn ? 'flat' : 'up'] ?? []
  if (parts.length === 0) return null
  const heights = cuts.map(({ up }) => up.reduce((sum, { width, height }) => sum + onPaper(width, height), 0))
  return {
    turned: turn,
    height: Math.max(...heights),
    block: {
      kind: 'picture',
      lang: s.lang,
      caption: `${s.say('figure')}${s.t(process.name)}`,
      parts: parts.flatMap((part) => drawing(part.svg)),
    },
  }
}
