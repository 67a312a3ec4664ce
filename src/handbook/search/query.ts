import type { Ref } from '../model.ts'
import type { Reading } from '../words/element.ts'
import { initialsOf, syllablesOf } from '../words/initials.ts'

/** One thing that is asked for: any of the words will do. */
export interface Wanted {
  readonly words: readonly string[]
  /** An amount that a limit may cover: 10 with `%`, 50000 with `元`. */
  readonly amount: { readonly count: number; readonly unit: string } | null
  /** Where the glossary says the word is ruled. */
  readonly see: readonly Ref[]
}

/** Writing that means the same: wide letters, capitals, curly quotes. */
export const plainly = (words: string): string => words.normalize('NFKC').toLowerCase().trim()

/** Words as pinyin is typed: without blanks and apostrophes, v for ü; `null` where they are none. */
export function typedAs(question: string): string | null {
  const typed = question.replaceAll('ü', 'v').replaceAll(/[\s'’]/g, '')
  return /^[a-z]+$/.test(typed) ? typed : null
}

const latin = /^[\x20-\x7e]+$/

interface Name {
  readonly word: string
  readonly words: readonly string[]
  readonly see: readonly Ref[]
  readonly initials: string
  readonly spelling: string
}

const known = new WeakMap<Reading, Name[]>()

/** Every name by which the glossary and the posts call a thing, the longest first. */
function namesOf(edition: Reading): Name[] {
  const before = known.get(edition)
  if (before) return before
  const all: Name[] = []
  const add = (spoken: readonly string[], see: readonly Ref[]) => {
    const words = [...new Set(spoken.flatMap((one) => one.split(/[/,，、]/)).map(plainly))].filter(
      (one) => one.length > 1,
    )
    for (const word of words)
      all.push({
        word,
        words,
        see,
        initials: latin.test(word) ? '' : initialsOf(word),
        spelling: latin.test(word) ? '' : syllablesOf(word).join(''),
      })
  }
  for (const { term, aliases, see } of edition.glossary) add([term.zh, term.en, ...aliases], see)
  for (const post of edition.posts)
    add(
      [post.name, ...post.aliases].flatMap((one) => [one.zh, one.en]),
      [],
    )
  all.sort((one, other) => other.word.length - one.word.length)
  known.set(edition, all)
  return all
}

const inside = (text: string, word: string): number => {
  if (!latin.test(word)) return text.indexOf(word)
  const found = new RegExp(`(?<![a-z0-9])${word.replaceAll(/[^\w\s]/g, '\\$&')}(?![a-z0-9])`).exec(text)
  return found?.index ?? -1
}

/** Whether a word stands in a text: a Latin one at the beginning of a word, a Chinese one anywhere. */
export function stands(text: string, word: string): boolean {
  if (!/^[a-z0-9]/.test(word)) return text.includes(word)
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (at === 0 || !/[a-z0-9]/.test(text[at - 1] as string)) return true
  return false
}

/** Words that ask and do not name. */
const asking =
  /谁|什么时候|什么|哪些|哪张|哪个|怎么|怎样|如何|何时|几时|在哪|多久|多少|之后|以后|后|需要|应该|应当|可以|要|的|了|吗|呢|做|该|有/g
const little = new Set(
  'a an the of for to in on at by is are be do does did who what when where which how must should can may after before with and or my i me we our'.split(
    ' ',
  ),
)
const units: Record<string, { unit: string; times: number }> = {
  '%': { unit: '%', times: 1 },
  万: { unit: '元', times: 10_000 },
  万元: { unit: '元', times: 10_000 },
  元: { unit: '元', times: 1 },
  cny: { unit: '元', times: 1 },
  天: { unit: '天', times: 1 },
  日: { unit: '天', times: 1 },
  day: { unit: '天', times: 1 },
  days: { unit: '天', times: 1 },
}
const amounts = /(?<![\w.-])(\d[\d,]*(?:\.\d+)?)\s*(%|万元|万|元|cny|天|日|days?)(?![a-z])/

/**
 * What a question asks for. Names of the glossary and of posts stand for all their other names, amounts are read with their unit, little
 * words are left out. `has` says whether a word stands anywhere: a Chinese run that does not is taken apart.
 */
export function wantedIn(edition: Reading, question: string, has: (word: string) => boolean): Wanted[] {
  let rest = plainly(question)
  const wanted: Wanted[] = []
  const word = (one: string): Wanted => ({ words: [one], amount: null, see: [] })
  for (let found = amounts.exec(rest); found; found = amounts.exec(rest)) {
    const { unit, times } = units[found[2] as string] as { unit: string; times: number }
    const written = `${found[1]}${found[2]}`
    const count = Number((found[1] as string).replaceAll(',', '')) * times
    wanted.push({ words: [written, `${found[1]} ${found[2]}`], amount: { count, unit }, see: [] })
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
  }
  // Names of the glossary are known by their pinyin, too, in full or by initials.
  const typed = typedAs(rest)
  const spelt =
    typed && typed.length > 2
      ? namesOf(edition).find((one) => one.spelling === typed || (typed === rest && one.initials === typed))
      : undefined
  if (spelt) return [{ words: [rest, ...spelt.words], amount: null, see: spelt.see }]
  for (const name of namesOf(edition)) {
    const at = inside(rest, name.word)
    if (at === -1) continue
    wanted.push({ words: name.words, amount: null, see: name.see })
    rest = `${rest.slice(0, at)} ${rest.slice(at + name.word.length)}`
  }
  const tokens = rest.split(/[\s,.;:?!，。；：？！、“”"'()（）]+/).filter(Boolean)
  const telling = tokens.filter((one) => !little.has(one))
  for (const one of telling) {
    if (latin.test(one) || has(one)) {
      wanted.push(word(one))
      continue
    }
    for (const piece of one.replaceAll(asking, ' ').split(' ').filter(Boolean)) {
      if (piece.length < 4 || has(piece)) wanted.push(word(piece))
      else for (let at = 0; at + 2 <= piece.length; at += 2) wanted.push(word(piece.slice(at, at + 2)))
    }
  }
  // A question of little words alone is taken by the letter.
  return wanted.length > 0 ? wanted : tokens.map(word)
}
