import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { ChildFailure, type Reason, texts } from './failure.ts'
import { type Answered, type Asked, beyondMemory } from './wire.ts'

export { ChildFailure, type Reason } from './failure.ts'

export interface Bounds {
  /** Megabytes that the whole process may take, those outside the heap of JavaScript as well. */
  readonly memoryMb: number
  /** Seconds from its start to its answer. */
  readonly seconds: number
  /** Ends the work when nobody waits for it any longer. */
  readonly signal?: AbortSignal
}

const running = new Set<ChildProcess>()
const endAll = () => {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Does a piece of work in a process of its own, which ends with it and gives all its memory back. Input and output are copied as by structured
 * clone; bytes go as they are. It runs at lower priority than the program, and never outlives it.
 * @param entry file of a `*.child.ts` as it was built (see `builtEntry`), which calls `answer`
 * @throws ChildFailure beyond its memory, beyond its time, or when its process ended otherwise; the work's own error as it was thrown;
 *   the signal's reason when aborted
 */
export function runInChild<Input, Output>(
  entry: string,
  input: Input,
  { memoryMb, seconds, signal }: Bounds,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = fork(entry, [], {
      execArgv: [`--max-old-space-size=${Math.ceil(memoryMb * heapShare)}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    giveWay(child)
    if (running.size === 0) process.once('exit', endAll)
    running.add(child)

    let ended: (() => void) | null = null
    const end = (how: () => void) => {
      ended ??= how
      child.kill('SIGKILL')
    }
    const fail = (reason: Reason, detail = '') =>
      reject(new ChildFailure(reason, texts[reason]({ memoryMb, seconds }), detail))
    const timer = setTimeout(() => end(() => fail('too-slow')), seconds * 1000)
    const abort = () => end(() => reject(signal?.reason))
    signal?.addEventListener('abort', abort, { once: true })

    let lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      lastWords = (lastWords + words).slice(-4000)
    })
    child.once('message', (told: Answered) =>
      end(() => ('error' in told ? reject(told.error) : resolve(told.output as Output))),
    )
    child.once('error', (error) => {
      lastWords += error.message
      // A process that never began says nothing more.
      if (child.pid === undefined) child.emit('close')
    })
    // Only when it is gone: whoever is answered finds its memory given back.
    child.once('close', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      running.delete(child)
      if (running.size === 0) process.removeListener('exit', endAll)
      if (ended) ended()
      else fail(tooLarge.test(lastWords) ? 'too-large' : 'died', lastWords.trim())
    })
    const asked: Asked = { input, memoryMb }
    child.send(asked, (error) => {
      if (error) lastWords += error.message
    })
  })
}

/** Of the memory allowed, what JavaScript may keep; the rest is for bytes and for native parts. */
const heapShare = 0.75
const tooLarge = new RegExp(`${beyondMemory}|heap out of memory|heap limit`, 'i')

/** A third of what a request's work gets where both want the processor: it gives way and still comes to its end on a busy machine. */
const behind = 5

/** Work of minutes gives way to requests of milliseconds. From its first moment, so that every thread of it does. */
function giveWay({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, behind)
  } catch {
    // It may have ended already, or the system may not allow it: it works nevertheless.
  }
}
