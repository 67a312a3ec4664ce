import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diffLines } from 'diff'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { afterAYear, referenceFiles, referenceNumber } from '../../../test/edition.ts'
import { makeSample } from '../../../test/people.ts'
import { readEditionFolder } from '../../handbook/load.ts'
import { systemClock } from '../../kernel/clock.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { UsageError } from '../say.ts'
import { handbook } from './handbook.ts'

// The handbook in a folder of its own, as a company keeps it in git: out, changed, judged, in, compared, published, withdrawn.

let base: TestDatabase
let place: string
let printed: string[] = []

beforeAll(async () => {
  base = await freshDatabase()
  await makeSample(base.db, systemClock)
  place = await mkdtemp(join(tmpdir(), 'kambook-folder-'))
  vi.stubEnv('DATABASE_URL', base.url)
  vi.stubEnv('KAMBOOK_LANG', 'en')
}, 120_000)
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await base?.drop()
  if (place) await rm(place, { recursive: true, force: true })
})
beforeEach(() => {
  printed = []
  for (const stream of ['log', 'error'] as const)
    vi.spyOn(console, stream).mockImplementation((...words) => void printed.push(words.join(' ')))
})

/** Gives an order as people type it and tells what was printed. */
async function ordered(line: string, ...last: string[]): Promise<string> {
  await handbook([...line.split(' '), ...last])
  return printed.join('\n')
}
const states = async () =>
  (
    await sql<{ said: string }>`select number || ' ' || status as said from edition order by id`.execute(
      base.db.kysely,
    )
  ).rows.map((one) => one.said)
const folder = (name: string) => join(place, name)
/** Every byte below a folder by its path. */
async function bytesOf(root: string): Promise<Record<string, string>> {
  const names = (await readdir(root, { recursive: true })).sort()
  const found: Record<string, string> = {}
  for (const name of names)
    if ((await stat(join(root, name))).isFile())
      found[name] = (await readFile(join(root, name))).toString('base64')
  return found
}

describe('An edition out of the program and in again', () => {
  test('goes out letter by letter, and the same twice', async () => {
    expect(await ordered('export', folder('one'))).toContain(`Edition ${referenceNumber} is exported`)
    expect(await readEditionFolder(folder('one'))).toEqual(referenceFiles)
    await ordered('export', folder('two'))
    expect(await bytesOf(folder('two'))).toEqual(await bytesOf(folder('one')))
  })

  test('comes in without a difference, and goes out byte for byte as it was', async () => {
    expect(await ordered('import --user con', folder('one'))).toContain('is here already; nothing changed')
    expect(await states()).toEqual([`${referenceNumber} effective`])
    await ordered('export', folder('three'))
    expect(await bytesOf(folder('three'))).toEqual(await bytesOf(folder('one')))
  })

  test('does not touch what is no handbook, nor files that no edition has', async () => {
    await writeFile(join(place, 'shopping.yaml'), 'tea: 2\n')
    const all = await bytesOf(place)
    await expect(ordered('export', place)).rejects.toThrow(UsageError)
    expect(await bytesOf(place)).toEqual(all)
    await writeFile(join(folder('two'), 'norms', 'ours.yaml'), '- id: norm.ours\n')
    await expect(ordered('export', folder('two'))).rejects.toMatchObject({
      code: 'strange-files',
      faults: [{ path: 'norms/ours.yaml' }],
    })
    expect(await readFile(join(folder('two'), 'norms', 'ours.yaml'), 'utf8')).toBe('- id: norm.ours\n')
  })
})

describe('A year later', () => {
  const training = `- id: norm.training
  name: { zh: 培训, en: Training }
  tag: default
  note: { zh: 按公司培训制度, en: By the company's rules on training }
`
  test('each change is a line or two of its file', async () => {
    const year: Record<string, string> = { ...(await afterAYear('2026.2')), 'norms/training.yaml': training }
    for (const [name, text] of Object.entries(year)) await writeFile(join(folder('one'), name), text)
    const lines = (name: string) => {
      const parts = diffLines(referenceFiles[name] ?? '', year[name] as string)
      const count = (kind: 'added' | 'removed') =>
        parts.filter((part) => part[kind]).reduce((sum, part) => sum + (part.count ?? 0), 0)
      return [count('removed'), count('added')]
    }
    const changed = Object.keys(year).filter((name) => year[name] !== referenceFiles[name])
    expect(Object.fromEntries(changed.map((name) => [name, lines(name)]))).toEqual({
      'edition.yaml': [1, 1],
      'norms/planning.yaml': [1, 1],
      'norms/deadlines.yaml': [1, 8],
      'policies/MP-01.zh.md': [1, 1],
      'policies/MP-01.en.md': [1, 1],
      'workflows/PLAN.bpmn': [1, 1],
      // The drawing is laid out anew around the new step.
      'workflows/DATA.bpmn': expect.anything(),
      'forms/FM-01.yaml': [0, 1],
      'norms/training.yaml': [0, 4],
    })
  })

  test('compared, the differences are told clause by clause', async () => {
    const told = await ordered('diff effective', folder('one'))
    expect(told).toContain('Rounds of review at most: 3 rounds → 4 rounds')
    expect(told).toContain('+ Step: A3-3 Verify the correction')
    expect(told).toContain('{+ten working days +}')
    expect(told).toContain('8 changes')
  })

  test('a fault is told with file, line and column, and nothing is kept', async () => {
    const plan = join(folder('one'), 'workflows', 'PLAN.bpmn')
    const good = await readFile(plan, 'utf8')
    await writeFile(
      plan,
      good.replace('kb:due="norm.deadlines.planDraft"', 'kb:due="norm.deadlines.planDraught"'),
    )
    const line = good.split('\n').findIndex((one) => one.includes('kb:due="norm.deadlines.planDraft"')) + 1
    const told = await ordered('check', folder('one'))
    expect(told).toMatch(new RegExp(`PLAN\\.bpmn:${line}:\\d+ error \\[norms\\] .*planDraught`))
    expect(process.exitCode).toBe(1)
    process.exitCode = 0
    await expect(ordered('import --user con', folder('one'))).rejects.toThrow(Refusal)
    expect(await states()).toEqual([`${referenceNumber} effective`])
    await writeFile(plan, good)
  })

  test('the consultant brings it, the head publishes it, and takes it back', async () => {
    expect(await ordered('import --user con', folder('one'))).toContain('Edition 2026.2 is a draft')
    await expect(ordered('publish 2026.2 --user con --from 2099-01-01')).rejects.toThrow(Refusal)
    await expect(ordered('publish 2026.2 --user sup --from 2099-02-30')).rejects.toThrow(UsageError)
    expect(await states()).toEqual([`${referenceNumber} effective`, '2026.2 draft'])
    expect(await ordered('publish 2026.2 --user sup --from 2099-01-01')).toContain(
      'effective from 2099-01-01',
    )
    expect(await states()).toEqual([`${referenceNumber} effective`, '2026.2 published'])
    await expect(ordered('withdraw 2026.2 --user sup')).rejects.toThrow(UsageError)
    expect(await ordered('withdraw 2026.2 --user sup --why', 'too early')).toContain('2026.2 is withdrawn')
    expect(await states()).toEqual([`${referenceNumber} effective`, '2026.2 withdrawn'])
  })

  test('exported over a later edition, the one in force leaves nothing of it behind', async () => {
    expect(await ordered('export', folder('one'))).toContain('1 old ones removed')
    expect(await readEditionFolder(folder('one'))).toEqual(referenceFiles)
  })
})
