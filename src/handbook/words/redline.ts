import { diffArrays } from 'diff'
import type { Lang } from '../model.ts'

/** A run of words that stays, comes or goes. */
export interface Run {
  readonly change: 'same' | 'added' | 'removed'
  readonly text: string
}
/** A paragraph of the one text that shows both editions. */
export interface Block {
  readonly change: 'same' | 'added' | 'removed' | 'changed'
  readonly runs: readonly Run[]
}

// A segmenter is dear to make and cheap to use.
const cutters = {
  zh: new Intl.Segmenter('zh-CN', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
}
/**
 * Words of a line; Chinese is cut into words as well, so that a change marks a word and not half of one. Each segment carries a copy of
 * all that was segmented, so a long line is handed over in pieces that no word reaches across.
 */
const wordsOf = (text: string, lang: Lang): string[] =>
  text
    .split(/(?<=[\s。；，、！？])/u)
    .flatMap((piece) => Array.from(cutters[lang].segment(piece), (one) => one.segment))

/** Texts further apart than this have nothing in common that would help a reader; looking on would cost its square. */
const furthest = { maxEditLength: 600 }

/** What changed within a line, word by word. */
export function redlineWords(before: string, after: string, lang: Lang): Run[] {
  const runs: Run[] = []
  const parts = diffArrays(wordsOf(before, lang), wordsOf(after, lang), furthest)
  if (!parts)
    return [
      { change: 'removed', text: before },
      { change: 'added', text: after },
    ]
  for (const part of parts) {
    const change = part.added ? 'added' : part.removed ? 'removed' : 'same'
    runs.push({ change, text: part.value.join('') })
  }
  return joined(runs)
}

/** A blank or a comma that happens to stay between two changes would only tear them apart. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  let removed = ''
  let added = ''
  const flush = () => {
    if (removed) out.push({ change: 'removed', text: removed })
    if (added) out.push({ change: 'added', text: added })
    removed = ''
    added = ''
  }
  for (const [index, run] of runs.entries()) {
    const between = (removed || added) && index + 1 < runs.length && /^[\s\p{P}]{1,2}$/u.test(run.text)
    if (run.change === 'removed') removed += run.text
    else if (run.change === 'added') added += run.text
    else if (between && removed && added) {
      removed += run.text
      added += run.text
    } else {
      flush()
      out.push(run)
    }
  }
  flush()
  return out
}

/** How much of two lines is common, 0 to 1. */
function likeness(runs: readonly Run[]): number {
  const count = (change: Run['change']) =>
    runs.filter((one) => one.change === change).reduce((sum, one) => sum + one.text.length, 0)
  const common = count('same')
  return common / Math.max(1, common + Math.max(count('added'), count('removed')))
}

/** Two texts as one: paragraphs that stay, come, go, or change within. `null` is a text that is not there. */
export function redline(before: string | null, after: string | null, lang: Lang): Block[] {
  const blocks: Block[] = []
  const lines = (text: string | null) => (text ?? '').split('\n').filter((line) => line.trim() !== '')
  const whole = (change: 'same' | 'added' | 'removed', text: string) =>
    blocks.push({ change, runs: [{ change, text }] })
  const [old, now] = [lines(before), lines(after)]
  const parts = diffArrays(old, now, furthest) ?? [
    { value: old, added: false, removed: true },
    { value: now, added: true, removed: false },
  ]
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] as (typeof parts)[number]
    const next = parts[index + 1]
    if (!part.added && !part.removed) for (const line of part.value) whole('same', line)
    else if (part.removed && next?.added) {
      index += 1
      meet(part.value, next.value)
    } else for (const line of part.value) whole(part.added ? 'added' : 'removed', line)
  }
  return blocks

  /** Lines that went and lines that came at one place: like ones are told as one changed line. */
  function meet(gone: readonly string[], come: readonly string[]): void {
    const partnerOf = partners(gone, lang)
    let told = 0
    for (const line of come) {
      const at = partnerOf(line, told)
      const runs = at === null ? null : redlineWords(gone[at] as string, line, lang)
      if (at !== null && runs && likeness(runs) >= 0.35) {
        for (const old of gone.slice(told, at)) whole('removed', old)
        blocks.push({ change: 'changed', runs })
        told = at + 1
      } else whole('added', line)
    }
    for (const old of gone.slice(told)) whole('removed', old)
  }
}

/** Words that stand in more lines than this tell none of them apart. */
const common = 12

/**
 * Finds for a line the one of the old lines, from a place on, that shares most of its telling words; where none does, the next one.
 * By an index of words, so that a long text rewritten from end to end is not held line against line.
 */
function partners(old: readonly string[], lang: Lang): (line: string, from: number) => number | null {
  const where = new Map<string, number[]>()
  for (const [index, line] of old.entries())
    for (const word of new Set(wordsOf(line, lang))) {
      const places = where.get(word)
      if (places) places.push(index)
      else where.set(word, [index])
    }
  return (line, from) => {
    const shared = new Map<number, number>()
    for (const word of new Set(wordsOf(line, lang))) {
      const places = where.get(word) ?? []
      if (places.length > common) continue
      for (const place of places) if (place >= from) shared.set(place, (shared.get(place) ?? 0) + word.length)
    }
    let best: number | null = from < old.length ? from : null
    for (const [place, weight] of shared) {
      const rival = best === null ? 0 : (shared.get(best) ?? 0)
      if (weight > rival || (weight === rival && best !== null && place < best)) best = place
    }
    return best
  }
}
