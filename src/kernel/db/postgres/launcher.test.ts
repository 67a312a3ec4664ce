import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { inspectPostgres } from './launcher.ts'
import { processFacts } from './processes.ts'
import { clearAway, dataFolder, ended, launch, query, runProgram, serverPid } from './testing/home.ts'

afterAll(clearAway)

/** A start that was made and stopped again, and holds one row. */
async function usedFolder(): Promise<string> {
  const folder = await dataFolder()
  const postgres = await launch(folder)
  await query(postgres.url, 'create table kept as select 42 as n')
  await postgres.stop()
  return folder
}
const kept = (url: string) => query(url, 'select n from kept')

describe('A first start', () => {
  test('makes a database for this machine only, with a password of its own', async () => {
    const folder = await dataFolder()
    expect(await inspectPostgres(folder)).toMatchObject({ state: 'none', made: null, problems: [] })
    const postgres = await launch(folder)
    expect(postgres.adopted).toBe(false)
    const facts = await query(
      postgres.url,
      `select current_database() as name, current_user as who, pg_encoding_to_char(encoding) as encoding, datctype as ctype,
        current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
        current_setting('fsync') as fsync, current_setting('data_checksums') as checksums
        from pg_database where datname = current_database()`,
    )
    expect(facts).toMatchObject({
      name: 'kambook',
      who: 'kambook',
      encoding: 'UTF8',
      listens: '127.0.0.1',
      sockets: '',
      fsync: 'on',
      checksums: 'on',
    })
    if (process.platform === 'linux') expect(facts.ctype).toBe('C.UTF-8')
    expect((await stat(join(folder, 'postgres.secret'))).mode & 0o077).toBe(0)
    const wrong = new URL(postgres.url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect(await inspectPostgres(folder)).toMatchObject({
      state: 'running',
      port: postgres.port,
      problems: [],
    })

    const pid = await serverPid(folder)
    await postgres.stop()
    expect(await processFacts(pid)).toBeNull()
    expect(await inspectPostgres(folder)).toMatchObject({ state: 'stopped', url: null })
    expect((await readdir(folder)).filter((name) => name.includes('half'))).toEqual([])
  })

  test('killed while the database is being made leaves nothing that stops the next one', async () => {
    const folder = await dataFolder()
    const running = runProgram(folder).catch(() => null)
    while (!(await readdir(folder)).some((name) => name.startsWith('postgres.half-'))) await wait(2)
    const { pid } = JSON.parse(await readFile(join(folder, 'kambook.lock'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    await running
    const next = await runProgram(folder)
    expect(next.said).toMatchObject({ adopted: false })
    expect(await query(String(next.said.url), 'select 1 as one')).toEqual({ one: 1 })
    next.child.kill('SIGTERM')
    await ended(next.child)
  })
})

describe('A start after trouble', () => {
  test('a second program is told where the first one is', async () => {
    const folder = await usedFolder()
    const first = await runProgram(folder, { url: 'http://127.0.0.1:4242' })
    const second = await runProgram(folder)
    expect(second.said).toMatchObject({
      problem: 'already-running',
      detail: { url: 'http://127.0.0.1:4242' },
    })
    expect(await kept(String(first.said.url))).toEqual({ n: 42 })
    first.child.kill('SIGTERM')
    await ended(first.child)
  })

  test('the program was killed: the server it left running is adopted, its data is there', async () => {
    const folder = await usedFolder()
    const killed = await runProgram(folder)
    const pid = await serverPid(folder)
    await query(String(killed.said.url), 'update kept set n = 43')
    killed.child.kill('SIGKILL')
    await ended(killed.child)
    const next = await runProgram(folder)
    expect(next.said).toMatchObject({ adopted: true, port: killed.said.port })
    expect(await serverPid(folder)).toBe(pid)
    expect(await kept(String(next.said.url))).toEqual({ n: 43 })
    next.child.kill('SIGTERM')
    await ended(next.child)
    expect(await processFacts(pid)).toBeNull()
  })

  test('the server was killed under a running program: it comes back at the same address', async () => {
    const folder = await usedFolder()
    const postgres = await launch(folder)
    for (let round = 0; round < 3; round += 1) {
      const pid = await serverPid(folder)
      await query(postgres.url, `update kept set n = ${100 + round}`)
      process.kill(pid, 'SIGKILL')
      await expect
        .poll(() => kept(postgres.url).catch(() => null), { timeout: 10_000, interval: 50 })
        .toEqual({ n: 100 + round })
      expect(await serverPid(folder)).not.toBe(pid)
    }
    await postgres.stop()
    expect(await inspectPostgres(folder)).toMatchObject({ state: 'stopped' })
  })

  test('program and server were killed: the next start recovers', async () => {
    const folder = await usedFolder()
    const killed = await runProgram(folder)
    await query(String(killed.said.url), 'update kept set n = 44')
    const pid = await serverPid(folder)
    killed.child.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await ended(killed.child)
    expect((await inspectPostgres(folder)).state).toBe('stale-lock')
    const postgres = await launch(folder)
    expect(postgres.adopted).toBe(false)
    expect(await kept(postgres.url)).toEqual({ n: 44 })
    await postgres.stop()
  })

  test('a lock that names a living process of another kind, or a zombie, is mended', async () => {
    const folder = await usedFolder()
    const parent = spawn('/bin/sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [zombie] = await new Promise<string[]>((resolve) =>
      createInterface({ input: parent.stdout }).once('line', (line) => resolve([line])),
    )
    await expect.poll(() => readFile(`/proc/${zombie}/stat`, 'utf8').catch(() => ') Z')).toContain(') Z')
    for (const pid of [process.pid, Number(zombie)]) {
      const file = [
        pid,
        join(folder, 'postgres'),
        1_500_000_000,
        5999,
        '',
        '127.0.0.1',
        '  1 1',
        'ready   ',
        '',
      ]
      await writeFile(join(folder, 'postgres', 'postmaster.pid'), file.join('\n'))
      const postgres = await launch(folder)
      expect(postgres.adopted).toBe(false)
      expect(await kept(postgres.url)).toEqual({ n: 42 })
      await postgres.stop()
    }
    parent.kill('SIGKILL')
  })

  test('a copied folder does not adopt the server of the original', async () => {
    const folder = await usedFolder()
    const original = await launch(folder)
    const copy = await dataFolder()
    // What a careless backup of a running folder holds: data from before, the lock from now.
    await original.stop()
    await rm(copy, { recursive: true })
    await cp(folder, copy, { recursive: true, preserveTimestamps: true })
    const again = await launch(folder)
    await cp(join(folder, 'postgres', 'postmaster.pid'), join(copy, 'postgres', 'postmaster.pid'))
    const { chownLike } = await import('./testing/owner.ts')
    await chownLike(join(folder, 'postgres'), join(copy, 'postgres'))
    const other = await launch(copy)
    expect(other.adopted).toBe(false)
    expect(other.port).not.toBe(again.port)
    await query(other.url, 'update kept set n = 7')
    expect(await kept(again.url)).toEqual({ n: 42 })
    await other.stop()
    await again.stop()
  })

  test('a lost password file is replaced by a new password', async () => {
    const folder = await usedFolder()
    await rm(join(folder, 'postgres.secret'))
    const postgres = await launch(folder)
    expect(await kept(postgres.url)).toEqual({ n: 42 })
    await postgres.stop()
  })
})

describe('What cannot be mended is told', () => {
  test('data of another major version is refused and left as it is', async () => {
    const folder = await usedFolder()
    const file = join(folder, 'postgres', 'PG_VERSION')
    await writeFile(file, '17\n')
    const refused = await launch(folder).catch((error) => error)
    expect(refused).toMatchObject({ code: 'other-version', detail: { made: '17', major: '18' } })
    expect(refused.text.zh).toContain('17')
    expect((await inspectPostgres(folder)).problems.map((one) => one.code)).toEqual(['other-version'])
    await writeFile(file, '18\n')
    const postgres = await launch(folder)
    expect(await kept(postgres.url)).toEqual({ n: 42 })
    await postgres.stop()
  })

  test('files that are no whole database are not overwritten', async () => {
    const folder = await dataFolder()
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'precious'), 'x')
    await expect(launch(folder)).rejects.toMatchObject({ code: 'data-damaged' })
    expect(await readdir(join(folder, 'postgres'))).toEqual(['precious'])
  })

  test('a server that does not start is told with its own words', async () => {
    const folder = await usedFolder()
    await writeFile(join(folder, 'postgres', 'postgresql.auto.conf'), 'shared_buffers = much\n')
    const refused = await launch(folder).catch((error) => error)
    expect(refused).toMatchObject({ code: 'postgres-failed' })
    expect(refused.text.zh).toContain('shared_buffers')
  })

  test('a data folder that is a file', async () => {
    const folder = join(await dataFolder(), 'file')
    await writeFile(folder, 'x')
    await expect(launch(folder)).rejects.toMatchObject({ code: 'no-folder' })
  })
})
