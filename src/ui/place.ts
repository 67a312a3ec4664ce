/** Where somebody was in a list: how far it was scrolled, and the row that was opened or walked to. */
export interface Place {
  readonly offset: number
  /** Id of the row, and how far down it stood. */
  readonly row: number | null
  readonly index: number
}

const name = 'kambook.places'
/** Lists that are remembered at most; who has looked at more of them starts the oldest from its top. */
const most = 30

const all = (): Record<string, Place> => {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Record<string, Place>
  } catch {
    return {}
  }
}

/** Where one was in the list of this address, as long as the tab lives. */
export function placeOf(address: string): Place | undefined {
  const places = all()
  return Object.hasOwn(places, address) ? places[address] : undefined
}

export function keepPlace(address: string, place: Place): void {
  const { [address]: _, ...others } = all()
  const kept = Object.fromEntries([...Object.entries(others), [address, place]].slice(-most))
  try {
    sessionStorage.setItem(name, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing shows every list from its top.
  }
}

/** The address under which a list of this kind was left last, filters and sort included; where there is none, the list itself. */
export const listAddress = (path: string): string =>
  Object.keys(all()).findLast((one) => one === path || one.startsWith(`${path}?`)) ?? path

/** Whoever signs in next begins anew. */
export function forgetPlaces(): void {
  try {
    sessionStorage.removeItem(name)
  } catch {
    // Nothing was kept.
  }
}
