import { z } from '@hono/zod-openapi'
import { longRoute, type Route, route } from '../http/route.ts'
import { Refusal } from '../refusal.ts'
import { cancelHeavy } from './ask.ts'
import { fileOfJob, jobById, presentJob, requireDone } from './long.ts'
import { jobSchema } from './wire.ts'

const access = { who: 'signed-in' } as const
const tag = 'Jobs'
const params = z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) })

/** Work that was asked for and is not done within a request's time belongs to those who asked. */
export const jobRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/jobs/{id}',
      tag,
      access,
      params,
      summary: { zh: '一项较长的工作做到哪里', en: 'How far a longer piece of work is' },
      answer: jobSchema,
    },
    async (ctx, call) => {
      const job = await jobById(ctx, call.params.id)
      if (job.state === 'waiting' || job.state === 'running') call.reply.header('retry-after', '2')
      return presentJob(ctx.house.registry, job)
    },
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/jobs/{id}/file',
      tag,
      access,
      params,
      summary: { zh: '下载做好的文件', en: 'Download the file that came of it' },
    },
    async (acting, call) =>
      fileOfJob(acting, requireDone(await acting.run((ctx) => jobById(ctx, call.params.id)))),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/jobs/{id}/cancel',
      tag,
      access,
      params,
      summary: { zh: '不再需要这项工作', en: 'Cancel a piece of work' },
      answer: jobSchema,
    },
    async (ctx, call) => {
      const job = await jobById(ctx, call.params.id)
      if (!(await cancelHeavy(ctx.tx, job.id)))
        throw new Refusal(409, 'wrong-state', {
          zh: '这项工作已经结束，不能取消',
          en: 'This piece of work has ended and cannot be cancelled',
        })
      return presentJob(ctx.house.registry, job)
    },
  ),
]
