import type { JobState } from '../kernel/jobs/wire.ts'
import { ApiProblem, get, onLongAnswer, post } from './api.ts'

/** How long a page follows a piece of work before it gives up; the work goes on. */
const patienceMs = 15 * 60_000
const pauseMs = 1500
/** Questions in a row that may stay without an answer. */
const mostLost = 5

const gaveUp = {
  code: 'gave-up',
  text: {
    zh: '等了很久还没有做完，本页不再等。它还在继续做，过一会儿再点一次，做好了会马上给您',
    en: 'It is still not done after a long time and this page waits no longer. The work goes on: ask again later and you get it at once',
  },
}
const stopped = {
  code: 'cancelled',
  text: { zh: '已取消，没有完成', en: 'It was cancelled and not done' },
}

/** Where a long answer will be; null for an answer that is there. */
export function pathOfJob(response: Response): string | null {
  const where = response.status === 202 ? response.headers.get('location') : null
  return where?.startsWith('/api/v1/jobs/') ? where.slice('/api/v1'.length) : null
}

export interface Following {
  /** Told at every look how far it is. */
  readonly onState?: (job: JobState) => void
  /** Once aborted, the work is cancelled. */
  readonly signal?: AbortSignal
}

/**
 * Follows a piece of work to its end.
 * @throws ApiProblem the refusal it ended with, `cancelled`, or `gave-up`
 */
export async function followJob(path: string, { onState, signal }: Following = {}): Promise<JobState> {
  let lost = 0
  for (const begun = Date.now(); Date.now() - begun < patienceMs; await pause(signal)) {
    if (signal?.aborted) {
      await post(`${path}/cancel`).catch(() => undefined)
      throw new ApiProblem(409, stopped)
    }
    const job = await get<JobState>(path).catch((error: unknown) => {
      lost += 1
      if (lost >= mostLost || !(error instanceof ApiProblem) || ![0, 429, 503].includes(error.status))
        throw error
      return null
    })
    if (!job) continue
    lost = 0
    onState?.(job)
    if (job.state === 'done') return job
    if (job.state === 'failed') throw new ApiProblem(job.reason?.status ?? 500, job.reason ?? {})
    if (job.state === 'cancelled') throw new ApiProblem(409, stopped)
  }
  throw new ApiProblem(0, gaveUp)
}

const pause = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pauseMs)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

onLongAnswer((path, signal) => followJob(path, signal ? { signal } : {}))
