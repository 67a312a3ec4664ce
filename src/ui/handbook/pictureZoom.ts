import { type RefObject, useEffect, useRef, useState } from 'react'

export const zoomSteps = [0.2, 0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.6, 2] as const
const most = 2

/** Width and height of a drawing in its own pixels, and how wide its column of lane names is; zeros for an empty one. */
export function sizeOf(svg: string): { width: number; height: number; header: number } {
  const number = (pattern: RegExp) => Number(pattern.exec(svg)?.[1] ?? 0)
  return {
    width: number(/ width="([\d.]+)"/),
    height: number(/ height="([\d.]+)"/),
    header: number(/ data-lanes="([\d.]+)"/),
  }
}

/** Makes the names of lanes smaller, each in the middle of its lane, and moves the line beside them by as much as was cut off. */
export function fitNames(column: SVGSVGElement, by: number, cut: number): void {
  for (const name of column.querySelectorAll<SVGGraphicsElement>('[data-lane]')) {
    const { y, height } = name.getBBox()
    name.setAttribute('transform', `translate(0 ${(y + height / 2) * (1 - by)}) scale(${by})`)
  }
  const rule = column.querySelector('[data-lanes]')?.lastElementChild
  rule?.setAttribute('transform', `translate(${-cut} 0)`)
}

/** Room inside a frame in pixels, as it changes. */
export function useRoom(box: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {}
      setRoom((before) => (before.width === width && before.height === height ? before : { width, height }))
    })
    if (box.current) seen.observe(box.current)
    return () => seen.disconnect()
  }, [box])
  return room
}

interface At {
  readonly x: number
  readonly y: number
}

/**
 * Zooms by the wheel with Ctrl, by which a touch pad tells a pinch, and by two fingers on a screen.
 * @param least how small; nobody wants a drawing smaller than all of it in sight
 */
export function useGestures(
  box: RefObject<HTMLElement | null>,
  scale: number,
  least: number,
  zoomTo: (scale: number, at: At) => void,
): void {
  const now = useRef({ scale, least, zoomTo })
  now.current = { scale, least, zoomTo }
  useEffect(() => {
    const frame = box.current
    if (!frame) return
    const within = (x: number, y: number): At => {
      const { left, top } = frame.getBoundingClientRect()
      return { x: x - left, y: y - top }
    }
    const zoom = (to: number, at: At) =>
      now.current.zoomTo(Math.min(most, Math.max(now.current.least, to)), at)
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      // A notch of a wheel is 100, a pinch comes in steps of a few.
      const by = Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) / 240)
      zoom(now.current.scale * by, within(event.clientX, event.clientY))
    }
    let begun: { apart: number; scale: number } | null = null
    const fingers = (event: TouchEvent) => {
      const [one, other] = event.touches
      if (!one || !other) return null
      return {
        apart: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1,
        at: within((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2),
      }
    }
    const start = (event: TouchEvent) => {
      const two = fingers(event)
      begun = two && { apart: two.apart, scale: now.current.scale }
    }
    const move = (event: TouchEvent) => {
      const two = fingers(event)
      if (!two || !begun) return
      event.preventDefault()
      zoom((begun.scale * two.apart) / begun.apart, two.at)
    }
    frame.addEventListener('wheel', wheel, { passive: false })
    frame.addEventListener('touchstart', start, { passive: true })
    frame.addEventListener('touchmove', move, { passive: false })
    frame.addEventListener('touchend', start, { passive: true })
    frame.addEventListener('touchcancel', start, { passive: true })
    return () => {
      frame.removeEventListener('wheel', wheel)
      frame.removeEventListener('touchstart', start)
      frame.removeEventListener('touchmove', move)
      frame.removeEventListener('touchend', start)
      frame.removeEventListener('touchcancel', start)
    }
  }, [box])
}
