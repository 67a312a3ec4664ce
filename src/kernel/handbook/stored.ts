import type { Edition } from '../../handbook/model.ts'
import type { House } from '../context.ts'
import type { Database, Tx } from '../db/database.ts'
import { keepModel, readInside, readStored } from './model.ts'

/** What this program has read of a database's editions. */
export interface Shelf {
  readonly parsed: Map<number, Promise<Edition | null>>
  /** The edition the company started from, by its hash. */
  reference: Edition | null
  asked: { at: number; id: number }
  /** Editions whose day has come but which do not bind to this program: told once, not tried again and again. */
  readonly left: Set<number>
}
// Editions never change, so what is read once is read for all; one shelf per database.
const shelves = new WeakMap<Database, Shelf>()
export function shelfOf(db: Database): Shelf {
  const known = shelves.get(db)
  if (known) return known
  const fresh: Shelf = { parsed: new Map(), reference: null, asked: { at: 0, id: 0 }, left: new Set() }
  shelves.set(db, fresh)
  return fresh
}

/** After an edition changed its state in this program, nobody here takes the old answer again. */
export function forget(db: Database): void {
  const shelf = shelfOf(db)
  shelf.asked = { at: 0, id: 0 }
  shelf.left.clear()
}

// More than cases under way are likely to need at a time; a shelf without an end would grow with every draft.
const most = 24

/** Puts an edition on the shelf, the one that was asked for longest ago makes room. */
function shelve(shelf: Shelf, id: number, reading: Promise<Edition | null>): void {
  const { parsed } = shelf
  parsed.delete(id)
  parsed.set(id, reading)
  for (const oldest of parsed.keys()) {
    if (parsed.size <= most) return
    parsed.delete(oldest)
  }
}

/** An edition that was read from its files a moment ago need not be read from the database, nor judged a second time. */
export async function keepAtHand(db: Database, id: number, edition: Edition): Promise<void> {
  shelve(shelfOf(db), id, Promise.resolve(edition))
  await keepModel(db, edition)
}

/** An edition by its id, parsed once; `null` when it is not there or can no longer be read. */
export const storedEdition = (db: Database, id: number): Promise<Edition | null> =>
  onShelf(shelfOf(db), id, () => readStored(db, id))

/**
 * The same inside a request's transaction, through its own connection. Whoever waits for another's reading reads by himself when that one's
 * transaction ends before its time.
 */
export async function editionInside(
  { tx, house }: { readonly tx: Tx; readonly house: Pick<House, 'shelf'> },
  id: number,
): Promise<Edition | null> {
  const others = house.shelf.parsed.get(id)
  const read = () => onShelf(house.shelf, id, () => readInside(tx, id))
  return others ? others.catch(read) : read()
}

function onShelf(shelf: Shelf, id: number, read: () => Promise<Edition | null>): Promise<Edition | null> {
  const { parsed } = shelf
  const known = parsed.get(id)
  if (known) {
    shelve(shelf, id, known)
    return known
  }
  const reading = read()
  shelve(shelf, id, reading)
  const drop = () => {
    if (parsed.get(id) === reading) parsed.delete(id)
  }
  reading.then((edition) => edition ?? drop(), drop)
  return reading
}
