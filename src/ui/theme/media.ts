import { useEffect, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'

/** Whether a media query holds now, following the window. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    () => matchMedia(query).matches,
  )
}

/** True while the browser lays the page out for paper: what is drawn only where it is seen must be there in full. */
export function usePrinting(): boolean {
  const [printing, set] = useState(false)
  useEffect(() => {
    // The browser measures the page right after it has said so; a later drawing would miss the paper.
    const begin = () => flushSync(() => set(true))
    const end = () => set(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

export type Width = 'phone' | 'narrow' | 'middle' | 'wide'

/** `wide` from 1440 (three panes), `middle` from 1200 (right pane is a drawer), `narrow` from 768 (list, then detail), else `phone`. */
export function useWidth(): Width {
  const wide = useMedia('(min-width: 1440px)')
  const middle = useMedia('(min-width: 1200px)')
  const narrow = useMedia('(min-width: 768px)')
  return wide ? 'wide' : middle ? 'middle' : narrow ? 'narrow' : 'phone'
}
