import { answered, lookForServer, notOurs } from './connection.ts'
import type { Both } from './i18n/texts.ts'
import { display } from './theme/display.ts'

interface ProblemBody {
  code?: string
  text?: Both
  faults?: readonly { path: string; text: Both }[]
  detail?: Record<string, unknown>
}

/** What the API refused, in both languages, with the place of each fault. `status` 0: nothing was reached. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly text: Both
  readonly faults: readonly { path: string; text: Both }[]
  readonly detail: Record<string, unknown>

  constructor(status: number, body: ProblemBody) {
    const text = body.text ?? unexpected(status)
    super(text[display().lang])
    this.status = status
    this.code = body.code ?? 'defect'
    this.text = text
    this.faults = body.faults ?? []
    this.detail = body.detail ?? {}
  }
}

const unexpected = (status: number): Both => ({
  zh: `程序没有按约定回答（${status}），重新载入这一页；还是这样就告诉管理员`,
  en: `The program gave an unexpected answer (${status}). Reload this page; if it stays, tell the administrator`,
})
const unreached: ProblemBody = {
  code: 'offline',
  text: {
    zh: '连不上 Kambook，内容还在本页；检查网络后再试',
    en: 'Kambook cannot be reached. What you wrote is still on this page; check the network and try again',
  },
}

/** A UUID; `crypto.randomUUID` is missing where a page comes over plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>
export interface Call {
  readonly query?: Query
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, e.g. a file. */
  readonly body?: Blob
  /** Revision the change is based on, sent as If-Match. */
  readonly rev?: number
  readonly signal?: AbortSignal
  /** Goes through even if the page is left at once; small bodies only. */
  readonly keepalive?: boolean
}

interface Ended {
  readonly again: boolean
  readonly answer?: unknown
}
let followed: ((path: string, signal?: AbortSignal) => Promise<Ended>) | null = null
/** Says how a long answer is followed to its end. */
export function onLongAnswer(follow: typeof followed): void {
  followed = follow
}

let signedOut: () => void = () => undefined
/** Says what happens when the session has ended (the shell goes to the sign-in page). */
export function onSignedOut(act: () => void): void {
  signedOut = act
}

/** Address under /api/v1 with its query; empty values are left out. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  const text = search.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

/**
 * Calls the API; `path` begins after /api/v1. Answers the JSON, or undefined when there is no content.
 * @throws ApiProblem for every refusal; an aborted call throws the browser's AbortError
 */
export async function api<T>(method: string, path: string, call: Call = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': display().lang }
  if (call.json !== undefined) headers['content-type'] = 'application/json'
  if (call.body) headers['content-type'] = 'application/octet-stream'
  // A request that the network sends twice has one effect.
  if (method !== 'GET') headers['idempotency-key'] = newKey()
  if (call.rev !== undefined) headers['if-match'] = `"${call.rev}"`
  const response = await fetch(address(path, call.query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(call.signal ? { signal: call.signal } : {}),
    ...(call.keepalive ? { keepalive: true } : {}),
    ...(call.json !== undefined ? { body: JSON.stringify(call.json) } : call.body ? { body: call.body } : {}),
  }).catch((error: unknown) => {
    if ((error as Error).name === 'AbortError') throw error
    void lookForServer()
    throw new ApiProblem(0, unreached)
  })
  if (notOurs(response)) {
    void lookForServer()
    throw new ApiProblem(0, unreached)
  }
  answered(response)
  if (response.status === 204) return undefined as T
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const body: unknown = isJson ? await response.json() : {}
  // A long answer: its end is followed as any answer is waited for.
  if (response.status === 202 && followed) {
    const where = response.headers.get('location')
    if (where?.startsWith('/api/v1/jobs/')) {
      const job = await followed(where.slice('/api/v1'.length), call.signal)
      return job.again ? api<T>(method, path, call) : (job.answer as T)
    }
  }
  if (!response.ok) {
    const problem = new ApiProblem(response.status, body as ProblemBody)
    if (response.status === 401 && path !== '/session') signedOut()
    throw problem
  }
  return body as T
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  api<T>('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) })
export const post = <T>(path: string, json: unknown = {}, call: Call = {}): Promise<T> =>
  api<T>('POST', path, { ...call, json })
export const put = <T>(path: string, json: unknown, call: Call = {}): Promise<T> =>
  api<T>('PUT', path, { ...call, json })
export const patch = <T>(path: string, json: unknown, call: Call = {}): Promise<T> =>
  api<T>('PATCH', path, { ...call, json })
export const remove = <T>(path: string, call: Call = {}): Promise<T> => api<T>('DELETE', path, call)
