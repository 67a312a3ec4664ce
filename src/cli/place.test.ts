import { afterAll, expect, test } from 'vitest'
import { clearAway, dataFolder, query, runProgram, serverPid } from '../kernel/db/postgres/testing/home.ts'
import { onDatabase } from './place.ts'

afterAll(clearAway)

test('A command beside a running program waits for a database that is too busy to answer, and does not say that one is running already', async () => {
  const folder = await dataFolder()
  await runProgram(folder)
  process.env.KAMBOOK_DATA = folder
  const server = await serverPid(folder)
  process.kill(server, 'SIGSTOP')
  setTimeout(() => process.kill(server, 'SIGCONT'), 8000)
  const found = await onDatabase(async ({ admin }) => query(admin, 'select 42 as n'))
  expect(found).toEqual({ n: 42 })
}, 60_000)
