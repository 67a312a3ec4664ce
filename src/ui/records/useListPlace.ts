import { useLocation } from '@tanstack/react-router'
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import type { RecordItem } from '../../kernel/records/wire.ts'
import { keepPlace, type Place, placeOf } from '../place.ts'
import { useWalk } from '../walk.ts'

interface Drawn {
  readonly items: readonly RecordItem[]
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly rows: Virtualizer<HTMLDivElement, Element>
  readonly total?: number | undefined
  /** Reads more rows, where there are any. */
  readonly onEnd: () => void
}

/** Scrolls no further than it takes to have a row wholly in sight, below the heads that stay. */
function bringUp(box: HTMLElement, index: number, height: number): void {
  const room = box.clientHeight - (box.querySelector('thead')?.offsetHeight ?? 0)
  const start = index * height
  if (start < box.scrollTop) box.scrollTop = start
  else if (start + height > box.scrollTop + room) box.scrollTop = start + height - room
}

/** The address of a list, whatever form is open over it. */
const addressOf = (pathname: string, search: string): string => {
  const query = new URLSearchParams(search)
  query.delete('create')
  query.sort()
  const text = query.toString()
  return text ? `${pathname}?${text}` : pathname
}

/**
 * Keeps where one is in a list under its address and brings one back there: as far down, on the same row, in sight. J and K go on from
 * that row also when it is not drawn at the moment.
 */
export function useListPlace({
  items,
  scroller,
  rows,
  total,
  onEnd,
}: Drawn): (item: RecordItem, index: number) => void {
  const { pathname, searchStr } = useLocation()
  const address = addressOf(pathname, searchStr)
  const place = useRef<Place>({ offset: 0, row: null, index: 0 })
  // A place to go back to, until one is there.
  const wanted = useRef<Place | null>(null)
  const focus = useRef<number | null>(null)
  const shown = useRef<string | null>(null)
  if (shown.current !== address) {
    const first = shown.current === null
    shown.current = address
    wanted.current = placeOf(address) ?? null
    place.current = wanted.current ?? { offset: 0, row: null, index: 0 }
    // Another question is read from its top.
    if (!first && !wanted.current) scroller.current?.scrollTo({ top: 0 })
  }
  const keep = useCallback(
    (more: Partial<Place>) => {
      place.current = { ...place.current, ...more }
      keepPlace(address, place.current)
    },
    [address],
  )
  const onRow = useCallback(
    (item: RecordItem, index: number) =>
      keep({ row: item.id, index, offset: scroller.current?.scrollTop ?? 0 }),
    [keep, scroller],
  )

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (wanted.current === null) keep({ offset: box.scrollTop })
      }, 100)
    }
    box.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(timer)
      box.removeEventListener('scroll', onScroll)
    }
  }, [keep, scroller])

  useLayoutEffect(() => {
    const box = scroller.current
    const to = wanted.current
    if (!box || !to || items.length === 0) return
    const at = to.row === null ? -1 : items.findIndex((item) => item.id === to.row)
    // The row may have moved on since; as far as it stood, rows are read again.
    if (at === -1 && items.length <= to.index && items.length < (total ?? Number.POSITIVE_INFINITY)) {
      onEnd()
      return
    }
    wanted.current = null
    box.scrollTop = to.offset
    if (at === -1) return
    place.current = { ...to, index: at }
    focus.current = to.row
    bringUp(box, at, rows.options.estimateSize(at))
  }, [items, total, rows, scroller, onEnd])

  // A row can be focused as soon as it is drawn; whoever writes somewhere meanwhile is not disturbed.
  useEffect(() => {
    if (focus.current === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${focus.current}"]`)
    if (!row) return
    focus.current = null
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body || activeElement.closest('[data-row]'))
      row.focus({ preventScroll: true })
  })

  useWalk(
    useCallback(
      (by) => {
        const box = scroller.current
        if (!box || box.offsetParent === null || items.length === 0) return false
        const { row, index } = place.current
        const found = items.findIndex((item) => item.id === row)
        const at = found === -1 && row !== null ? Math.min(index, items.length - 1) : found
        const next = at === -1 ? 0 : Math.min(items.length - 1, Math.max(0, at + by))
        const item = items[next] as RecordItem
        const { activeElement } = document
        if (activeElement instanceof HTMLElement && !box.contains(activeElement)) activeElement.blur()
        bringUp(box, next, rows.options.estimateSize(next))
        keep({ row: item.id, index: next, offset: box.scrollTop })
        const drawn = box.querySelector<HTMLElement>(`[data-row="${item.id}"]`)
        if (drawn) drawn.focus({ preventScroll: true })
        else focus.current = item.id
        return true
      },
      [items, rows, scroller, keep],
    ),
  )
  return onRow
}
