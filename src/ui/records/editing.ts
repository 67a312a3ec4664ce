import { useEffect, useState } from 'react'

/** What windows of one browser tell each other of what is edited in them. */
type Told = { readonly ask: string } | { readonly here: string } | { readonly left: string }

// One channel a window: what it says it does not hear itself. Locks would be told only to pages that came over TLS.
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('kambook.editing')
const tell = (told: Told): void => channel?.postMessage(told)

/** What is edited in this window, with how often: a field may be open beside the form. */
const here = new Map<string, number>()
const watching = new Set<(told: Told) => void>()
channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => {
  if ('ask' in data) {
    if (here.has(data.ask)) tell({ here: data.ask })
  } else for (const watcher of watching) watcher(data)
})
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const name of here.keys()) tell({ left: name })
  })
  window.addEventListener('pageshow', () => {
    for (const name of here.keys()) tell({ here: name })
  })
}

/** Whether something is being edited in this very window. */
export const isEditedHere = (name: string): boolean => here.has(name)

/** Tells other windows that something is edited in this one, as long as it is drawn; `null` for nothing. */
export function useEditing(name: string | null): void {
  useEffect(() => {
    if (name === null) return
    here.set(name, (here.get(name) ?? 0) + 1)
    tell({ here: name })
    return () => {
      const left = (here.get(name) ?? 1) - 1
      if (left > 0) here.set(name, left)
      else {
        here.delete(name)
        tell({ left: name })
      }
    }
  }, [name])
}

/** Longest time in ms that another window is waited for. */
const patience = 200

/**
 * Whether something is being edited in another window of this browser; `null` until that is known. It is asked again when this window is
 * looked at, since a window that broke down takes no leave.
 */
export function useEditedElsewhere(name: string): boolean | null {
  const [elsewhere, set] = useState<boolean | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      clearTimeout(timer)
      timer = setTimeout(() => set(false), patience)
      tell({ ask: name })
    }
    const watcher = (told: Told) => {
      if ('here' in told && told.here === name) {
        clearTimeout(timer)
        set(true)
      }
      // Two windows may edit it, and only one has left.
      if ('left' in told && told.left === name) ask()
    }
    watching.add(watcher)
    window.addEventListener('focus', ask)
    ask()
    return () => {
      clearTimeout(timer)
      watching.delete(watcher)
      window.removeEventListener('focus', ask)
    }
  }, [name])
  return elsewhere
}
