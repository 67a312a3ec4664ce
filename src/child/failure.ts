/** Why a piece of work came to no end: beyond its memory, beyond its time, or ended by something from outside. */
export type Reason = 'too-large' | 'too-slow' | 'died'

/** The same words in both languages. */
interface Said {
  readonly zh: string
  readonly en: string
}

/** Work in a child process that ended without an answer; `text` says so to people, `detail` is what the child wrote last. */
export class ChildFailure extends Error {
  readonly reason: Reason
  readonly text: Said
  readonly detail: string
  constructor(reason: Reason, text: Said, detail = '') {
    super(detail ? `${text.en}: ${detail}` : text.en)
    this.name = 'ChildFailure'
    this.reason = reason
    this.text = text
    this.detail = detail
  }
}

/** What is said of each reason, with the bound that was met. */
export const texts = {
  'too-large': ({ memoryMb }: { memoryMb: number }): Said => ({
    zh: `用到的内存超过 ${memoryMb} MB，已停止`,
    en: `It took more than ${memoryMb} MB of memory and was stopped`,
  }),
  'too-slow': ({ seconds }: { seconds: number }): Said => ({
    zh: `${seconds} 秒内没有完成，已停止`,
    en: `It was not done within ${seconds} seconds and was stopped`,
  }),
  died: (): Said => ({
    zh: '执行这项工作的进程中途结束，没有结果，请再试一次',
    en: 'The process doing this work ended before it was done; try again',
  }),
} as const
