import { Worker } from 'node:worker_threads'
import type { Answered, Asked } from './wire.ts'

/**
 * Makes a module the child's side of `runInChild`: takes the input once, works, answers, and ends. A thread of its own watches its memory and
 * whether the program still lives, also while native parts hold the main thread.
 */
export function answer<Input, Output>(work: (input: Input) => Output | Promise<Output>): void {
  process.once('disconnect', () => process.exit())
  process.once('message', ({ input, memoryMb }: Asked) => {
    new Worker(new URL('./watch.worker.js', import.meta.url), {
      workerData: { memoryMb, parent: process.ppid },
    }).unref()
    void told(work, input as Input).then((answered) => process.send?.(answered))
  })
}

async function told<Input, Output>(
  work: (input: Input) => Output | Promise<Output>,
  input: Input,
): Promise<Answered> {
  try {
    return { output: await work(input) }
  } catch (error) {
    return { error }
  }
}
