import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import type { Ctx } from '../context.ts'
import { longRoute, type Route, route } from '../http/route.ts'
import { longAnswer } from '../jobs/long.ts'
import { notFound } from '../refusal.ts'
import { requireSystemPart } from '../rights/may.ts'
import { decide, orderPublication, orderWithdrawal, takeBack, whereOf } from './approval.ts'
import { comparisonAsked, comparisonOf, problemsOf, takeAsked } from './edition-jobs.ts'
import { effectOf } from './effect.ts'
import { problemRows } from './judge.ts'
import { editionOf, editionsOf } from './rows.ts'
import { editionInside } from './stored.ts'
import {
  comparisonSchema,
  type EditionTaken,
  editionDetailSchema,
  editionRowSchema,
  takenSchema,
} from './wire.ts'
import { verbToWithdraw } from './withdraw.ts'
import { packFiles, requirePacked } from './zip.ts'

const which = /^(effective|reference|[1-9]\d{0,8})$/
const anyParam = z.object({ id: z.string().regex(which) })
const idParam = z.object({ id: z.coerce.number().int().positive().max(999_999_999) })
const tag = 'Handbook'

/** Taking in, publishing, withdrawing, comparing and carrying away editions. */
export const changeRoutes: Route[] = [
  longRoute(
    {
      method: 'post',
      path: '/api/v1/handbook/editions',
      tag,
      access: { who: 'system', part: 'handbook', verb: 'import' },
      summary: { zh: '从文件导入一版手册，成为草案', en: 'Import an edition from its files as a draft' },
      body: 'bytes',
      query: z.object({ dryRun: z.enum(['0', '1', 'true', 'false']).default('0') }),
      answer: takenSchema,
      status: 201,
    },
    async (acting, call) => {
      const dryRun = call.query.dryRun === '1' || call.query.dryRun === 'true'
      const bytes = new Uint8Array(await call.request.arrayBuffer())
      requirePacked(bytes)
      const digest = createHash('sha256').update(bytes).digest('hex')
      const job = await longAnswer(acting, () => takeAsked(acting, digest, bytes, dryRun))
      if (job instanceof Response) return job
      const taken = job.answer as EditionTaken
      if (dryRun || !taken.fresh) call.reply.status(200)
      return taken
    },
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/handbook/editions/{id}',
      tag,
      access: { who: 'signed-in' },
      summary: { zh: '一版手册的文件控制与检查', en: 'Document control and checks of an edition' },
      params: anyParam,
      answer: editionDetailSchema,
    },
    async (acting, call) => {
      const { row, edition } = await acting.run((ctx) => editionOf(ctx, call.params.id))
      if (!row) throw notFound()
      const problems = await problemsOf(acting, row.id, edition)
      if (problems instanceof Response) return problems
      const { posts, functions, kpis, norms, workflows, forms, policies } = edition
      return {
        edition: row,
        control: edition.control,
        counts: {
          posts: posts.length,
          functions: functions.length,
          kpis: kpis.length,
          norms: norms.length,
          workflows: workflows.length,
          forms: forms.length,
          policies: policies.length,
        },
        problems: problemRows(problems),
      }
    },
  ),
  route(
    {
      method: 'get',
      path: '/api/v1/handbook/editions/{id}/files',
      tag,
      access: { who: 'system', part: 'handbook', verb: 'export' },
      summary: { zh: '导出一版手册的源文件', en: 'Export the source files of an edition' },
      params: anyParam,
      query: z.object({ format: z.enum(['zip', 'json']).default('zip') }),
    },
    async (ctx, call) => {
      const { edition } = await editionOf(ctx, call.params.id)
      if (call.query.format === 'json') return { hash: edition.hash, files: edition.files }
      return new Response(new Uint8Array(packFiles(edition.files)), {
        headers: {
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="handbook-${edition.number.replaceAll(/[^\w.-]/g, '_')}.zip"`,
        },
      })
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/handbook/editions/{id}/publication',
      tag,
      access: { who: 'system', part: 'handbook', verb: 'publish' },
      summary: { zh: '发布一版手册，定生效日', en: 'Publish an edition from a day on' },
      params: idParam,
      hides: ['password'],
      json: z.object({
        effectiveFrom: z.iso.date(),
        /** One’s own, asked for again (`password-needed`) where nobody else in the company can approve. */
        password: z.string().max(200).optional(),
      }),
      answer: editionRowSchema,
    },
    async (acting, call) => {
      const { id, edition } = await acting.run(async (ctx) => ({
        ...(await rowOf(ctx, call.params.id)),
        edition: await editionInside(ctx, call.params.id),
      }))
      // Judged beside the program; publishing finds it judged.
      const problems = edition && (await problemsOf(acting, id, edition))
      if (problems instanceof Response) return problems
      const where = whereOf(call.request, call.json.password)
      const asked = await orderPublication(acting, id, call.json.effectiveFrom, where)
      if (asked.state === 'waiting') call.reply.status(202)
      return acting.run((ctx) => rowOf(ctx, id))
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/handbook/editions/{id}/withdrawal',
      tag,
      access: { who: 'system', part: 'handbook', verb: 'import' },
      summary: { zh: '撤回一版手册', en: 'Withdraw an edition' },
      params: idParam,
      hides: ['password'],
      json: z.object({
        why: z.string().trim().max(400).default(''),
        /** As at publication. */
        password: z.string().max(200).optional(),
      }),
      answer: z.object({ edition: editionRowSchema, holds: z.string().nullable() }),
    },
    async (acting, call) => {
      const { id } = await acting.run(async (ctx) => {
        const row = await rowOf(ctx, call.params.id)
        await requireSystemPart(ctx, 'handbook', verbToWithdraw(row.status))
        return row
      })
      const asked = await orderWithdrawal(
        acting,
        id,
        call.json.why,
        whereOf(call.request, call.json.password),
      )
      if (asked.state === 'waiting') call.reply.status(202)
      return { edition: await acting.run((ctx) => rowOf(ctx, id)), holds: asked.holds }
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/handbook/editions/{id}/approval',
      tag,
      // Whose approval it takes depends on what the edition changes: asked when that is weighed.
      access: { who: 'signed-in' },
      summary: { zh: '批准或退回等待第二人的一版', en: 'Approve or refuse what waits for a second person' },
      params: idParam,
      json: z.object({
        /** The request that was read: `request.id` of the edition. */
        request: z.number().int().positive(),
        approve: z.boolean(),
        why: z.string().trim().max(400).default(''),
      }),
      answer: editionRowSchema,
    },
    async (acting, call) => {
      const { id } = await acting.run((ctx) => rowOf(ctx, call.params.id))
      await decide(acting, id, call.json, whereOf(call.request))
      return acting.run((ctx) => rowOf(ctx, id))
    },
  ),
  longRoute(
    {
      method: 'delete',
      path: '/api/v1/handbook/editions/{id}/approval',
      tag,
      // Nobody but the asker: judged against the request itself.
      access: { who: 'signed-in' },
      summary: { zh: '收回自己提出、还没有批准的请求', en: 'Take back what one asked a second person for' },
      params: idParam,
      answer: editionRowSchema,
    },
    async (acting, call) => {
      const { id } = await acting.run((ctx) => rowOf(ctx, call.params.id))
      await takeBack(acting, id, whereOf(call.request))
      return acting.run((ctx) => rowOf(ctx, id))
    },
  ),
  longRoute(
    {
      method: 'get',
      path: '/api/v1/handbook/editions/{id}/comparison',
      tag,
      access: { who: 'signed-in' },
      summary: { zh: '与另一版逐条对照', en: 'Compare an edition with another, clause by clause' },
      params: anyParam,
      query: z.object({ with: z.string().regex(which).default('effective') }),
      answer: comparisonSchema,
    },
    async (acting, call) => {
      const after = await acting.run((ctx) => editionOf(ctx, call.params.id))
      const before = await acting.run((ctx) => editionOf(ctx, call.query.with))
      // The edition that the program came with need not be among the company's own: it is small work, and done here.
      const comparison =
        before.row && after.row
          ? await comparisonAsked(
              acting,
              { id: before.row.id, edition: before.edition },
              { id: after.row.id, edition: after.edition },
            )
          : comparisonOf(acting.kernel, before.edition, after.edition)
      if (comparison instanceof Response) return comparison
      return {
        before: sideOf(before),
        after: sideOf(after),
        ...comparison,
        effect: await acting.run((ctx) => effectOf(ctx.tx, comparison, before.edition, after.edition)),
      }
    },
  ),
]

const sideOf = ({ row, edition }: Awaited<ReturnType<typeof editionOf>>) => ({
  id: row?.id ?? null,
  number: edition.number,
  title: edition.title,
  status: row?.status ?? null,
  effectiveFrom: row?.effectiveFrom ?? null,
  hash: edition.hash,
})

async function rowOf(ctx: Ctx, id: number) {
  const row = (await editionsOf(ctx)).find((one) => one.id === id)
  if (!row) throw notFound()
  return row
}
