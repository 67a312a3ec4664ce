import type { Adoption, Edition, Place, Problem, Ref, Text } from '../model.ts'
import type { Bindings } from './bindings.ts'

/** One rule an edition must keep. `about` says in a sentence what it looks for. */
export interface Check {
  readonly id: string
  readonly about: Text
  run(edition: Edition, bindings: Bindings): Problem[]
}

/** What a rule found, before it gets the rule's name. */
export interface Finding {
  readonly at: Place
  readonly ref?: Ref
  readonly text: Text
  /** A described part is not worked by yet: its faults are notes. */
  readonly adoption?: Adoption
  readonly severity?: Problem['severity']
}

/** Makes a rule of a function that lists findings. */
export function check(
  id: string,
  about: Text,
  find: (edition: Edition, bindings: Bindings) => Iterable<Finding>,
): Check {
  return {
    id,
    about,
    run: (edition, bindings) =>
      [...find(edition, bindings)].map((found) => ({
        check: id,
        severity: found.severity ?? (found.adoption === 'described' ? 'note' : 'error'),
        where: found.at,
        ...(found.ref ? { ref: found.ref } : {}),
        message: found.text,
      })),
  }
}

/** The first place from `from` on where `word` is written: the line of a part whose own place the model does not keep. */
export function placeOf(edition: Edition, from: Place, word: string): Place {
  const lines = (edition.files[from.file] ?? '').split('\n')
  for (let line = from.line - 1; line < lines.length; line += 1) {
    const column = (lines[line] as string).indexOf(word)
    if (column >= 0) return { file: from.file, line: line + 1, column: column + 1 }
  }
  return from
}

/** What stands more than once in a list. */
export function repeated<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const id = key(item)
    if (seen.has(id)) return true
    seen.add(id)
    return false
  })
}
