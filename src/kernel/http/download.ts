import { setTimeout as wait } from 'node:timers/promises'
import { turns } from '../auth/turns.ts'
import { Refusal } from '../refusal.ts'

const crowded = (): Refusal =>
  new Refusal(503, 'crowded', {
    zh: '现在下载的人太多，过几秒再试',
    en: 'Too many files are being downloaded at the moment. Try again in a few seconds',
  })

// Each download under way holds a piece in memory.
const underWay = turns(48, 400, 8000, crowded)
// Pieces are read on the connections of requests: a quarter of them at most, so that pages go on.
const first = turns(3, 400, 8000, crowded)
const next = turns(3, Number.POSITIVE_INFINITY, 120_000, crowded)
/** A piece amid a file is asked for again after so many milliseconds. */
const pauses = [200, 1000, 3000, 10_000]
/** Whoever takes nothing for so long, in milliseconds, gives his place to others; one who asked for the head only never begins. */
const patience = { begin: 10_000, goOn: 120_000 }

/**
 * A file of `size` bytes, read a piece at a time; none is held longer than it takes to send. The first piece is read before this resolves,
 * so that an answer that has begun can be ended: later pieces are asked for again when the database is busy.
 * @param read the piece at a byte (from 0) and its turn (from 0); `null` when it is gone, which breaks the stream off with an error
 * @throws Refusal 503 `crowded` when too many are under way; what `read` throws for the first piece
 */
export async function download(
  size: number,
  read: (at: number, turn: number) => Promise<Uint8Array | null>,
): Promise<ReadableStream<Uint8Array>> {
  const done = await placeIn()
  let at = 0
  let turn = 0
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(idle)
    done()
  }
  const piece = async (): Promise<Uint8Array> => {
    const bytes = await read(at, turn)
    if (!bytes?.length) throw new Error('the file was removed while it was read')
    at += bytes.length
    turn += 1
    return bytes
  }
  try {
    let held = size > 0 ? await first(piece) : null
    return new ReadableStream<Uint8Array>(
      {
        start(out) {
          if (size === 0) {
            out.close()
            end()
          } else idle = waitFor(out, patience.begin)
        },
        async pull(out) {
          clearTimeout(idle)
          try {
            out.enqueue(held ?? (await persistently(() => next(piece))))
            held = null
          } catch (error) {
            end()
            throw error
          }
          if (at >= size) {
            out.close()
            end()
          } else idle = waitFor(out, patience.goOn)
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    )
  } catch (error) {
    end()
    throw error
  }

  function waitFor(out: ReadableStreamDefaultController<Uint8Array>, ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      done()
      out.error(new Error('nobody took the file'))
    }, ms).unref()
  }
}

/** A place among the downloads under way, and what gives it back. */
const placeIn = (): Promise<() => void> =>
  new Promise((resolve, reject) => {
    underWay(() => new Promise<void>((done) => resolve(done))).catch(reject)
  })

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work()
    } catch {
      await wait(pause)
    }
  }
  return work()
}
