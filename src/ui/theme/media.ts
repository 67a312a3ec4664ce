import { useSyncExternalStore } from 'react'

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

export type Width = 'phone' | 'narrow' | 'middle' | 'wide'

/** `wide` from 1440 (three panes), `middle` from 1200 (right pane is a drawer), `narrow` from 768 (list, then detail), else `phone`. */
export function useWidth(): Width {
  const wide = useMedia('(min-width: 1440px)')
  const middle = useMedia('(min-width: 1200px)')
  const narrow = useMedia('(min-width: 768px)')
  return wide ? 'wide' : middle ? 'middle' : narrow ? 'narrow' : 'phone'
}
