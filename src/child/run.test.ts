import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { builtChild } from '../../test/child.ts'
import { ChildFailure, runInChild } from './run.ts'
import type { Work } from './testing/works.ts'

const entry = await builtChild('src/child/testing/works.ts')
const wide = { memoryMb: 400, seconds: 60 }
const run = (work: Work, bounds: Parameters<typeof runInChild>[2] = wide) =>
  runInChild<Work, unknown>(entry, work, bounds)

/** Whether a process is there, a dead one that nobody has looked after included. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
/** Children of a process, as Linux tells them. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)
const failure = async (promise: Promise<unknown>): Promise<ChildFailure> => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ChildFailure)
  return error as ChildFailure
}

describe('Work in a child process', () => {
  test('takes and gives values as they are: dates, maps, and fifty million bytes', async () => {
    const bytes = new Uint8Array(50_000_000).fill(7)
    bytes[49_999_999] = 9
    const value = { bytes, on: new Date(0), names: new Map([['甲', 1]]) }
    const back = (await run({ name: 'return', value })) as typeof value
    expect({ on: back.on, names: back.names }).toEqual({ on: value.on, names: value.names })
    expect(Buffer.compare(back.bytes, bytes)).toBe(0)
  })

  test('throws the error that the work threw', async () => {
    await expect(run({ name: 'throw', message: '第 3 页' })).rejects.toThrow(RangeError)
    await expect(run({ name: 'throw', message: '第 3 页' })).rejects.toThrow('第 3 页')
  })

  test('leaves no process behind when it is done', async () => {
    expect(alive((await run({ name: 'pid' })) as number)).toBe(false)
  })

  test('gives way to the program', async () => {
    expect(await run({ name: 'nice' })).toBeGreaterThan(0)
  })
})

describe('Work beyond its bounds', () => {
  test('ends when it takes too long, while it never pauses', async () => {
    const told = await failure(run({ name: 'spin' }, { memoryMb: 400, seconds: 1 }))
    expect(told.reason).toBe('too-slow')
    expect(told.text).toEqual({
      zh: '1 秒内没有完成，已停止',
      en: 'It was not done within 1 seconds and was stopped',
    })
  })

  test.each(['heap', 'bytes'] as const)('ends when it takes too much memory, %s', async (what) => {
    const told = await failure(run({ name: 'fill', what }, { memoryMb: 150, seconds: 60 }))
    expect(told.reason).toBe('too-large')
    expect(told.text.zh).toBe('用到的内存超过 150 MB，已停止')
  })

  test('is told as died when its process ends without an answer, or is not there', async () => {
    expect((await failure(run({ name: 'exit' }))).reason).toBe('died')
    const absent = await failure(runInChild('/nowhere/none.child.js', null, wide))
    expect([absent.reason, absent.detail]).toEqual(['died', expect.stringContaining('Cannot find module')])
  })

  test('ends when nobody waits for it any longer', async () => {
    const gone = new AbortController()
    const asked = run({ name: 'spin' }, { ...wide, signal: gone.signal })
    setTimeout(() => gone.abort(new Error('closed')), 300)
    await expect(asked).rejects.toThrow('closed')
    await expect(run({ name: 'pid' }, { ...wide, signal: gone.signal })).rejects.toThrow('closed')
  })

  test('is told as died when somebody kills it', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux tells the children of a process')
    const asked = failure(run({ name: 'spin' }))
    const [pid = 0] = await until(() => childrenOf(process.pid).filter(isWork))
    process.kill(pid, 'SIGKILL')
    expect((await asked).reason).toBe('died')
  })
})

test('A child that never pauses ends with its program, also when that is killed', async ({ skip }) => {
  if (process.platform !== 'linux') skip('only Linux tells the children of a process')
  const program = await builtChild('src/child/testing/program.ts')
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const parent: ChildProcess = fork(program, [entry])
    const [pid = 0] = await until(() => childrenOf(parent.pid as number).filter(isWork))
    parent.kill(signal)
    await once(parent, 'exit')
    await until(() => (alive(pid) ? [] : [true]))
  }
})

const isWork = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(entry)
  } catch {
    return false
  }
}

/** Looks until something is found; the test's own bound ends it. */
async function until<T>(look: () => T[]): Promise<T[]> {
  for (;;) {
    const found = look()
    if (found.length > 0) return found
    await wait(50)
  }
}
