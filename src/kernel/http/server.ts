import { z } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import type { Lang } from '../../handbook/model.ts'
import { actingAs } from '../auth/acting.ts'
import { authenticate, guardOrigin, secretOf } from '../auth/authenticate.ts'
import type { Acting, Actor, Ctx, Kernel } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { requireRight, requireSystemPart } from '../rights/may.ts'
import { most, readBody } from './body.ts'
import { answeredBefore, forgetKey, type Kept, type Keyed, keepAnswer, keyedBy } from './once.ts'
import { problemOf, refusalOfDatabase, refusalOfInput } from './problem.ts'
import type { Call, Route, Who } from './route.ts'

const known = (said: string | undefined): Lang | null => /^(zh|en)\b/.exec(said ?? '')?.[1] as Lang | null

/**
 * Language of an answer: `?lang`, else what a script with a token asks for in its header, else the person's own choice (a browser's
 * header tells of the machine, not of the person), else the header, else Chinese.
 */
function langOf(c: Context, actor: Actor | null): Lang {
  const header = known(c.req.header('accept-language'))
  const script = secretOf(c.req.raw)?.by === 'bearer'
  return known(c.req.query('lang')) ?? (script ? header : null) ?? actor?.lang ?? header ?? 'zh'
}

/** Mounts declared routes: origin guard → who → validate → may → run in one transaction → answer. */
export function serveRoutes(kernel: Kernel, routes: readonly Route[]): Hono {
  const app = new Hono()
  for (const one of routes)
    app.on(one.base.method.toUpperCase(), honoPath(one.base.path), (c) => answer(kernel, one, c))
  app.onError((error, c) => problemOfError(error, langOf(c, null)))
  app.notFound((c) =>
    problemResponse(
      new Refusal(404, 'not-found', {
        zh: '没有这条内容，或者它不在您的范围内',
        en: 'There is no such thing, or it is outside your scope',
      }),
      langOf(c, null),
    ),
  )
  return app
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof z.ZodError) return refusalOfInput(error)
  return (
    refusalOfDatabase(error) ??
    new Refusal(500, 'defect', {
      zh: '没有保存：程序出错，已记入日志，告知管理员即可查到',
      en: 'Not saved: the program failed. It is in the log; tell the administrator',
    })
  )
}

function problemOfError(error: unknown, lang: Lang): Response {
  const refusal = asRefusal(error)
  if (refusal.code === 'defect') console.error(error)
  return problemResponse(refusal, lang)
}

export function problemResponse(refusal: Refusal, lang: Lang): Response {
  return new Response(JSON.stringify(problemOf(refusal, lang)), {
    status: refusal.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': lang,
      // The rest of a body that is not taken is not read either: the connection cannot carry another request.
      ...(refusal.status === 413 ? { connection: 'close' } : {}),
      ...(refusal.status === 503 || refusal.status === 429
        ? { 'retry-after': String(refusal.detail.retryAfter ?? 5) }
        : {}),
    },
  })
}

async function answer(kernel: Kernel, one: Route, c: Context): Promise<Response> {
  guardOrigin(c.req.raw, one.base.method)
  const actor = one.open ? null : await authenticate(kernel, c.req.raw)
  const lang = langOf(c, actor)
  try {
    return await carryOut(kernel, one, c, { actor, lang })
  } catch (error) {
    return problemOfError(error, lang)
  }
}

async function carryOut(
  kernel: Kernel,
  one: Route,
  c: Context,
  { actor, lang }: { actor: Actor | null; lang: Lang },
): Promise<Response> {
  const { base } = one
  const request = c.req.raw
  const headers = new Headers()
  let status = base.status ?? 200
  const call: Call<object> = {
    params: base.params ? parse(base.params, c.req.param()) : undefined,
    query: base.query ? parse(base.query, c.req.query()) : undefined,
    json: base.json ? parse(base.json, await readJson(request)) : undefined,
    request: base.body === 'bytes' ? await withBytes(request) : request,
    reply: {
      header: (name, value) => headers.append(name, value),
      status: (code) => {
        status = code
      },
    },
  } as Call<object>
  /** What `run` gave as an answer of text; a file or a stream stays what it is. */
  const told = (result: unknown): Kept | Response => {
    // A refusal that is returned, not thrown: what was written stays (a saved draft, a counted attempt), the answer still refuses.
    if (result instanceof Refusal)
      return { status: result.status, body: JSON.stringify(problemOf(result, lang)) }
    if (result instanceof Response) return result
    return status === 204 || result === undefined
      ? { status: 204, body: null }
      : { status, body: JSON.stringify(result) }
  }
  const keyed =
    actor && base.method !== 'get'
      ? keyedBy(request.headers.get('idempotency-key'), `${base.method} ${base.path}`, [
          call.params,
          call.query,
          call.json,
          base.body === 'bytes' ? new Uint8Array(await call.request.clone().arrayBuffer()) : null,
          request.headers.get('if-match'),
        ])
      : null
  const result = actor
    ? await runAs(await actingAs(kernel, actor, lang), one, call, keyed, told)
    : told(await one.run(kernel, call))
  if (result instanceof Response) {
    headers.forEach((value, name) => {
      result.headers.append(name, value)
    })
    return result
  }
  if (result.body !== null) {
    headers.set(
      'content-type',
      `application/${result.status >= 400 ? 'problem+json' : 'json'}; charset=utf-8`,
    )
    headers.set('content-language', lang)
  }
  return new Response(result.body, { status: result.status, headers })
}

/** Carries a route out as a person; one that was answered before under the same key is answered again and not carried out. */
async function runAs(
  acting: Acting,
  one: Route,
  call: Call<object>,
  keyed: Keyed | null,
  told: (result: unknown) => Kept | Response,
): Promise<Kept | Response> {
  const { access, secret } = one.base
  const keep = async (ctx: Ctx, answer: Kept | Response) => {
    // A file is given anew each time: it has no effect of its own.
    if (keyed && !(answer instanceof Response))
      await keepAnswer(ctx.tx, keyed, secret ? { status: answer.status, body: null } : answer)
    return answer
  }
  const before = async (ctx: Ctx) => {
    await requireAccess(ctx, access)
    return keyed && answeredBefore(ctx.tx, keyed)
  }
  if (one.at === 'transaction')
    return acting.run(async (ctx) => (await before(ctx)) ?? keep(ctx, told(await one.run(ctx, call))))
  const known = await acting.run(async (ctx) => {
    const kept = await before(ctx)
    if (!kept && keyed) await keepAnswer(ctx.tx, keyed, null)
    return kept
  })
  if (known) return known
  try {
    const answer = told(await one.run(acting, call))
    return await acting.run((ctx) => keep(ctx, answer))
  } catch (error) {
    if (keyed) await acting.run((ctx) => forgetKey(ctx.tx, keyed))
    throw error
  }
}

async function requireAccess(ctx: Ctx, access: Who): Promise<void> {
  if (access.who === 'right') await requireRight(ctx, access.kind, access.verb)
  if (access.who === 'system') await requireSystemPart(ctx, access.part, access.verb)
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const outcome = schema.safeParse(value)
  if (!outcome.success) throw refusalOfInput(outcome.error)
  return outcome.data
}

/** The request with its body read within bounds, before a transaction is held open for it. */
async function withBytes(request: Request): Promise<Request> {
  const { method, headers } = request
  return new Request(request.url, { method, headers, body: await readBody(request, most.bytes) })
}

async function readJson(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request, most.json))
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'not-json', {
      zh: '请求的内容不是 JSON',
      en: 'The body of the request is not JSON',
    })
  }
}

/** `/tasks/{id}` of OpenAPI as Hono writes it: `/tasks/:id`. */
function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}
