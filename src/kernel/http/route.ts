import type { z } from '@hono/zod-openapi'
import type { SystemPart, Text, Verb } from '../../handbook/model.ts'
import type { Acting, Ctx, Kernel } from '../context.ts'

/** Who may call a route. There is no default: a route that does not say it does not compile. */
export type Who =
  | { readonly who: 'anyone'; readonly because: string }
  | { readonly who: 'signed-in' }
  | { readonly who: 'right'; readonly kind: string; readonly verb: Verb }
  | { readonly who: 'system'; readonly part: SystemPart; readonly verb: Verb }

type Input<T> = T extends z.ZodType ? z.output<T> : undefined

interface RouteBase {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With OpenAPI braces: `/api/v1/tasks/{id}`. */
  readonly path: string
  readonly summary: Text
  readonly tag: string
  readonly access: Who
  /** Answers of 200 unless said otherwise. */
  readonly status?: number
  /** The answer shows a secret once: it is not kept for a request that is sent again. */
  readonly secret?: true
  /** Fields of the body that are passwords: they go into nothing that is kept, not even as a digest that could be guessed at. */
  readonly hides?: readonly string[]
  /** `bytes`: the body is not JSON and is read by `run` through `request`, which holds no more than 60 MB. */
  readonly body?: 'bytes'
}

interface Schemas {
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly json?: z.ZodType
  /** Absent: the route answers with a `Response` of its own (a document, a stream). */
  readonly answer?: z.ZodType
}

export interface Call<S extends Schemas> {
  readonly params: Input<S['params']>
  readonly query: Input<S['query']>
  readonly json: Input<S['json']>
  readonly request: Request
  /** Sets a header or another status of the answer. */
  readonly reply: {
    header(name: string, value: string): void
    status(code: number): void
  }
}

/**
 * A route as data: the conformance test, OpenAPI and the server read the same declaration.
 * `run` works inside one transaction of the actor; what it throws rolls everything back.
 */
export interface Route {
  readonly base: RouteBase & Schemas
  readonly open: boolean
  /** What `run` is handed: a transaction, a person who opens his own ones, or the kernel of a route without a session. */
  readonly at: 'transaction' | 'acting' | 'kernel'
  run(at: Ctx | Acting | Kernel, call: Call<Schemas>): Promise<unknown>
}

export function route<S extends Schemas>(
  base: RouteBase & S & { access: Exclude<Who, { who: 'anyone' }> },
  run: (ctx: Ctx, call: Call<S>) => Promise<unknown>,
): Route {
  return { base, open: false, at: 'transaction', run: run as Route['run'] }
}

/**
 * A route whose work does not fit one transaction, or is heavy: the right is asked first, then `run` opens short transactions one after
 * the other. What one of them wrote stays when a later one fails.
 */
export function longRoute<S extends Schemas>(
  base: RouteBase & S & { access: Exclude<Who, { who: 'anyone' }> },
  run: (acting: Acting, call: Call<S>) => Promise<unknown>,
): Route {
  return { base, open: false, at: 'acting', run: run as Route['run'] }
}

/** A route without a session: health, sign-in, set-up. It gets the kernel, not a context. */
export function openRoute<S extends Schemas>(
  base: RouteBase & S & { access: Extract<Who, { who: 'anyone' }> },
  run: (kernel: Kernel, call: Call<S>) => Promise<unknown>,
): Route {
  return { base, open: true, at: 'kernel', run: run as Route['run'] }
}
