import type { Text } from '../model.ts'
import type { Reading } from '../words/element.ts'
import { judgeOf } from '../words/norms.ts'
import { type Entry, entriesOf } from './entries.ts'
import { plainly, stands, typedAs, type Wanted, wantedIn } from './query.ts'

export interface Hit {
  readonly ref: string
  readonly is: Entry['is']
  readonly code: string
  readonly title: Text
  /** Who, by when, how much: what the place says to the question, so that many need not go there. */
  readonly answer: Text | null
  /** The sentence a word of the question stands in, when it is not in the title. */
  readonly line: Text | null
  /** The word that was found in `line`. */
  readonly word: string
}

/** What a match is worth, by where it stands. */
const worth = { code: 200, whole: 120, begins: 60, title: 50, ladder: 45, initials: 30, line: 14, around: 10 }
const byTheGlossary = 250
/** Who types a word means the whole thing rather than a part of it, where both bear the word. */
const wholeThing = 8

/** Codes as people type them: `fm18` for FM-18, `k1` for K01. */
const loosely = (code: string): string => code.replaceAll('-', '').replace(/^([a-z]+)0+(?=\d)/, '$1')

/** How well what was typed is the code of an entry: 2 to the letter, 0 not at all. */
function likeCode({ ref, code: written }: Entry, question: string): number {
  const code = written.toLowerCase()
  // The parts of a whole bear its code; whoever types the code means the whole.
  if (code === '' || /^(post|policy):.*\//.test(ref)) return 0
  if (code === question) return 2
  if (loosely(code) === loosely(question)) return 1.5
  return code.startsWith(question) ? 1 : 0
}

/** What pinyin is worth that was typed for a title, in full and from any of its characters on. */
function likeSound({ syllables }: Entry, typed: string): number {
  const from = syllables.findIndex((_, at) => syllables.slice(at).join('').startsWith(typed))
  if (from === -1) return 0
  if (from > 0) return worth.initials
  return syllables.join('') === typed ? worth.whole : worth.begins
}

/** Whether a row of limits speaks of such amounts. */
const covers = ({ ladder }: Entry, { amount }: Wanted): boolean =>
  ladder !== null && amount !== null && ladder.row.unit?.zh === amount.unit

/** What one thing asked for is worth at a place; 0 where it does not stand. */
function worthOf(entry: Entry, wanted: Wanted): number {
  const { title, around, lines } = entry.plain
  let best = covers(entry, wanted) ? worth.ladder : 0
  for (const word of wanted.words) {
    const found = title.some((one) => one === word)
      ? worth.whole
      : title.some((one) => one.startsWith(word))
        ? worth.begins
        : title.some((one) => stands(one, word))
          ? worth.title
          : lines.some((one) => stands(one, word))
            ? worth.line
            : stands(around, word)
              ? worth.around
              : 0
    best = Math.max(best, found)
  }
  return best
}

/**
 * Places that answer `words`, the best first: by code, by any name the glossary knows, by words of titles, tables and sentences in either
 * language, by pinyin in full or
 * by initials. Places with all that is asked for stand alone; only where there is none do those with the most of it come.
 */
export function findIn(edition: Reading, words: string, most = 60): Hit[] {
  const question = plainly(words)
  if (question === '') return []
  const entries = entriesOf(edition)
  const has = (word: string) =>
    entries.some(({ plain }) =>
      [...plain.title, plain.around, ...plain.lines].some((one) => stands(one, word)),
    )
  const wanted = wantedIn(edition, question, has)
  const see = wanted.flatMap((one) => one.see)
  const typed = typedAs(question)
  const asInitials = /^[a-z]{2,}$/.test(question)
  const ranked = entries.map((entry, order) => {
    const worths = wanted.map((one) => worthOf(entry, one))
    let sum = worths.reduce((all, one) => all + one, 0)
    const byCode = likeCode(entry, question)
    if (byCode) sum += worth.code * byCode
    if (entry.plain.title.some((one) => one.includes(question))) sum += worth.begins
    const byInitials = asInitials && entry.initials.includes(question)
    if (byInitials)
      sum +=
        entry.initials === question
          ? worth.whole
          : entry.initials.startsWith(question)
            ? worth.title
            : worth.initials
    const bySound = typed === null || typed.length < 3 ? 0 : likeSound(entry, typed)
    sum += bySound
    if (sum > 0 && /^(wf|policy|form|kpi|post):[^/]+$/.test(entry.ref)) sum += wholeThing
    const led = see.indexOf(entry.ref)
    if (led !== -1) sum += byTheGlossary - led
    const count =
      byCode || byInitials || bySound
        ? wanted.length
        : worths.filter((one, at) => one > 0 || leads(wanted[at], entry)).length
    return { entry, sum, count, order }
  })
  const reach = Math.max(...ranked.map((one) => one.count))
  // Less than half of what was asked for is no answer.
  if (reach * 2 < wanted.length || reach === 0) return []
  return ranked
    .filter((one) => one.count === reach)
    .sort((one, other) => other.sum - one.sum || one.order - other.order)
    .slice(0, most)
    .map(({ entry }) => hitOf(entry, wanted))
}

const leads = (wanted: Wanted | undefined, entry: Entry): boolean => wanted?.see.includes(entry.ref) ?? false

function hitOf(entry: Entry, wanted: readonly Wanted[]): Hit {
  const { ref, is, code, title } = entry
  const missing = wanted.filter(
    (one) => !one.words.some((word) => entry.plain.title.some((line) => stands(line, word))),
  )
  let best = { at: -1, score: 0, word: '' }
  for (const [at, line] of entry.plain.lines.entries()) {
    const found = missing.flatMap((one) => one.words.filter((word) => stands(line, word)).slice(0, 1))
    if (found.length > best.score) best = { at, score: found.length, word: found[0] ?? '' }
  }
  return {
    ref,
    is,
    code,
    title,
    answer: answerOf(entry, wanted),
    line: entry.lines[best.at] ?? null,
    word: best.word,
  }
}

/** The answer of a place; a table of limits says who decides on the amount that was asked for. */
function answerOf(entry: Entry, wanted: readonly Wanted[]): Text | null {
  const asked = wanted.find((one) => covers(entry, one))
  if (!entry.ladder || !asked?.amount) return entry.answer
  const { norm, row } = entry.ladder
  const judge = judgeOf(norm, row, asked.amount.count)
  if (!judge) return entry.answer
  const shown = asked.words[0] ?? ''
  return {
    zh: `${shown} → ${judge.name.zh}（${entry.answer?.zh ?? ''}）`,
    en: `${shown} → ${judge.name.en} (${entry.answer?.en ?? ''})`,
  }
}
