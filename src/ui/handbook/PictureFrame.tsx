import { Button, Popover } from 'antd'
import { Maximize2, Minimize2, Minus, MoveHorizontal, Plus } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { registerTexts } from '../i18n/texts.ts'
import { nameParts, nextPart, partAt, partsOf } from './pictureParts.ts'
import { fitNames, sizeOf, useGestures, useRoom, zoomSteps } from './pictureZoom.ts'

const useT = registerTexts({
  zh: {
    zoomIn: '放大',
    zoomOut: '缩小',
    zoomFit: '适合宽度',
    zoomWhole: '看全图',
    full: '全屏看图',
    leaveFull: '退出全屏（Esc）',
  },
  en: {
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomFit: 'Fit the width',
    zoomWhole: 'Show all of it',
    full: 'Full screen',
    leaveFull: 'Leave full screen (Esc)',
  },
})

export interface Drawing {
  readonly svg: string
  readonly label: string
  /** Told which part of the drawing was pressed or entered. */
  readonly onPick?: (part: SVGElement) => void
  /** A card that opens at the part instead; `null` leaves the part to `onPick`. */
  readonly card?: (part: SVGElement, close: () => void) => ReactNode
  /** As large as drawn, which scrolls, or the whole of it in sight where it stays readable. */
  readonly opens?: 'drawn' | 'whole'
}

/** Words of a drawing are never opened smaller than this, be the frame ever so narrow. */
const readable = 0.8

/** No more of a frame than this is given to the names of lanes, be the drawing ever so large. */
const forNames = 0.36

/** The tools of a drawing and its scrolling frame: it zooms by button, wheel and fingers, and its steps are walked by key. */
export function PictureFrame(props: Drawing & { full?: boolean; onFull: () => void }) {
  const t = useT()
  const { svg, label, onPick, card, opens = 'drawn', full = false, onFull } = props
  const box = useRef<HTMLElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const lanes = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState<number | null>(null)
  const [picked, setPicked] = useState<SVGGraphicsElement | null>(null)
  const pressed = Boolean(onPick || card)
  const room = useRoom(box)
  const size = sizeOf(svg)
  const wide = room.width > 0 && size.width > 0 ? room.width / size.width : 1
  const whole = Math.min(wide, room.height > 0 && size.height > 0 ? room.height / size.height : 1)
  const fit = full ? Math.min(1.6, whole) : Math.min(1, wide)
  const opened = full ? fit : opens === 'whole' ? Math.max(readable, fit) : 1
  const scale = zoom ?? opened
  // What is cut off the column of names so that steps keep their room beside it.
  const cut = room.width > 0 ? Math.max(0, size.header * scale - room.width * forNames) : 0
  const shown = useRef<{ svg: string; scale: number; cut: number; byHand: boolean } | null>(null)
  const anchor = useRef<{ x: number; y: number } | null>(null)
  const zoomTo = (next: number, at: { x: number; y: number } | null = null) => {
    anchor.current = at
    setZoom(next)
  }
  useGestures(box, scale, Math.min(1, fit), zoomTo)

  // The markup is put into the page by hand, so it must be put there again when it changes.
  useLayoutEffect(() => {
    const drawn =
      svg === ''
        ? null
        : document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true)
    setPicked(null)
    sheet.current?.replaceChildren(...(drawn ? [drawn] : []))
    lanes.current?.replaceChildren()
    if (!(drawn instanceof SVGSVGElement)) return
    const names = drawn.querySelector('[data-lanes]')
    if (names) {
      // A second drawing with the lanes' names alone, which stays where it is while the first one scrolls.
      const column = drawn.cloneNode(false) as SVGSVGElement
      column.removeAttribute('aria-label')
      column.append(names.cloneNode(true))
      lanes.current?.replaceChildren(column)
    }
    if (pressed) nameParts(drawn)
  }, [svg, pressed])

  useLayoutEffect(() => {
    const frame = box.current
    const drawn = sheet.current?.querySelector('svg')
    if (!frame || !drawn) return
    drawn.style.width = `${size.width * scale}px`
    drawn.style.height = `${size.height * scale}px`
    drawn.style.marginLeft = `${-cut}px`
    const header = size.header * scale - cut
    const column = lanes.current?.querySelector('svg')
    if (column) {
      column.setAttribute('viewBox', `0 0 ${header / scale + 1} ${size.height}`)
      column.style.width = `${header + scale}px`
      column.style.height = `${size.height * scale}px`
      fitNames(column, header / (size.header * scale), cut / scale)
    }
    frame.style.scrollPaddingLeft = `${header + 12}px`
    const before = shown.current
    shown.current = { svg, scale, cut, byHand: zoom !== null }
    if (before?.svg === svg && (zoom !== null || before.byHand)) {
      // What stood under the fingers, the pointer or in the middle stays there.
      const at = anchor.current ?? { x: frame.clientWidth / 2, y: frame.clientHeight / 2 }
      const by = scale / before.scale
      frame.scrollLeft = (frame.scrollLeft + before.cut + at.x) * by - at.x - cut
      frame.scrollTop = (frame.scrollTop + at.y) * by - at.y
      return
    }
    // A drawing opens on the framed step, else on its own department; the page itself stays where it is.
    const marks = [...drawn.querySelectorAll('[data-mark="now"],[data-mark="late"]')]
    const home = (marks.length > 0 ? marks : [...drawn.querySelectorAll('[data-home]')]).map((one) =>
      one.getBoundingClientRect(),
    )
    const at = frame.getBoundingClientRect()
    if (home.length === 0) {
      // Lanes that hold nothing yet stand above: it opens on the first step, not on them.
      const parts = [...drawn.querySelectorAll('[data-node]')].map((one) => one.getBoundingClientRect())
      const start = parts.reduce<DOMRect | null>(
        (most, one) => (!most || one.left < most.left ? one : most),
        null,
      )
      if (start && start.bottom > at.bottom)
        frame.scrollTop += (start.top + start.bottom) / 2 - at.top - at.height / 2
      return
    }
    const [left, right] = [
      Math.min(...home.map((one) => one.left)),
      Math.max(...home.map((one) => one.right)),
    ]
    const [top, bottom] = [
      Math.min(...home.map((one) => one.top)),
      Math.max(...home.map((one) => one.bottom)),
    ]
    frame.scrollLeft += (left + right) / 2 - at.left - (at.width + header) / 2
    frame.scrollTop += (top + bottom) / 2 - at.top - at.height / 2
  }, [svg, scale, zoom, cut, size.width, size.height, size.header])

  const close = () => {
    setPicked(null)
    picked?.focus({ preventScroll: true })
  }
  const pick = (part: SVGGraphicsElement) => {
    if (card?.(part, close)) setPicked(part)
    else onPick?.(part)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const part = partAt(event.target as Element)
    if (!part || event.metaKey || event.ctrlKey || event.altKey) return
    if (event.key === 'Enter' || event.key === ' ') pick(part)
    else {
      const next = nextPart(part, event.key)
      if (!next) return
      next.focus({ preventScroll: true })
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const by = (direction: 1 | -1) => {
    const next =
      direction === 1
        ? zoomSteps.find((one) => one > scale + 0.01)
        : zoomSteps.findLast((one) => one < scale - 0.01)
    if (next) zoomTo(next)
  }
  const tools = [
    { name: t('zoomOut'), icon: <Minus size={15} aria-hidden />, act: () => by(-1) },
    { name: t('zoomIn'), icon: <Plus size={15} aria-hidden />, act: () => by(1) },
    {
      name: full ? t('zoomWhole') : t('zoomFit'),
      icon: <MoveHorizontal size={15} aria-hidden />,
      act: () => zoomTo(fit),
    },
    {
      name: full ? t('leaveFull') : t('full'),
      icon: full ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />,
      act: onFull,
    },
  ]
  return (
    <>
      <div className="kb-picture-tools">
        <span className="kb-note kb-grow">{label}</span>
        {tools.map((one) => (
          <Button
            key={one.name}
            type="text"
            size="small"
            icon={one.icon}
            aria-label={one.name}
            title={one.name}
            onClick={one.act}
          />
        ))}
      </div>
      <section
        className="kb-picture-box"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide drawing must scroll by keyboard
        tabIndex={0}
        aria-label={label}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const part = partAt(event.target)
          if (part) for (const one of partsOf(part)) one.setAttribute('tabindex', one === part ? '0' : '-1')
        }}
        onClick={(event) => {
          const part = (event.target as Element).closest<SVGGraphicsElement>(
            '[data-step],[data-lane],[data-post]',
          )
          if (part) pick(part)
        }}
      >
        <div className="kb-picture-sheet">
          <div className="kb-picture-lanes" ref={lanes} aria-hidden />
          <div ref={sheet} />
          {picked && card ? (
            <CardAt part={picked} scale={scale} cut={cut} card={card} onClose={close} />
          ) : null}
        </div>
      </section>
    </>
  )
}

/** The card of a part, beside it; it takes the focus and gives it back. */
function CardAt(props: {
  part: SVGGraphicsElement
  scale: number
  cut: number
  card: NonNullable<Drawing['card']>
  onClose: () => void
}) {
  const { part, scale, cut, card, onClose } = props
  const inside = useRef<HTMLDivElement>(null)
  const { x, y, width, height } = part.getBBox()
  const closing = useRef(onClose)
  closing.current = onClose
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (!inside.current?.contains(event.target as Node)) closing.current()
    }
    document.addEventListener('pointerdown', away, true)
    return () => document.removeEventListener('pointerdown', away, true)
  }, [])
  return (
    <Popover
      open
      placement="bottom"
      trigger={[]}
      // On the full screen the card stands inside the dialog, which keeps the focus to itself.
      getPopupContainer={(at) => at.closest<HTMLElement>('.ant-modal') ?? document.body}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      content={
        <Focused box={inside} label={part.getAttribute('aria-label') ?? ''} onEscape={onClose}>
          {card(part, onClose)}
        </Focused>
      }
    >
      <span
        key={`${x} ${y}`}
        className="kb-picture-at"
        style={{ left: x * scale - cut, top: y * scale, width: width * scale, height: height * scale }}
      />
    </Popover>
  )
}

function Focused(props: {
  box: React.RefObject<HTMLDivElement | null>
  label: string
  onEscape: () => void
  children: ReactNode
}) {
  const { box, label, onEscape, children } = props
  useEffect(() => box.current?.focus({ preventScroll: true }), [box])
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      className="kb-picture-card"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The full screen behind it stays.
        event.stopPropagation()
        event.nativeEvent.stopImmediatePropagation()
        onEscape()
      }}
    >
      {children}
    </div>
  )
}
