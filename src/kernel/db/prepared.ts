import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Statements that a connection keeps prepared at most; one that has more is replaced when it is given back. */
const mostKept = 300
/** Texts that are remembered over all connections, to know which come again. */
const mostTexts = 2000

/** Put into a statement whose plan depends on the values it is asked with: it is planned anew each time. */
export const plannedAnew = '/* planned anew */'

/**
 * Which statements are worth preparing: those asked for the second time. The names change after the tables did (`anew`), so that no
 * connection takes an old plan again.
 */
export class Repertoire {
  private readonly texts = new Map<string, string | null>()
  private edition = 0

  /** A name to prepare this text by, or nothing when it is asked for the first time or may not be prepared. */
  nameOf(text: string): string | null {
    const known = this.texts.get(text)
    if (known) return known
    if (known === undefined) {
      // A text with several statements cannot be prepared.
      if (!/^\s*(select|with|insert|update|delete)\b/i.test(text) || text.includes(';')) return null
      if (text.includes(plannedAnew)) return null
      for (const oldest of this.texts.keys()) {
        if (this.texts.size < mostTexts) break
        this.texts.delete(oldest)
      }
      this.texts.set(text, null)
      return null
    }
    const name = `k${this.edition}_${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`
    this.texts.set(text, name)
    return name
  }

  anew(): void {
    this.edition += 1
    this.texts.clear()
  }
}

/** Whether a statement failed only because the tables changed under its plan, or because a proxy gave the connection away. */
export const isStalePlan = (error: unknown): boolean => {
  const { code, message } = (error ?? {}) as { code?: string; message?: string }
  return (
    code === '26000' || (code === '0A000' && /cached plan must not change result type/.test(message ?? ''))
  )
}

/** The wire below a client: held back for a moment, two statements go out as one packet. */
interface Wired {
  readonly connection?: { readonly stream?: { cork(): void; uncork(): void } }
}

/** A connection as Kysely asks for it. */
interface Client {
  query(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>
  release(): void
}

/**
 * A pooled connection that prepares what comes again and sends `begin` together with the first statement of a transaction: it has nothing
 * to say that is worth waiting for.
 */
export class PreparingClient implements Client {
  private readonly kept = new Set<string>()
  private stale = false
  private toBegin = false

  constructor(
    private readonly client: pg.PoolClient,
    private readonly repertoire: Repertoire,
  ) {}

  async query(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    if (text === 'begin') {
      this.toBegin = true
      return nothing
    }
    if (this.toBegin) {
      this.toBegin = false
      // Nothing was begun: there is nothing to end either.
      if (text === 'commit' || text === 'rollback') return nothing
      const stream = (this.client as unknown as Wired).connection?.stream
      stream?.cork()
      const both = Promise.all([this.client.query('begin'), this.ask(text, values)])
      stream?.uncork()
      return (await both)[1]
    }
    return this.ask(text, values)
  }

  private async ask(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const name = this.repertoire.nameOf(text)
    if (name) this.kept.add(name)
    try {
      return await (name
        ? this.client.query({ name, text, values: values as unknown[] })
        : this.client.query(text, values as unknown[]))
    } catch (error) {
      if (isStalePlan(error)) {
        this.stale = true
        this.repertoire.anew()
      }
      throw error
    }
  }

  release(): void {
    const full = this.stale || this.kept.size > mostKept
    this.client.release(full)
  }
}

const nothing = { command: '', rowCount: 0, rows: [], oid: 0, fields: [] } as unknown as pg.QueryResult
