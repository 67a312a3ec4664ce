import type { Loads } from '../../kernel/exchange/wire.ts'

export interface Load {
  readonly id: number
  readonly title: string
  readonly unit: string
  /** Accounts as proposed, and with what was changed since. */
  readonly before: number
  readonly now: number
  readonly over: boolean
}
export interface Narrowed {
  readonly unit: number | null
  readonly owner: number | null
}

/** How many accounts fall on each person, those with the most first; whoever gets none, before and now, is left out. */
export function loadsWith(loads: Loads, changed: Readonly<Record<string, number>>): Load[] {
  const before = new Map<number, number>()
  const now = new Map<number, number>()
  const count = (of: Map<number, number>, id: number | null) => {
    if (id !== null) of.set(id, (of.get(id) ?? 0) + 1)
  }
  for (const [key, owner] of loads.proposed) {
    count(before, owner)
    count(now, changed[key] ?? owner)
  }
  return loads.people
    .filter((one, index, all) => all.findIndex((other) => other.id === one.id) === index)
    .map((one) => {
      const held = now.get(one.id) ?? 0
      return {
        ...one,
        before: before.get(one.id) ?? 0,
        now: held,
        over: loads.cap !== null && held > loads.cap,
      }
    })
    .filter((one) => one.before + one.now > 0)
    .sort((a, b) => b.now - a.now)
}

/** Keys of the rows that were proposed in a unit or for a person. */
export const keysIn = (loads: Loads, { unit, owner }: Narrowed): string[] =>
  loads.proposed
    .filter(([, who, where]) => (owner === null || who === owner) && (unit === null || where === unit))
    .map(([key]) => key)

/** Gives all of them to one person; a row that was proposed for him anyway is no change. */
export function givenTo(
  loads: Loads,
  changed: Readonly<Record<string, number>>,
  keys: readonly string[],
  person: number,
): Record<string, number> {
  const proposed = new Map(loads.proposed.map(([key, owner]) => [key, owner]))
  const next = { ...changed }
  for (const key of keys) {
    if (proposed.get(key) === person) delete next[key]
    else next[key] = person
  }
  return next
}
