import type { Lang, Process } from '../model.ts'
import { layoutSwimLane } from '../picture/layout.ts'
import { cutSwimLane, type Part } from '../picture/parts.ts'
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

interface Cuts {
  readonly up: readonly Part[]
  readonly flat: readonly Part[]
}
const drawn = { zh: new WeakMap<Process, Cuts>(), en: new WeakMap<Process, Cuts>() }

/** A process cut for upright and for turned pages. A print in both languages asks for each drawing twice: kept as long as the process is. */
function cutsOf(process: Process, lang: Lang): Cuts {
  const known = drawn[lang].get(process)
  if (known) return known
  const layout = layoutSwimLane(process, lang)
  const cuts = {
    up: cutSwimLane(layout, lang, upright.width),
    flat: cutSwimLane(layout, lang, turned.width),
  }
  drawn[lang].set(process, cuts)
  return cuts
}

/** A process drawn for paper: whole where it stays readable, else cut into parts, on pages turned where that takes fewer of them. */
export function lanePicture(
  process: Process,
  s: Speaker,
): { block: Block; turned: boolean; height: number } | null {
  // Both languages are turned alike, so that they can stand side by side.
  const cuts = [cutsOf(process, s.lang), cutsOf(process, s.lang === 'zh' ? 'en' : 'zh')]
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
