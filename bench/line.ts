import { existsSync, readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

/** One figure of the report: what was measured beside its floor, both in this run. */
export interface Line {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly floor: number
  readonly floorWhat: string
  /** How many times the floor it may be at most. */
  readonly bar?: number
  /** How much more than the floor it may be at most, in its unit. */
  readonly beyond?: number
}

export interface Context {
  /** A durable PostgreSQL, started for this run. */
  readonly server: string
  readonly root: string
}

type Work = (time: number) => Promise<unknown>
type Meter = () => number

/** Processor time of this process, in milliseconds: what a piece of work costs, however busy the machine is. */
const program: Meter = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Processor time of the program and of the database's processes that serve it; where the system does not tell, time passed. */
async function programAndDatabase(watcher: pg.Client): Promise<Meter> {
  const { rows } = await watcher.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const files = rows.map(({ pid }) => `/proc/${pid}/schedstat`)
  if (!files.every((file) => existsSync(file))) return () => performance.now()
  return () => program() + files.reduce((sum, file) => sum + spent(file), 0)
}

const spent = (file: string): number =>
  existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1_000_000 : Number.NaN

/** Measures works in turn, round by round; the best round counts: the one in which caches were warm and nothing came between. */
async function inTurn(
  meterOf: () => Meter | Promise<Meter>,
  works: readonly Work[],
  rounds: number,
  times: number,
): Promise<number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round += 1)
    for (const [at, work] of works.entries()) {
      const meter = await meterOf()
      const from = meter()
      for (let time = 0; time < times; time += 1) await work(round * times + time)
      const took = (meter() - from) / times
      // Not a number when a connection ended on the way; such a round does not count.
      if (took < (best[at] as number)) best[at] = took
    }
  return best
}

/** Milliseconds of the program's own processor time that each work takes. */
export const programTimes = (works: readonly Work[], rounds = 8, times = 40) =>
  inTurn(() => program, works, rounds, times)

/** Milliseconds of processor time that each work takes in the program and in its database. */
export async function workTimes(
  database: string,
  works: readonly Work[],
  rounds = 8,
  times = 15,
): Promise<number[]> {
  const watcher = new pg.Client({ connectionString: database })
  await watcher.connect()
  try {
    for (const work of works) await work(0)
    return await inTurn(() => programAndDatabase(watcher), works, rounds, times)
  } finally {
    await watcher.end()
  }
}

/** Milliseconds of processor time that each work takes in a program of its own, whatever its thread, and in its database; who asks is not counted. */
export async function workTimesOf(
  pid: number,
  database: string,
  works: readonly Work[],
  rounds: number,
  times: number,
): Promise<number[]> {
  const watcher = new pg.Client({ connectionString: database })
  await watcher.connect()
  try {
    for (const work of works) for (let time = 0; time < 40; time += 1) await work(time)
    return await inTurn(
      async () => {
        const both = await programAndDatabase(watcher)
        if (!existsSync(`/proc/${pid}/task`)) return both
        return () => both() - program() + spentBy(pid)
      },
      works,
      rounds,
      times,
    )
  } finally {
    await watcher.end()
  }
}

/** Processor time of all threads of a process so far. */
const spentBy = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (sum, thread) => sum + spent(`/proc/${pid}/task/${thread}/schedstat`),
    0,
  )

/**
 * Milliseconds of processor time that a work takes once, in the program and in its database: in connections that were open before, and in
 * those it opens. One that ends amid the work counts as it was when it was last looked at, a fifth of a second before at most.
 */
export async function workOnce(database: string, work: () => Promise<unknown>): Promise<number> {
  const watcher = new pg.Client({ connectionString: database })
  await watcher.connect()
  const first = new Map<number, number>()
  const last = new Map<number, number>()
  const look = async (): Promise<void> => {
    const { rows } = await watcher.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    for (const { pid } of rows) {
      const time = spent(`/proc/${pid}/schedstat`)
      if (!Number.isNaN(time)) last.set(pid, time)
    }
  }
  await look()
  for (const [pid, time] of last) first.set(pid, time)
  const looking = setInterval(() => void look(), 200)
  try {
    const from = program()
    await work()
    const own = program() - from
    await look()
    return own + [...last].reduce((sum, [pid, time]) => sum + time - (first.get(pid) ?? 0), 0)
  } finally {
    clearInterval(looking)
    await watcher.end()
  }
}
