import { Button } from 'antd'
import { Maximize2, Minus, Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { registerTexts } from '../i18n/texts.ts'
import './picture.css'

const useT = registerTexts('picture', {
  zh: { zoomIn: '放大', zoomOut: '缩小', zoomFit: '适合宽度' },
  en: { zoomIn: 'Zoom in', zoomOut: 'Zoom out', zoomFit: 'Fit the width' },
})

const steps = [0.5, 0.7, 0.85, 1, 1.25, 1.6, 2] as const

/**
 * A drawing of the handbook that zooms and scrolls inside its frame. The markup comes from the handbook's own drawing code,
 * which escapes every text of the edition; `onPick` is told which part of the drawing was pressed.
 */
export function Picture(props: {
  svg: string
  label: string
  onPick?: (part: SVGElement) => void
  /** A drawing that begins in its middle, as an organisation chart does. */
  centred?: boolean
}) {
  const t = useT()
  const box = useRef<HTMLElement>(null)
  const width = Number(/ width="(\d+(?:\.\d+)?)"/.exec(props.svg)?.[1] ?? 0)
  const [zoom, setZoom] = useState<number | null>(null)
  const [room, setRoom] = useState(0)
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setRoom(entry?.contentRect.width ?? 0))
    if (box.current) seen.observe(box.current)
    return () => seen.disconnect()
  }, [])
  const { svg, centred = false } = props
  // Fitting never makes a drawing larger than drawn, nor too small to read: a wide one scrolls instead.
  const fit = room > 0 && width > 0 ? Math.min(1, Math.max(0.85, room / width)) : 1
  const scale = zoom ?? fit
  // The markup is put into the page by hand, so it must be put there again when it changes.
  useEffect(() => {
    const place = box.current?.firstElementChild
    if (!place) return
    place.replaceChildren(
      document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true),
    )
  }, [svg])
  useEffect(() => {
    const drawn = box.current?.querySelector('svg')
    if (!drawn || svg === '') return
    const [, , w = 0, h = 0] = (drawn.getAttribute('viewBox') ?? '').split(' ').map(Number)
    drawn.style.width = `${w * scale}px`
    drawn.style.height = `${h * scale}px`
    // The framed step is brought into the frame; the page itself stays where it is.
    const marked = drawn.querySelector('[data-mark="now"]')?.getBoundingClientRect()
    const frame = box.current
    if (frame && centred) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2
    if (!marked || !frame) return
    const { left, top, width: across, height: down } = frame.getBoundingClientRect()
    frame.scrollLeft += marked.left + marked.width / 2 - left - across / 2
    frame.scrollTop += marked.top + marked.height / 2 - top - down / 2
  }, [svg, scale, centred])
  const by = (direction: 1 | -1) => {
    const next =
      direction === 1 ? steps.find((one) => one > scale + 0.01) : steps.findLast((one) => one < scale - 0.01)
    if (next) setZoom(next)
  }
  return (
    <figure className="kb-picture">
      <div className="kb-picture-tools">
        <span className="kb-note kb-grow">{props.label}</span>
        <Button
          type="text"
          size="small"
          icon={<Minus size={15} aria-hidden />}
          aria-label={t('zoomOut')}
          onClick={() => by(-1)}
        />
        <Button
          type="text"
          size="small"
          icon={<Plus size={15} aria-hidden />}
          aria-label={t('zoomIn')}
          onClick={() => by(1)}
        />
        <Button
          type="text"
          size="small"
          icon={<Maximize2 size={14} aria-hidden />}
          aria-label={t('zoomFit')}
          onClick={() => setZoom(null)}
        />
      </div>
      {/* The table of steps below says the same to those who cannot use the drawing. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the twin below has a link for each part */}
      <section
        className="kb-picture-box"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide drawing must scroll by keyboard
        tabIndex={0}
        aria-label={props.label}
        onClick={(event) => {
          const part = (event.target as Element).closest<SVGElement>('[data-step],[data-lane],[data-post]')
          if (part) props.onPick?.(part)
        }}
      >
        <div />
      </section>
    </figure>
  )
}
