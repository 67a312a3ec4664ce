import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { builtChild } from '../../../test/child.ts'
import { ChildFailure } from '../../child/run.ts'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition } from '../model.ts'
import { printInChild } from './print.ts'
import { printHere } from './set.ts'

const entry = await builtChild('src/handbook/print/print.child.ts')
const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
const whole = { format: 'pdf', lang: 'zh' } as const

/** Processes that print for this one, as Linux tells them; none elsewhere. */
const printers = (): number[] =>
  process.platform !== 'linux'
    ? []
    : readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .filter((name) => {
          try {
            return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(entry)
          } catch {
            return false
          }
        })
        .map(Number)

const failure = async (printing: Promise<unknown>): Promise<ChildFailure> => {
  const error = await printing.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ChildFailure)
  expect(printers()).toEqual([])
  return error as ChildFailure
}

describe('A print in a process of its own', () => {
  test('gives what a print in place gives, and ends', async () => {
    for (const part of ['wf:PLAN', 'form:FM-05']) {
      const order = { ...whole, part }
      const [there, here] = [await printInChild(entry, edition, order), await printHere(edition, order)]
      expect([there?.fileName, there?.mime]).toEqual([here?.fileName, here?.mime])
      expect(Buffer.compare(there?.bytes as Uint8Array, here?.bytes as Uint8Array)).toBe(0)
    }
    expect(await printInChild(entry, edition, { ...whole, part: 'wf:NONE' })).toBe(null)
    expect(printers()).toEqual([])
  }, 60_000)

  test('is stopped beyond its memory, which the typesetter takes outside the heap', async () => {
    const told = await failure(printInChild(entry, edition, whole, { memoryMb: 200 }))
    expect(told.reason).toBe('too-large')
    expect(told.text).toEqual({
      zh: '印出手册用到的内存超过 200 MB，已停止。可以只印一种语言，或按章、流程、表单分开印',
      en: 'Printing took more than 200 MB of memory and was stopped. Print one language alone, or chapters, workflows and forms one by one',
    })
  }, 60_000)

  test('is stopped beyond its time, amid the work of the typesetter', async () => {
    const told = await failure(printInChild(entry, edition, whole, { seconds: 1 }))
    expect(told.reason).toBe('too-slow')
    expect(told.text.zh).toMatch(/^1 秒内没有印完，已停止/)
  }, 60_000)

  test('that is killed says so', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux tells the processes of others')
    const printing = failure(printInChild(entry, edition, whole))
    let pids = printers()
    while (pids.length === 0) {
      await wait(20)
      pids = printers()
    }
    process.kill(pids[0] as number, 'SIGKILL')
    const told = await printing
    expect([told.reason, told.text.zh]).toEqual(['died', '印出手册的进程中途结束，没有印出来。请再印一次'])
  }, 60_000)
})
