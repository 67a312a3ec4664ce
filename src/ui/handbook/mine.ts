import { useMemo, useSyncExternalStore } from 'react'
import { useMe } from '../session.ts'
import { useBook } from './context.ts'

/** Posts of the open edition that the reader holds. */
export function useMyPosts(): readonly string[] {
  const { edition } = useBook()
  const me = useMe().data
  return useMemo(
    () =>
      [...new Set(me?.posts.map((one) => one.post) ?? [])].filter((id) =>
        edition.posts.some((post) => post.id === id),
      ),
    [edition, me],
  )
}

const key = 'kambook.handbook.mine'
const told = new Set<() => void>()
const subscribe = (listener: () => void) => {
  told.add(listener)
  return () => told.delete(listener)
}

/** Whether the reader wants to see only what concerns his posts; kept while the window is open. */
export function useOnlyMine(): readonly [boolean, (only: boolean) => void] {
  const only = useSyncExternalStore(subscribe, () => sessionStorage.getItem(key) === '1')
  return [
    only,
    (wanted) => {
      sessionStorage.setItem(key, wanted ? '1' : '0')
      for (const listener of told) listener()
    },
  ]
}
