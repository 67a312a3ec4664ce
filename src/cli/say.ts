import type { Text } from '../handbook/model.ts'
import { StartProblem } from '../kernel/db/postgres/launcher.ts'
import { Refusal } from '../kernel/refusal.ts'

/** Languages of this terminal: the one it is set to, both when it tells none. `KAMBOOK_LANG=zh|en` decides. */
export function terminalLanguages(env: NodeJS.ProcessEnv = process.env): readonly (keyof Text)[] {
  const told = [env.KAMBOOK_LANG, env.LC_ALL, env.LC_MESSAGES, env.LANG].find((one) => one)
  if (told?.startsWith('zh')) return ['zh']
  if (told?.startsWith('en')) return ['en']
  return ['zh', 'en']
}

/** A text as lines for this terminal. */
export const inWords = (text: Text): string =>
  [...new Set(terminalLanguages().map((lang) => text[lang]))].join('\n')

/** Says something to the person at the terminal. */
export const say = (text: Text): void => console.log(inWords(text))

/** Says why a command ends. Only what nobody foresaw is shown with the place in the program. */
export function sayFailure(error: unknown): void {
  if (error instanceof StartProblem || error instanceof Refusal) {
    console.error(inWords(error.text))
    for (const fault of error instanceof Refusal ? error.faults : []) {
      const words = inWords(fault.text)
      console.error(words.startsWith(fault.path) ? `  ${words}` : `  ${fault.path}: ${words}`)
    }
    return
  }
  console.error(
    inWords({
      zh: '程序出错，没有完成。npx kambook doctor 会查找常见原因；以下内容请交给维护者',
      en: 'The program failed and did not finish. npx kambook doctor looks for usual causes; pass the following on to the maintainers',
    }),
  )
  console.error(error)
}

/** An order that the command does not understand. */
export class UsageError extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}
