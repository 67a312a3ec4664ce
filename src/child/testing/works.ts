import { answer } from '../answer.ts'

/** What the child of the tests is asked to do. */
export type Work =
  | { readonly name: 'return'; readonly value: unknown }
  | { readonly name: 'pid' }
  | { readonly name: 'throw'; readonly message: string }
  | { readonly name: 'spin' }
  | { readonly name: 'fill'; readonly what: 'heap' | 'bytes' }
  | { readonly name: 'exit' }
  | { readonly name: 'nice' }

answer(async (work: Work) => {
  switch (work.name) {
    case 'return':
      return work.value
    case 'pid':
      return process.pid
    case 'throw':
      throw new RangeError(work.message)
    case 'spin':
      for (;;);
    case 'fill':
      return fill(work.what)
    case 'exit':
      return process.exit(0)
    case 'nice':
      return (await import('node:os')).getPriority()
  }
})

/** Without a pause, as native parts do: only another thread can look at it. */
function fill(what: 'heap' | 'bytes'): never {
  const kept: unknown[] = []
  for (;;)
    kept.push(
      what === 'bytes' ? Buffer.alloc(4_000_000, kept.length) : Array.from({ length: 1000 }, Math.random),
    )
}
