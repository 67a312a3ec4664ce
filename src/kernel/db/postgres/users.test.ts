import { chmod, chown, cp, lstat, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { binaryVersion, mendBinaries, nativeFolder } from './binaries.ts'
import { inspectPostgres } from './launcher.ts'
import {
  canMount,
  canRunHere,
  clearAway,
  dataFolder,
  ended,
  folders,
  isRoot,
  launch,
  openFolder,
  query,
  runProgram,
  serverPid,
} from './testing/home.ts'

afterAll(clearAway)

const plain = { uid: 65_534, gid: 65_534 }

describe.skipIf(process.platform === 'win32')('Links and programs of the packaged PostgreSQL', () => {
  test('are mended when no install script made them', async () => {
    const home = await openFolder()
    folders.push(home)
    const native = join(home, 'native')
    await cp(nativeFolder(), native, { recursive: true, verbatimSymlinks: true })
    for (const name of await readdir(join(native, 'bin'))) await chmod(join(native, 'bin', name), 0o644)
    for (const name of await readdir(join(native, 'lib')))
      if ((await lstat(join(native, 'lib', name))).isSymbolicLink()) await rm(join(native, 'lib', name))
    expect(await binaryVersion(native, null)).toBeNull()
    await mendBinaries(native)
    expect(await binaryVersion(native, null)).toMatchObject({ major: '18' })
  })
})

describe.skipIf(!isRoot)('Started by root', () => {
  test('the server runs as another system user, who owns the data', async () => {
    const folder = await dataFolder()
    const postgres = await launch(folder)
    const owner = await stat(join(folder, 'postgres'))
    expect(owner.uid).not.toBe(0)
    expect((await stat(`/proc/${await serverPid(folder)}`)).uid).toBe(owner.uid)
    await postgres.stop()
  })

  test('below a private home the database moves to a shelter and is found there again', async () => {
    const folder = await dataFolder(0o700)
    const shelter = await openFolder()
    folders.push(shelter)
    const told: string[] = []
    const options = { shelters: [shelter], log: (text: { en: string }) => told.push(text.en) }
    const first = await launch(folder, options)
    await query(first.url, 'create table kept as select 42 as n')
    await first.stop()
    const [place] = await readdir(shelter)
    expect((await readFile(join(folder, 'postgres.place'), 'utf8')).trim()).toBe(join(shelter, place ?? ''))
    expect(told.join()).toContain(shelter)
    expect(await inspectPostgres(folder)).toMatchObject({ sheltered: true, state: 'stopped' })

    const again = await launch(folder, options)
    expect(await query(again.url, 'select n from kept')).toEqual({ n: 42 })
    await again.stop()
    expect(await readdir(shelter)).toHaveLength(1)

    await rm(join(shelter, place ?? ''), { recursive: true })
    await expect(launch(folder, options)).rejects.toMatchObject({ code: 'data-gone' })
  })

  test('a home made private later takes its data along', async () => {
    const folder = await dataFolder()
    const shelter = await openFolder()
    folders.push(shelter)
    const first = await launch(folder)
    await query(first.url, 'create table kept as select 42 as n')
    await first.stop()
    await chmod(folder, 0o700)
    const moved = await launch(folder, { shelters: [shelter] })
    expect(await query(moved.url, 'select n from kept')).toEqual({ n: 42 })
    await moved.stop()
    expect((await inspectPostgres(folder)).cluster).toContain(shelter)
  })

  test('without any shelter it says what to do', async () => {
    const folder = await dataFolder(0o700)
    await expect(launch(folder, { shelters: ['/proc'] })).rejects.toMatchObject({ code: 'no-shelter' })
  })
})

describe('Started by a plain user', () => {
  test.skipIf(isRoot && !canRunHere(plain.uid))('the server runs as that user', async () => {
    const folder = await dataFolder()
    const as = isRoot ? plain : undefined
    if (as) await chown(folder, as.uid, as.gid)
    const running = await runProgram(folder, { as })
    const uid = as?.uid ?? process.getuid?.()
    expect(running.said).toMatchObject({ adopted: false, uid })
    expect((await stat(join(folder, 'postgres'))).uid).toBe(uid)
    running.child.kill('SIGTERM')
    await ended(running.child)
  })

  test.skipIf(isRoot && !canRunHere(plain.uid))('a folder that may not be written is told', async () => {
    const folder = await dataFolder()
    await chmod(folder, 0o555)
    const refused = await runProgram(folder, { as: isRoot ? plain : undefined })
    expect(refused.said).toMatchObject({ problem: 'read-only' })
    expect(String(refused.said.zh)).toContain(folder)
    expect(await readdir(folder)).toEqual([])
  })

  test.skipIf(!(isRoot && canRunHere(plain.uid)))('data of somebody else is told, not touched', async () => {
    const folder = await dataFolder()
    const postgres = await launch(folder)
    await postgres.stop()
    await chmod(folder, 0o777)
    const refused = await runProgram(folder, { as: plain })
    expect(refused.said).toMatchObject({ problem: 'read-only' })
  })
})

// A mount of its own, seen by one program only and gone with it.
const mounted = (folder: string, options: string) => `mount -t tmpfs -o ${options} tmpfs ${folder}`

describe.skipIf(!canMount())('A disk that does not take writes', () => {
  test('is told as read-only', async () => {
    const folder = await dataFolder()
    const refused = await runProgram(folder, { disk: mounted(folder, 'ro') })
    expect(refused.said).toMatchObject({ problem: 'read-only' })
    expect(String(refused.said.zh)).toContain(folder)
  })

  test('is told as full at the first start', async () => {
    const folder = await dataFolder()
    const refused = await runProgram(folder, { disk: mounted(folder, 'size=8m,mode=755') })
    expect(refused.said).toMatchObject({ problem: 'disk-full' })
  })

  test('is told as full later, and what was saved is there once there is room', async () => {
    const folder = await dataFolder()
    const postgres = await launch(folder)
    await query(postgres.url, 'create table kept as select 42 as n')
    await postgres.stop()
    const copy = await dataFolder()
    const fill = `cp -a ${folder}/. ${copy} && dd if=/dev/zero of=${copy}/filler bs=64k 2>/dev/null; true`
    const disk = `${mounted(copy, 'size=100m,mode=755')} && { ${fill}; }`
    const refused = await runProgram(copy, { disk })
    expect(refused.said).toMatchObject({ problem: 'disk-full' })
    const freed = await runProgram(copy, { disk: `${disk} && rm ${copy}/filler` })
    expect(await query(String(freed.said.url), 'select n from kept')).toEqual({ n: 42 })
    freed.child.kill('SIGTERM')
    await ended(freed.child)
  })
})
