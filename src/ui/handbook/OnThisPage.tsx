import { Button, Dropdown } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLang } from '../theme/display.ts'
import { useT } from './texts.ts'

interface Place {
  readonly text: string
  readonly deep: boolean
  readonly element: HTMLElement
}

/** Brings a part of a page to the top of its pane; the page's own frame stays where it is. */
export function bringUp(place: HTMLElement): void {
  const pane = place.closest('.kb-pane')
  if (!pane) return
  const bar = pane.querySelector('.kb-read-bar')?.clientHeight ?? 0
  pane.scrollTo({
    top: pane.scrollTop + place.getBoundingClientRect().top - pane.getBoundingClientRect().top - bar - 12,
  })
}

/** The headings of the open page, and which of them is being read. `page` changes when another one is opened. */
export function usePlaces(page: string): { places: readonly Place[]; at: number } {
  const lang = useLang()
  const [places, setPlaces] = useState<readonly Place[]>([])
  const [at, setAt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the headings are read again when page or language change
  useEffect(() => {
    const found = [...document.querySelectorAll<HTMLElement>('.kb-article .kb-read-heading')].flatMap(
      (element): Place[] => {
        const head = element.querySelector('h2,h3')
        return head ? [{ text: head.textContent ?? '', deep: head.tagName === 'H3', element }] : []
      },
    )
    // A very long page is walked by its chief headings alone.
    setPlaces(found.length > 24 ? found.filter((one) => !one.deep) : found)
  }, [page, lang])
  useEffect(() => {
    const pane = places[0]?.element.closest('.kb-pane')
    if (!pane) return
    const read = () => {
      const edge = pane.getBoundingClientRect().top + 96
      const below = places.findIndex((one) => one.element.getBoundingClientRect().top > edge)
      setAt(Math.max(0, (below === -1 ? places.length : below) - 1))
    }
    read()
    pane.addEventListener('scroll', read, { passive: true })
    return () => pane.removeEventListener('scroll', read)
  }, [places])
  return { places, at }
}

interface Props {
  readonly places: readonly Place[]
  readonly at: number
}

const go = ({ element }: Place): void => {
  bringUp(element)
  if (element.tabIndex >= -1) element.focus({ preventScroll: true })
}

/** Beside a long page: its headings, the one being read marked. */
export function OnThisPage({ places, at }: Props) {
  const t = useT()
  return (
    <nav className="kb-onpage" aria-label={t('onPage')}>
      <h2>{t('onPage')}</h2>
      <ul>
        {places.map((place, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two headings may read the same
          <li key={index}>
            <button
              type="button"
              className={`${place.deep ? 'kb-onpage-deep' : ''} ${index === at ? 'kb-onpage-on' : ''}`}
              aria-current={index === at ? 'true' : undefined}
              onClick={() => go(place)}
            >
              {place.text}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** The same where there is no room beside the page. */
export function OnThisPageMenu({ places, at }: Props) {
  const t = useT()
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: places.map((place, index) => ({ key: String(index), label: place.text })),
        selectedKeys: [String(at)],
        onClick: ({ key }) => {
          const place = places[Number(key)]
          if (place) go(place)
        },
        style: { maxHeight: '60vh', overflow: 'auto', maxWidth: '86vw' },
      }}
    >
      <Button className="kb-onpage-button">
        <span>{places[at]?.text ?? t('onPage')}</span>
        <ChevronDown size={14} strokeWidth={1.6} aria-hidden />
      </Button>
    </Dropdown>
  )
}
