import { useSyncExternalStore } from 'react'

/** How this person wants to see the program; kept on the device and, once signed in, with the login. */
export interface Display {
  readonly lang: 'zh' | 'en'
  readonly theme: 'light' | 'dark' | 'system'
  readonly density: 'dense' | 'comfortable'
}

const place = 'kambook.display'
/** The first of the browser's languages that the program speaks; Chinese when it speaks none of them. */
export const spokenOf = (languages: readonly string[]): Display['lang'] =>
  /^en/i.test(languages.find((one) => /^(zh|en)\b/i.test(one)) ?? '') ? 'en' : 'zh'
const first: Display = {
  lang: spokenOf(globalThis.navigator?.languages ?? []),
  theme: 'system',
  density: 'dense',
}
const listeners = new Set<() => void>()

function read(): Display {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Display>) }
  } catch {
    return first
  }
}
let current: Display = typeof localStorage === 'undefined' ? first : read()

export const display = (): Display => current

export function setDisplay(change: Partial<Display>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(place, JSON.stringify(current))
  } catch {
    // A browser that keeps nothing still shows the choice until it is closed.
  }
  for (const listener of listeners) listener()
}

export function onDisplay(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useDisplay = (): Display => useSyncExternalStore(onDisplay, display)
export const useLang = (): 'zh' | 'en' => useDisplay().lang
