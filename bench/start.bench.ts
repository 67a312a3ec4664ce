import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Context, Line } from './line.ts'
import { inFolder, memoryOf, type Started, started, startedProgram } from './program.ts'

const rounds = 3

/** From nothing and from yesterday: the program with its sample company, and PostgreSQL alone by the same launcher. */
export async function lines({ root }: Context): Promise<Line[]> {
  const best = { cold: Infinity, warm: Infinity, coldBare: Infinity, warmBare: Infinity, memory: Infinity }
  for (let round = 0; round < rounds; round += 1) {
    await inFolder(async (folder) => {
      best.coldBare = Math.min(best.coldBare, await timeOf(postgres(root, folder)))
      best.warmBare = Math.min(best.warmBare, await timeOf(postgres(root, folder)))
    })
    await inFolder(async (folder) => {
      best.cold = Math.min(best.cold, await timeOf(startedProgram(root, folder)))
      const running = await startedProgram(root, folder)
      best.warm = Math.min(best.warm, running.took)
      await idle()
      best.memory = Math.min(best.memory, memoryOf(running.pid))
      await running.stop()
    })
  }
  const node = await started(['-e', 'console.log("up"); setInterval(() => {}, 1e6)'], /up/)
  await idle()
  const bare = memoryOf(node.pid)
  await node.stop()
  return [
    { what: 'cold start with the sample company', value: best.cold, unit: 'ms', floor: best.coldBare, floorWhat: 'PostgreSQL alone: laid out and started' },
    { what: 'warm start', value: best.warm, unit: 'ms', floor: best.warmBare, floorWhat: 'PostgreSQL alone: started' },
    { what: 'idle memory of the program', value: best.memory, unit: 'MB', floor: bare, floorWhat: 'Node doing nothing' },
  ]
}

const idle = () => new Promise((resolve) => setTimeout(resolve, 3000))

async function timeOf(starting: Promise<Started>): Promise<number> {
  const running = await starting
  await running.stop()
  return running.took
}

function postgres(root: string, folder: string): Promise<Started> {
  const launcher = pathToFileURL(join(root, 'dist/server/postgres.js')).href
  const code = `const { startPostgres } = await import(${JSON.stringify(launcher)})
    const server = await startPostgres({ dataDir: ${JSON.stringify(folder)}, log() {} })
    process.on('SIGTERM', () => server.stop().then(() => process.exit()))
    console.log('up')`
  return started(['--input-type=module', '-e', code], /up/)
}
