/** One figure of the report: what was measured beside its floor, both in this run. */
export interface Line {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly floor: number
  readonly floorWhat: string
  /** How many times the floor it may be at most. */
  readonly bar?: number
}

export interface Context {
  /** A durable PostgreSQL, started for this run. */
  readonly server: string
  readonly root: string
}

type Work = (time: number) => Promise<unknown>

/** Milliseconds of this process's own processor time that `work` takes, each of `times`. */
async function processorTime(work: Work, times: number): Promise<number> {
  const from = process.cpuUsage()
  for (let time = 0; time < times; time += 1) await work(time)
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000 / times
}

async function wallTime(work: Work, times: number): Promise<number> {
  const from = performance.now()
  for (let time = 0; time < times; time += 1) await work(time)
  return (performance.now() - from) / times
}

/**
 * Measures works in turn, round by round, so that a busy machine is busy for all of them; the best round counts: it is the one from
 * which others took least. Early rounds warm up.
 */
async function inTurn(
  measure: typeof wallTime,
  works: readonly Work[],
  { rounds, times }: { rounds: number; times: number },
): Promise<number[]> {
  const best = works.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round += 1)
    for (const [at, work] of works.entries())
      best[at] = Math.min(best[at] as number, await measure((time) => work(round * times + time), times))
  return best
}

export const processorTimes = (works: readonly Work[], how = { rounds: 8, times: 40 }): Promise<number[]> =>
  inTurn(processorTime, works, how)

export const wallTimes = (works: readonly Work[], how = { rounds: 60, times: 1 }): Promise<number[]> =>
  inTurn(wallTime, works, how)
