/** Steps and posts of a drawing that can be pressed; lanes are reached by the table beside it. */
const pressable = '[data-step],[data-post]'

const fullWidth = /[\u2e80-\uffef]$/

/** Makes every step of a drawing a button with a name, of which one is reached by Tab and the others by arrow keys. */
export function nameParts(drawn: SVGSVGElement): void {
  // An image has no parts for those who are read to.
  drawn.setAttribute('role', 'group')
  const parts = [...drawn.querySelectorAll<SVGGraphicsElement>(pressable)]
  const first = parts.find((one) => one.dataset.mark === 'now') ?? inOrder(parts)[0]
  for (const part of parts) {
    part.setAttribute('role', 'button')
    part.setAttribute('aria-label', wordsOf(part))
    part.setAttribute('tabindex', part === first ? '0' : '-1')
  }
}

/** What is written on a part, its broken lines as one; Latin lines are kept apart in the markup, too, as they are read. */
function wordsOf(part: Element): string {
  let all = ''
  for (const line of part.querySelectorAll('text')) {
    const words = line.textContent ?? ''
    if (all !== '' && !(fullWidth.test(all) && fullWidth.test(words.charAt(0)))) {
      line.before(' ')
      all += ' '
    }
    all += words
  }
  return all
}

/** The part that an event happened on. */
export const partAt = (target: Element): SVGGraphicsElement | null =>
  target.closest<SVGGraphicsElement>('[role="button"]:is([data-step],[data-post])')

/** All parts of the drawing that a part belongs to. */
export const partsOf = (part: SVGGraphicsElement): SVGGraphicsElement[] => [
  ...(part.ownerSVGElement?.querySelectorAll<SVGGraphicsElement>(pressable) ?? []),
]

const middle = (part: Element) => {
  const { left, top, width, height } = part.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** Steps as the workflow draws them, one after the other; posts from the top. */
const inOrder = (parts: readonly SVGGraphicsElement[]): SVGGraphicsElement[] =>
  parts
    .map((part) => ({ part, ...middle(part) }))
    .sort((a, b) => (a.part.dataset.step ? 0 : a.y - b.y || a.x - b.x))
    .map((one) => one.part)

/** Where a key leads: left and right to every step in turn, up and down to the nearest one there, Home and End to the ends. */
export function nextPart(part: SVGGraphicsElement, key: string): SVGGraphicsElement | undefined {
  const parts = inOrder(partsOf(part))
  const at = parts.indexOf(part)
  switch (key) {
    case 'ArrowRight':
      return parts[at + 1]
    case 'ArrowLeft':
      return parts[at - 1]
    case 'Home':
      return parts[0]
    case 'End':
      return parts.at(-1)
    case 'ArrowDown':
    case 'ArrowUp': {
      const here = middle(part)
      const down = key === 'ArrowDown' ? 1 : -1
      const far = (one: SVGGraphicsElement) => {
        const { x, y } = middle(one)
        return (y - here.y) * down + 2 * Math.abs(x - here.x)
      }
      return parts.filter((one) => (middle(one).y - here.y) * down > 4).sort((a, b) => far(a) - far(b))[0]
    }
    default:
      return undefined
  }
}
