import type { Adoption, Edition, Place, Problem, Ref, Text } from '../model.ts'
import type { Bindings } from './bindings.ts'

/** One rule an edition must keep. */
export interface Check {
  readonly id: string
  /** Which of the questions a complete handbook answers (`questions.ts`); none for rules of the files themselves. */
  readonly answers: readonly number[]
  /** What it looks for, in a sentence. */
  readonly about: Text
  /** Why that matters and how to mend it, as the documentation tells it. */
  readonly why: Text
  run(edition: Edition, bindings: Bindings): Problem[]
}

/** What a rule found, before it gets the rule's name. */
export interface Finding {
  readonly at: Place
  readonly ref?: Ref
  readonly text: Text
  /**
   * Given where the fault lies between the edition and the program: a described part is not worked by yet, so there it is a note. A
   * fault of the edition itself is an error in described parts, too, and leaves this out.
   */
  readonly adoption?: Adoption
  readonly severity?: Problem['severity']
}

/** Makes a rule of a function that lists findings. */
export function check(
  rule: Omit<Check, 'run'>,
  find: (edition: Edition, bindings: Bindings) => Iterable<Finding>,
): Check {
  return {
    ...rule,
    run: (edition, bindings) =>
      [...find(edition, bindings)].map((found) => ({
        check: rule.id,
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
