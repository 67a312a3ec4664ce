import { actingAs } from '../../kernel/auth/acting.ts'
import { longRoute, type Route, route } from '../../kernel/http/route.ts'
import { areasOf } from './areas.ts'
import { giveBranches, requireWhole } from './give.ts'
import { previewOf } from './weigh.ts'
import { areasSchema, giveInput, givenSchema, previewInput, previewSchema } from './wire.ts'

const tag = 'Accounts'
const access = { who: 'right', kind: 'account', verb: 'assign' } as const

/** Which branch supports which account, by where most was sold to it. */
export const branchRoutes: Route[] = [
  route(
    {
      method: 'get',
      path: '/api/v1/branches/areas',
      tag,
      access,
      summary: { zh: '各省市由哪个分公司支持', en: 'Which branch supports which province and city' },
      answer: areasSchema,
    },
    (ctx) => {
      requireWhole(ctx)
      return areasOf(ctx)
    },
  ),
  route(
    {
      method: 'post',
      path: '/api/v1/branches/preview',
      tag,
      access,
      json: previewInput,
      summary: {
        zh: '试算各分公司会分到哪些客户，不写入',
        en: 'Which accounts branches would get, without writing',
      },
      answer: previewSchema,
    },
    (ctx, { json }) => {
      requireWhole(ctx)
      return previewOf(ctx, json.areas)
    },
  ),
  longRoute(
    {
      method: 'post',
      path: '/api/v1/branches/assignment',
      tag,
      access,
      json: giveInput,
      summary: { zh: '把客户分给分公司', en: 'Give accounts to branches' },
      answer: givenSchema,
    },
    // Thousands of accounts with all their orders move in one statement, which takes longer than requests are given.
    async ({ kernel, actor, lang }, { json }) =>
      (await actingAs(kernel, actor, lang, { lane: kernel.db.heavy })).run((ctx) => giveBranches(ctx, json)),
  ),
]
