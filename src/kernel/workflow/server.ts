import { z } from '@hono/zod-openapi'
import { type Route, route } from '../http/route.ts'
import { Refusal } from '../refusal.ts'
import { cancelCase } from './cancel.ts'
import { caseDetail, listCases, readCase } from './case-reads.ts'
import { completeTask } from './complete.ts'
import { currentVersion, requireStart, startCase } from './start.ts'
import { firstMine, inbox, readTask, taskDetail, tasksOf } from './tasks.ts'
import {
  cancellationSchema,
  caseDetailSchema,
  caseListedSchema,
  caseSchema,
  completionSchema,
  startableSchema,
  startSchema,
  taskDetailSchema,
  taskSchema,
} from './wire.ts'

export { publishWorkflows, workflowProblems } from './publish.ts'

const idParam = z.object({ id: z.coerce.number().int().positive() })
const access = { who: 'signed-in' } as const
const tag = 'Work'

/** Inbox, completion, cases. Whose task or case it is, row security and the engine decide. */
export const workflowRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/tasks',
      tag,
      access,
      summary: { zh: '工作台', en: 'Inbox' },
      query: z.object({
        box: z.enum(['todo', 'done', 'started', 'cc']).default('todo'),
        q: z.string().optional(),
        workflow: z.string().optional(),
        cursor: z.string().regex(/^\d+$/).optional(),
        limit: z.coerce.number().int().min(1).max(200).optional(),
      }),
      answer: z.object({
        items: z.array(taskSchema),
        next: z.string().nullable(),
        counts: z.record(z.string(), z.number().int()),
      }),
    },
    (ctx, { query }) => inbox(ctx, query),
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/tasks/{id}',
      tag,
      access,
      summary: { zh: '任务', en: 'Task' },
      params: idParam,
      answer: taskDetailSchema,
    },
    (ctx, { params }) => taskDetail(ctx, params.id),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/tasks/{id}/completion',
      tag,
      access,
      summary: { zh: '办理任务', en: 'Complete a task' },
      params: idParam,
      json: completionSchema,
      answer: z.object({ task: taskSchema, case: caseSchema, next: taskSchema.nullable() }),
    },
    async (ctx, { params, json }) => {
      const done = await completeTask(ctx, params.id, json)
      if (done instanceof Refusal) return done
      return {
        task: await readTask(ctx, params.id),
        case: await readCase(ctx, done.caseId),
        next: await firstMine(ctx, done.opened),
      }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/cases',
      tag,
      access,
      summary: { zh: '流程列表', en: 'Cases' },
      query: z.object({
        workflow: z.string().optional(),
        state: z.enum(['running', 'resting', 'ended']).optional(),
        /** `me`: only those the asker started. */
        started: z.enum(['me']).optional(),
        cursor: z.string().regex(/^\d+$/).optional(),
      }),
      answer: z.object({ items: z.array(caseListedSchema), next: z.string().nullable() }),
    },
    (ctx, { query }) => listCases(ctx, query),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/cases',
      tag,
      access,
      status: 201,
      summary: { zh: '启动流程', en: 'Start a case' },
      json: startSchema,
      answer: caseSchema.extend({ tasks: z.array(taskSchema) }),
    },
    async (ctx, { json, reply }) => {
      const { caseId, fresh } = await startCase(ctx, json)
      if (!fresh) reply.status(200)
      return { ...(await readCase(ctx, caseId)), tasks: await tasksOf(ctx, { caseId, open: true }) }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/cases/{id}',
      tag,
      access,
      summary: { zh: '流程详情', en: 'Case' },
      params: idParam,
      answer: caseDetailSchema,
    },
    (ctx, { params }) => caseDetail(ctx, params.id),
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/cases/{id}/cancellation',
      tag,
      access,
      summary: { zh: '撤销流程', en: 'Cancel a case' },
      params: idParam,
      json: cancellationSchema,
      answer: caseSchema,
    },
    async (ctx, { params, json }) => {
      await cancelCase(ctx, params.id, json.why)
      return readCase(ctx, params.id)
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/starts',
      tag,
      access,
      summary: { zh: '可以启动的流程', en: 'What you may start' },
      answer: z.object({ items: z.array(startableSchema) }),
    },
    async (ctx) => {
      const items: z.infer<typeof startableSchema>[] = []
      for (const starter of ctx.house.registry.starters.values()) {
        const version = await currentVersion(ctx, starter.workflow)
        if (!version) continue
        const refused = await requireStart(ctx, starter, version.compiled).then(
          () => null,
          (error: unknown) => error,
        )
        if (refused instanceof Refusal) continue
        if (refused) throw refused
        items.push({
          workflow: starter.workflow,
          title: version.compiled.workflow.name,
          input: [...((await starter.fields?.(ctx)) ?? [])],
        })
      }
      return { items }
    },
  ),
]
