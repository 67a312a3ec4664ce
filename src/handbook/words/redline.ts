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

/** Words of a line; Chinese is cut into words as well, so that a change marks a word and not half of one. */
function wordsOf(text: string, lang: Lang): string[] {
  const cutter = new Intl.Segmenter(lang === 'zh' ? 'zh-CN' : 'en', { granularity: 'word' })
  return [...cutter.segment(text)].map((one) => one.segment)
}

/** What changed within a line, word by word. */
export function redlineWords(before: string, after: string, lang: Lang): Run[] {
  const runs: Run[] = []
  for (const part of diffArrays(wordsOf(before, lang), wordsOf(after, lang))) {
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
  const parts = diffArrays(lines(before), lines(after))
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
    const left = [...gone]
    for (const line of come) {
      const best = left
        .map((old, at) => ({ at, runs: redlineWords(old, line, lang) }))
        .map((one) => ({ ...one, like: likeness(one.runs) }))
        .sort((a, b) => b.like - a.like)[0]
      if (best && best.like >= 0.35) {
        for (const old of left.splice(0, best.at + 1).slice(0, best.at)) whole('removed', old)
        blocks.push({ change: 'changed', runs: best.runs })
      } else whole('added', line)
    }
    for (const old of left) whole('removed', old)
  }
}
