import type { Lang, Text } from '../../handbook/model.ts'
import type { Kernel } from '../context.ts'

/** What takes a processor for longer than a request may wait: done in a process of its own, one of a lane at a time. */
export interface HeavyKind {
  readonly id: string
  /** What is being done, as the asker reads it. */
  readonly label: Text
  /** Of one lane a program does one at a time, so that many of one sort do not hold up another. */
  readonly lane: 'print' | 'file' | 'import' | 'edition'
  /** Megabytes of the whole process and seconds; beyond them it fails for good and says so. */
  readonly bounds: { readonly memoryMb: number; readonly seconds: number }
  /** May be done again after a process died in its middle, so it writes in one transaction or writes the same. */
  run(work: Work): Promise<Done>
}

export interface Work {
  readonly kernel: Kernel
  readonly userId: number | null
  readonly lang: Lang
  readonly input: unknown
  readonly upload: Uint8Array | null
  /** Says how far it is, 0 to 1; outside of any transaction. */
  tell(part: number, doing: Text): Promise<void>
}

/** What comes of it: something to read, a file, or both. */
export interface Done {
  readonly answer?: unknown
  readonly file?: { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }
}

/** A job as a person or a transaction asks for it. */
export interface Asked {
  readonly kind: string
  /** Two that ask for the same while it is open get one job. */
  readonly key: string
  /** Whether what comes of it is the same for everybody and kept for the next asker. */
  readonly keep?: boolean
  readonly input: Readonly<Record<string, unknown>>
  readonly upload?: Uint8Array
}

/** Why a job failed, as a refusal of the API. */
export interface Reason {
  readonly status: number
  readonly code: string
  readonly text: Text
  readonly faults?: readonly { readonly path: string; readonly text: Text }[]
  readonly detail?: Readonly<Record<string, unknown>>
}

declare const KAMBOOK_BUILD: string | undefined
/**
 * What is kept holds for one build of the program. One that runs from its sources may change under them: what it keeps holds for that one
 * process.
 */
export const programName: string =
  typeof KAMBOOK_BUILD === 'string' ? KAMBOOK_BUILD : `sources ${process.pid} ${Date.now()}`
