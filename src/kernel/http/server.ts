import { z } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import type { Lang } from '../../handbook/model.ts'
import type { Refusals } from '../audit/refusals.ts'
import { actingAs } from '../auth/acting.ts'
import { addressOf } from '../auth/address.ts'
import { asRequester, authenticate, digestBorne, guardOrigin, secretOf } from '../auth/authenticate.ts'
import type { Actor, Ctx, Kernel } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { requireRight, requireSystemPart } from '../rights/may.ts'
import { most, readBody } from './body.ts'
import { answeredBefore, forgetKey, type Kept, type Keyed, keepAnswer, keyedBy } from './once.ts'
import { textAnswer } from './pack.ts'
import { problemOf, refusalOfDatabase, refusalOfInput } from './problem.ts'
import type { Call, Route, Who } from './route.ts'

const known = (said: string | undefined): Lang | null => /^(zh|en)\b/.exec(said ?? '')?.[1] as Lang | null

/** Language asked for: `?lang`, else what a script with a token says in its header; a browser's header tells of the machine. */
function langAsked(c: Context): Lang | null {
  const script = secretOf(c.req.raw)?.by === 'bearer'
  return known(c.req.query('lang')) ?? (script ? known(c.req.header('accept-language')) : null)
}

/** Language of an answer: the one asked for, else the person's own choice, else the browser's, else Chinese. */
const langOf = (c: Context, actor: Actor | null): Lang =>
  langAsked(c) ?? actor?.lang ?? known(c.req.header('accept-language')) ?? 'zh'

/** Mounts declared routes: origin guard → who → validate → may → run in one transaction → answer. */
export function serveRoutes(kernel: Kernel, routes: readonly Route[], refusals: Refusals): Hono {
  const app = new Hono()
  for (const one of routes)
    app.on(one.base.method.toUpperCase(), honoPath(one.base.path), (c) => answer(kernel, one, c, refusals))
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

async function answer(kernel: Kernel, one: Route, c: Context, refusals: Refusals): Promise<Response> {
  const asked: Asked = { actor: null }
  const response = await answerTo(kernel, one, c, asked)
  // Told once the refused request's transaction has ended: what was written in it is gone, and it held a connection.
  if (response.status === 403 && asked.actor)
    await refusals.tell(
      asked.actor,
      `${one.base.method.toUpperCase()} ${one.base.path}`,
      addressOf(c.req.raw),
    )
  return response
}

/** Who a request comes from, as soon as that is known. */
interface Asked {
  actor: Actor | null
}

async function answerTo(kernel: Kernel, one: Route, c: Context, whose: Asked): Promise<Response> {
  const request = c.req.raw
  guardOrigin(request, one.base.method)
  // Who asks is found out by the first statement of his own transaction; what is heavy to read is not read for nobody.
  if (!one.open) {
    digestBorne(request)
    if (isLong(request)) whose.actor = await authenticate(kernel, request)
  }
  const reply: Reply = { headers: new Headers(), status: one.base.status ?? 200 }
  try {
    const call = await callOf(one, c, reply).catch(async (error: unknown) => {
      // A request that cannot be read tells nobody anything who is not signed in.
      if (!one.open) whose.actor ??= await authenticate(kernel, request)
      throw error
    })
    if (one.open) {
      const lang = langOf(c, null)
      return answerOf(told(await one.run(kernel, call), reply, lang), reply, lang)
    }
    const keyed = await keyOf(one, call)
    const asked = langAsked(c)
    /** One transaction of whoever asks, who is known from then on. */
    const first = <T>(work: (ctx: Ctx) => Promise<T>) =>
      asRequester(kernel, request, asked, async (ctx) => {
        whose.actor = ctx.actor
        await requireAccess(ctx, one.base.access)
        return work(ctx)
      })
    if (one.at === 'transaction')
      return await first(async (ctx) => {
        const kept = keyed && (await answeredBefore(ctx.tx, keyed))
        const said = kept ?? told(await one.run(ctx, call), reply, ctx.lang)
        if (!kept) await keep(ctx, one, keyed, said)
        return answerOf(said, reply, ctx.lang)
      })
    const { who, kept } = await first(async (ctx) => {
      const before = keyed && (await answeredBefore(ctx.tx, keyed))
      if (!before && keyed) await keepAnswer(ctx.tx, keyed, null)
      return { who: ctx.actor, kept: before }
    })
    const lang = asked ?? who.lang
    if (kept) return answerOf(kept, reply, lang)
    const acting = await actingAs(kernel, who, lang, { address: addressOf(request) })
    try {
      const said = told(await one.run(acting, call), reply, lang)
      if (keyed) await acting.run((ctx) => keep(ctx, one, keyed, said))
      return answerOf(said, reply, lang)
    } catch (error) {
      if (keyed) await acting.run((ctx) => forgetKey(ctx.tx, keyed))
      throw error
    }
  } catch (error) {
    return problemOfError(error, langOf(c, whose.actor))
  }
}

/** A body that is told to be long, or not told how long it is. */
const isLong = (request: Request): boolean =>
  request.body !== null && !(Number(request.headers.get('content-length') ?? Number.NaN) <= 65_536)

interface Reply {
  readonly headers: Headers
  status: number
}

/** What a request says, read and judged before a transaction is held open for it. */
async function callOf({ base }: Route, c: Context, reply: Reply): Promise<Call<object>> {
  const request = c.req.raw
  return {
    params: base.params ? parse(base.params, c.req.param()) : undefined,
    query: base.query ? parse(base.query, c.req.query()) : undefined,
    json: base.json ? parse(base.json, await readJson(request)) : undefined,
    request: base.body === 'bytes' ? await withBytes(request) : request,
    reply: {
      header: (name, value) => reply.headers.append(name, value),
      status: (code) => {
        reply.status = code
      },
    },
  } as Call<object>
}

/** The key a changing request was sent with; the same request under the same key has its effect once. */
async function keyOf({ base }: Route, { params, query, json, request }: Call<object>): Promise<Keyed | null> {
  const key = base.method === 'get' ? null : request.headers.get('idempotency-key')
  if (key === null) return null
  const bytes = base.body === 'bytes' ? new Uint8Array(await request.clone().arrayBuffer()) : null
  const open =
    base.hides && Object.fromEntries(Object.entries(json ?? {}).filter(([id]) => !base.hides?.includes(id)))
  const said = [params, query, open ?? json, bytes, request.headers.get('if-match')]
  return keyedBy(key, `${base.method} ${base.path}`, said)
}

/** What `run` gave as an answer of text; a file or a stream stays what it is. */
function told(result: unknown, { status }: Reply, lang: Lang): Kept | Response {
  // A refusal that is returned, not thrown: what was written stays (a saved draft, a counted attempt), the answer still refuses.
  if (result instanceof Refusal)
    return { status: result.status, body: JSON.stringify(problemOf(result, lang)) }
  if (result instanceof Response) return result
  return status === 204 || result === undefined
    ? { status: 204, body: null }
    : { status, body: JSON.stringify(result) }
}

/** Keeps an answer under the key it was asked by. A file is given anew each time: it has no effect of its own. */
async function keep(ctx: Ctx, { base }: Route, keyed: Keyed | null, said: Kept | Response): Promise<void> {
  if (keyed && !(said instanceof Response))
    await keepAnswer(ctx.tx, keyed, base.secret ? { status: said.status, body: null } : said)
}

function answerOf(said: Kept | Response, { headers }: Reply, lang: Lang): Response {
  if (said instanceof Response) {
    headers.forEach((value, name) => {
      said.headers.append(name, value)
    })
    return said
  }
  if (said.body === null) return new Response(null, { status: said.status, headers })
  headers.set('content-type', `application/${said.status >= 400 ? 'problem+json' : 'json'}; charset=utf-8`)
  headers.set('content-language', lang)
  return textAnswer(said.body, { status: said.status, headers })
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
