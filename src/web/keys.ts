import { useEffect } from 'react'
import { openPalette } from '../ui/components/PageHead.tsx'
import { walk } from '../ui/walk.ts'
import { sections } from './sections.ts'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const visible = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.offsetParent !== null)

/** Whether something floats that Esc closes first. */
const floating = (): boolean =>
  visible('.ant-dropdown, .ant-popover, .ant-select-dropdown, .ant-picker-dropdown').some(
    (one) => !/-hidden(\s|$)/.test(one.className),
  )

/** To the search box of the list that is shown; a page without one has the search over everything. */
function find(): void {
  const [box] = visible('[data-find]')
  const input = box instanceof HTMLInputElement ? box : box?.querySelector('input')
  if (input) input.focus()
  else openPalette()
}

/** Out of a search box, what was typed stays: the keys of the list work again, from the row one was at. */
function leaveBox(box: HTMLElement): void {
  box.blur()
  walk(0)
}

/** One page back, but never out of the program. */
function back(): void {
  const index = (history.state as { __TSR_index?: number } | null)?.__TSR_index ?? 0
  if (index > 0) history.back()
  else visible('.kb-head-step, .kb-head-back').at(-1)?.click()
}

/**
 * The program's keys: ⌘K palette, G + letter go, J/K through `[data-row]`, ⌘↵ presses `[data-main]`, `?` opens `[data-why]`,
 * `/` goes to the search box of the list on the page (`[data-find]`), where there is none to the palette, Esc leaves that box,
 * else goes back.
 */
export function useKeys(go: (href: string) => void): void {
  useEffect(() => {
    let afterG = 0
    const onKey = (event: KeyboardEvent) => {
      const command = event.metaKey || event.ctrlKey
      if (command && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        openPalette()
        return
      }
      if (command && event.key === 'Enter') {
        visible('[data-main]')[0]?.click()
        return
      }
      if (command || event.altKey || event.isComposing) return
      if (document.querySelector('[role="dialog"]')) return
      if (isTyping(event.target)) {
        const box = event.key === 'Escape' && !event.defaultPrevented ? event.target : null
        if (box instanceof HTMLElement && box.closest('[data-find]') && !floating()) leaveBox(box)
        return
      }
      const key = event.key.toLowerCase()
      if (Date.now() - afterG < 1200) {
        afterG = 0
        const section = sections.find((one) => one.key === key)
        if (section) go(section.href)
        return
      }
      if (key === 'g') afterG = Date.now()
      else if (key === 'j') walk(1)
      else if (key === 'k') walk(-1)
      // Focus opens it; a click would close what the pointer, resting there, has opened.
      else if (key === '?') visible('[data-why]')[0]?.focus()
      else if (key === '/') {
        event.preventDefault()
        find()
      } else if (key === 'escape' && !event.defaultPrevented && !floating()) back()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [go])
}
