import { readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { holderOf, holdFolder } from './hold.ts'
import { clearAway, dataFolder } from './testing/home.ts'

afterAll(clearAway)

const lock = (folder: string) => join(folder, 'kambook.lock')
const left = (more: object) =>
  JSON.stringify({ token: 'left', pid: 2_000_000_001, startedAt: '1', host: hostname(), url: null, ...more })

describe('One program at a time on a data folder', () => {
  test('a second start is told the address of the first, and may go on once that one is gone', async () => {
    const folder = await dataFolder()
    const first = await holdFolder(folder)
    await expect(holdFolder(folder)).rejects.toMatchObject({ code: 'already-running' })
    await first.tellUrl('http://127.0.0.1:4711')
    const refused = await holdFolder(folder).catch((error) => error)
    expect(refused.detail.url).toBe('http://127.0.0.1:4711')
    expect(refused.text.zh).toContain('http://127.0.0.1:4711')
    expect(refused.text.en).toContain('http://127.0.0.1:4711')
    expect((await stat(lock(folder))).mode & 0o077).toBe(0)
    await first.release()
    await (await holdFolder(folder)).release()
    expect(await holderOf(folder)).toBeNull()
  })

  test('a lock whose process is gone, is another one by now, or was never written, is taken over', async () => {
    const folder = await dataFolder()
    for (const note of [left({}), left({ pid: process.pid }), '', '{"half']) {
      await writeFile(lock(folder), note)
      const long = new Date(Date.now() - 60_000)
      await utimes(lock(folder), long, long)
      const hold = await holdFolder(folder)
      expect(JSON.parse(await readFile(lock(folder), 'utf8')).pid).toBe(process.pid)
      await hold.release()
    }
  })

  test('a holder on another machine counts as long as it shows life', async () => {
    const folder = await dataFolder()
    await writeFile(lock(folder), left({ host: 'elsewhere', url: 'http://elsewhere:1' }))
    await expect(holdFolder(folder)).rejects.toMatchObject({
      code: 'already-running',
      detail: { url: 'http://elsewhere:1' },
    })
    const silent = new Date(Date.now() - 60_000)
    await utimes(lock(folder), silent, silent)
    await (await holdFolder(folder)).release()
  })

  test('of many that find the same stale lock, one gets the folder', async () => {
    const folder = await dataFolder()
    await writeFile(lock(folder), left({}))
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => holdFolder(folder)))
    const won = tries.filter((one) => one.status === 'fulfilled')
    expect(won).toHaveLength(1)
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'already-running' })
    await won[0]?.value.release()
  })
})
