import { useEffect } from 'react'

/** One row on or back, or to the row one is at. */
type Steps = 1 | -1 | 0
/** Asked of the list that is shown. A list that draws only what is seen walks by itself and says so. */
export type Walk = CustomEvent<{ readonly by: Steps }>
const event = 'kambook:walk'

const rows = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-row]')].filter((one) => one.offsetParent !== null)
/** What a row is known by when it is drawn anew. */
const nameOf = (row: Element): string => row.getAttribute('data-row') || row.getAttribute('href') || ''

let last: { readonly at: string; readonly name: string } | null = null
if (typeof document !== 'undefined')
  document.addEventListener('focusin', ({ target }) => {
    const row = target instanceof Element ? target.closest('[data-row]') : null
    if (row) last = { at: listOf(row), name: nameOf(row) }
  })

/** Lists of one page are told apart by what they stand in. */
const listOf = (row: Element): string => row.closest('[aria-label]')?.getAttribute('aria-label') ?? ''

/** The row that one is at: the focused one, else the one focused last, else the one that is open. */
function current(all: readonly HTMLElement[]): number {
  const focused = all.indexOf(document.activeElement?.closest<HTMLElement>('[data-row]') as HTMLElement)
  if (focused !== -1) return focused
  const before = all.findIndex((one) => nameOf(one) === last?.name && listOf(one) === last.at)
  return before !== -1 ? before : all.findIndex((one) => one.getAttribute('aria-current'))
}

/** Walks the rows of the page by one, from the row one was at; nowhere yet, it begins with the first. */
export function walk(by: Steps): void {
  const asked: Walk = new CustomEvent(event, { detail: { by }, cancelable: true })
  if (!window.dispatchEvent(asked)) return
  const all = rows()
  const at = current(all)
  all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus()
}

/** A list that walks its rows itself; `step` says whether it did. */
export function useWalk(step: (by: Steps) => boolean): void {
  useEffect(() => {
    const onWalk = (asked: Event) => {
      if (step((asked as Walk).detail.by)) asked.preventDefault()
    }
    window.addEventListener(event, onWalk)
    return () => window.removeEventListener(event, onWalk)
  }, [step])
}
