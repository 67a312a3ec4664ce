import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Acting, Ctx } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'
import { askHeavy } from './ask.ts'
import { fileStream } from './file.ts'
import type { Asked, Reason } from './heavy.ts'
import { runnerOf } from './runner.ts'
import type { JobState } from './wire.ts'

/** How long a request waits for what it asked for, in milliseconds; then it is told where to ask again. */
const patienceMs = 20_000

interface Row {
  id: number
  kind: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: { part: number; doing: Text } | null
  answer: unknown
  reason: Reason | null
  file_name: string | null
  mime: string | null
  size: number | null
  keep: boolean
}
/** A job that is done. */
export type DoneJob = Row & { readonly state: 'done' }

/** A job of the asker's; 404 for anybody else's. */
export async function jobById({ tx }: Pick<Ctx, 'tx'>, id: number): Promise<Row> {
  const { rows } =
    await sql<Row>`select id, kind, state, progress, answer, reason, file_name, mime, size, keep
    from heavy_job where id = ${id}`.execute(tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

const words = {
  waiting: { zh: '排队中', en: 'Waiting' },
  running: { zh: '进行中', en: 'Under way' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '没有完成', en: 'Not done' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
} as const

export function presentJob(registry: Ctx['house']['registry'], job: Row): JobState {
  return {
    id: job.id,
    kind: job.kind,
    label: registry.jobs.get(job.kind)?.label ?? { zh: job.kind, en: job.kind },
    state: job.state,
    stateText: words[job.state],
    progress: job.progress,
    reason: job.reason && {
      ...job.reason,
      faults: [...(job.reason.faults ?? [])],
      detail: job.reason.detail ?? {},
    },
    again: job.state === 'done' && job.keep && job.file_name === null,
    answer: job.answer ?? null,
    file: job.state === 'done' && job.file_name ? `/api/v1/jobs/${job.id}/file` : null,
  }
}

const cancelled = () =>
  new Refusal(409, 'cancelled', { zh: '已取消，没有完成', en: 'It was cancelled and not done' })

/** A job that is done; otherwise the refusal that its end is. */
export function requireDone(job: Row): DoneJob {
  if (job.state === 'done') return job as DoneJob
  if (job.state === 'cancelled') throw cancelled()
  if (!job.reason)
    throw new Refusal(409, 'not-ready', {
      zh: '还没有做完，稍后再来取',
      en: 'It is not done yet. Come again shortly',
    })
  const { status, code, text, faults = [], detail = {} } = job.reason
  throw new Refusal(status, code, text, { faults, detail })
}

/**
 * A long answer: what is kept at once; else the work is asked for and waited for outside of any transaction; after twenty seconds the
 * asker is told where it will be (202 with `Location` and `Retry-After`).
 * @throws Refusal the work's own, when it failed
 */
export async function longAnswer(
  acting: Acting,
  asked: (ctx: Ctx) => Promise<Asked> | Asked,
): Promise<DoneJob | Response> {
  const id = await acting.run(async (ctx) => askHeavy(ctx, await asked(ctx)))
  const read = () => acting.run((ctx) => jobById(ctx, id))
  let job = await read()
  if (job.state === 'waiting' || job.state === 'running') {
    const runner = runnerOf(acting.kernel)
    const ended = runner.ended(id, patienceMs)
    runner.wake()
    await ended
    job = await read()
  }
  if (job.state === 'waiting' || job.state === 'running')
    return new Response(JSON.stringify(presentJob(acting.kernel.registry, job)), {
      status: 202,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        location: `/api/v1/jobs/${id}`,
        'retry-after': '2',
      },
    })
  return requireDone(job)
}

/** The same where a file comes of it. */
export async function longFile(
  acting: Acting,
  asked: (ctx: Ctx) => Promise<Asked> | Asked,
): Promise<Response> {
  const job = await longAnswer(acting, asked)
  return job instanceof Response ? job : fileOfJob(acting, job)
}

/** The file of a job that is done, read piece by piece. */
export async function fileOfJob(acting: Acting, job: DoneJob): Promise<Response> {
  if (!job.file_name || !job.mime) throw notFound()
  const plain = job.file_name
    .replaceAll(/[^\x20-\x7e]+/g, '')
    .replaceAll(/["\\]/g, '')
    .trim()
  return new Response(await fileStream(acting.kernel.db, job.id, job.size ?? 0), {
    headers: {
      'content-type': job.mime,
      'content-length': String(job.size ?? 0),
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(job.file_name)}`,
    },
  })
}
