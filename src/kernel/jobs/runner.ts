import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { builtEntry } from '../../child/entry.ts'
import { ChildFailure, runInChild } from '../../child/run.ts'
import type { Kernel } from '../context.ts'
import type { Database } from '../db/database.ts'
import { carryOut, type Try, type Verdict, verdictOf } from './carry-out.ts'
import type { HeavyKind, Reason } from './heavy.ts'
import { claimNext } from './next.ts'
import { freeDead } from './nodes.ts'
import { sweep } from './sweep.ts'

/** What the child of a job is told: where the database is, and which job. */
export interface ChildAsked extends Try {
  readonly url: string
}

export interface Runner {
  /** Takes what waits, as far as there is room; a request that asked for something does not wait for the next look. */
  wake(): void
  /** Looks for work by itself from now on, and frees what dead nodes hold. `workers` are this node's names in the small queue. */
  start(workers?: () => readonly string[]): Promise<void>
  /** Ends what runs and gives it back. */
  stop(): Promise<void>
  /** Resolves when the job has ended, here or on another node, or when `ms` have passed. */
  ended(id: number, ms: number): Promise<boolean>
}

/** At most this many at a time, one of a lane: the rest of the machine is for those who wait for a page. */
const most = 2
const lookMs = 1000
const sweepMs = 10_000
const tries = { died: 3, again: 5 }

interface Running extends Try {
  readonly lane: string
  readonly stop: AbortController
  readonly over: Promise<void>
}

const runners = new WeakMap<Database, Runner>()
/** The one runner of this program on a database. */
export function runnerOf(kernel: Kernel): Runner {
  const known = runners.get(kernel.db)
  if (known) return known
  const fresh = makeRunner(kernel)
  runners.set(kernel.db, fresh)
  return fresh
}

const gone = new Error('the node gives its work back')
const unwanted = new Error('nobody wants it any longer')
const overtaken = new Error('another node does it')

/** @param entry file of the child that does the work; `null` does it in place, as from the sources */
export function makeRunner(kernel: Kernel, entry = builtEntry('heavy')): Runner {
  const { heavy } = kernel.db
  const me = `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`
  const running = new Map<number, Running>()
  const waiting = new Map<number, Set<() => void>>()
  const timers: NodeJS.Timeout[] = []
  let looking: NodeJS.Timeout | null = null
  let claiming: Promise<void> | null = null
  let asked = false
  let stopped = false
  let smallWorkers: () => readonly string[] = () => []

  const wake = () => {
    asked = true
    claiming ??= (async () => {
      while (asked && !stopped) {
        asked = false
        await claimAll()
      }
    })()
      .catch((error) => tellAway(error))
      .finally(() => {
        claiming = null
      })
  }

  async function claimAll(): Promise<void> {
    while (running.size < most && !stopped) {
      const busy = new Set([...running.values()].map((one) => one.lane))
      const free = [...kernel.registry.jobs.values()]
        .filter((kind) => !busy.has(kind.lane))
        .map(({ id }) => id)
      if (free.length === 0) return
      const next = await sql`select from heavy_job
        where state = 'waiting' and run_at <= now() and kind = any(${free}::text[]) limit 1`.execute(
        heavy.kysely,
      )
      if (next.rows.length === 0) return
      await beat()
      const job = await claimNext(heavy, free, me)
      const kind = job && kernel.registry.jobs.get(job.kind)
      if (!kind) return
      begin(job, kind)
    }
  }

  function begin({ id, attempt }: Try, kind: HeavyKind): void {
    const stop = new AbortController()
    const one = { id, attempt, lane: kind.lane, stop }
    const over = carry(one, kind).finally(() => {
      running.delete(id)
      // Whether it ended, or waits to be tried again, the table knows.
      void look().catch(tellAway)
      wake()
    })
    running.set(id, { ...one, over })
    lookOn()
  }

  async function carry({ id, attempt, stop }: Omit<Running, 'over'>, kind: HeavyKind): Promise<void> {
    const verdict = await tried({ id, attempt }, kind, stop.signal)
    if (verdict === overtaken) return
    // The database may be away just now: how it ended is told when it is back, or by the others when this program ends first.
    for (let times = 0; ; times += 1) {
      try {
        await settle({ id, attempt }, verdict)
        return
      } catch (error) {
        tellAway(error)
        if (stopped && times > 2) return
        await wait(lookMs)
      }
    }
  }

  async function tried(one: Try, kind: HeavyKind, signal: AbortSignal): Promise<Verdict | Error> {
    // From its sources the program has no entry for a child: the work is done in place, as a developer's or a test's.
    if (!entry) return carryOut(kernel, one)
    try {
      const told: ChildAsked = { url: kernel.db.url, ...one }
      return await runInChild<ChildAsked, Verdict>(entry, told, { ...kind.bounds, signal })
    } catch (error) {
      if (error === gone || error === unwanted || error === overtaken) return error as Error
      return error instanceof ChildFailure ? ofChild(error) : verdictOf(error)
    }
  }

  async function settle({ id, attempt }: Try, verdict: Verdict | Error): Promise<void> {
    const mine = sql`id = ${id} and attempts = ${attempt} and state = 'running' and node = ${me}`
    if (verdict === unwanted)
      await sql`update heavy_job set state = 'cancelled', ended_at = now(), upload = null, progress = null where ${mine}`.execute(
        heavy.kysely,
      )
    // Given back without blame: the try does not count.
    else if (verdict === gone)
      await sql`update heavy_job set state = 'waiting', attempts = attempts - 1, node = null, progress = null where ${mine}`.execute(
        heavy.kysely,
      )
    else if (!(verdict instanceof Error) && !verdict.done) {
      if (verdict.defect !== undefined) console.error(`job ${id}: ${verdict.reason.code} ${verdict.defect}`)
      const limit = verdict.reason.code === 'died' ? tries.died : tries.again
      if (verdict.again && attempt < limit)
        await sql`update heavy_job set state = 'waiting', node = null, progress = null,
          run_at = now() + ${2 ** attempt} * interval '1 second' where ${mine}`.execute(heavy.kysely)
      else
        await sql`update heavy_job set state = 'failed', ended_at = now(), upload = null, progress = null,
          reason = ${JSON.stringify(verdict.reason)}::jsonb where ${mine}`.execute(heavy.kysely)
    }
  }

  /** Says that this node lives, and learns which of its jobs it should let go. */
  async function beat(): Promise<void> {
    await sql`insert into job_node (id, host, pid, workers) values (${me}, ${hostname()}, ${process.pid}, ${[...smallWorkers()]}::text[])
      on conflict (id) do update set heartbeat = now(), workers = excluded.workers`.execute(heavy.kysely)
    if (running.size === 0) return
    const { rows } = await sql<{ id: number; attempt: number; cancelling: boolean }>`
      select id, attempts as attempt, cancelling from heavy_job
      where id = any(${[...running.keys()]}::int[]) and state = 'running' and node = ${me}`.execute(
      heavy.kysely,
    )
    for (const one of running.values()) {
      const now = rows.find((row) => row.id === one.id && row.attempt === one.attempt)
      if (now?.cancelling) one.stop.abort(unwanted)
    }
  }

  /** While something runs here, or somebody waits, the table is looked at; a started node looks always. */
  function lookOn(): void {
    looking ??= setInterval(() => {
      void look().catch(tellAway)
    }, lookMs)
  }
  async function look(): Promise<void> {
    if (running.size > 0) await beat()
    if (waiting.size > 0) {
      const { rows } = await sql<{ id: number }>`select id from heavy_job
        where id = any(${[...waiting.keys()]}::int[]) and ended_at is not null`.execute(heavy.kysely)
      for (const { id } of rows) tellEnded(id)
    }
    if (running.size + waiting.size === 0 && timers.length === 0 && looking) {
      clearInterval(looking)
      looking = null
    }
    if (timers.length > 0 || waiting.size > 0) wake()
  }
  const tellEnded = (id: number) => {
    for (const told of waiting.get(id) ?? []) told()
  }

  return {
    wake,
    async start(workers) {
      if (workers) smallWorkers = workers
      await beat()
      await freeDead(heavy, me)
      timers.push(
        setInterval(() => {
          void beat()
            .then(() => freeDead(heavy, me))
            .then(() => sweep(heavy))
            .catch(tellAway)
        }, sweepMs),
      )
      lookOn()
      wake()
    },
    async stop() {
      stopped = true
      for (const timer of timers.splice(0)) clearInterval(timer)
      if (looking) clearInterval(looking)
      await claiming
      for (const one of running.values()) one.stop.abort(gone)
      await Promise.all([...running.values()].map((one) => one.over))
      await sql`delete from job_node where id = ${me}`.execute(heavy.kysely).catch(() => undefined)
    },
    ended: (id, ms) =>
      new Promise((resolve) => {
        const all = waiting.get(id) ?? new Set()
        waiting.set(id, all)
        const end = (did: boolean) => {
          clearTimeout(timer)
          all.delete(told)
          if (all.size === 0) waiting.delete(id)
          resolve(did)
        }
        const told = () => end(true)
        const timer = setTimeout(() => end(false), ms)
        all.add(told)
        lookOn()
      }),
  }
}

/** A process beyond its bounds would be so again; one that died otherwise is tried once more. */
function ofChild({ reason, text, detail }: ChildFailure): Verdict {
  const status = reason === 'died' ? 500 : 422
  const told: Reason = {
    status,
    code: reason,
    text: { zh: `没有完成：${text.zh}`, en: `Not done: ${text.en}` },
  }
  return {
    done: false,
    again: reason === 'died',
    reason: told,
    ...(reason === 'died' ? { defect: detail } : {}),
  }
}

function tellAway(error: unknown): void {
  console.error(`jobs: ${error instanceof Error ? error.message : String(error)}`)
}
