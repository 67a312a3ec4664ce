import { Checkbox, Input } from 'antd'
import { ChevronRight, Search } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { OutlineNode } from '../../handbook/outline.ts'
import { concerning, outlineFor } from '../../handbook/words/concern.ts'
import type { FoundList } from '../../kernel/search/wire.ts'
import { clear } from '../components/clear.tsx'
import { Empty } from '../components/Empty.tsx'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { Go } from '../components/Go.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useText } from '../i18n/texts.ts'
import { useGet, useLate } from '../query.ts'
import { useBook, useHref } from './context.ts'
import { useMyPosts, useOnlyMine } from './mine.ts'
import { useT } from './texts.ts'

const most = 60

/** Contents of the handbook, or what was found in it. `current` is the reference that is open. */
export function Outline({ current, onGo }: { current: string | null; onGo?: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  // Enter opens the best place for what is typed, also when the answer is still under way.
  const [entered, setEntered] = useState(false)
  const { edition } = useBook()
  const posts = useMyPosts()
  const [onlyMine, setOnlyMine] = useOnlyMine()
  const mine = useMemo(
    () => (onlyMine && posts.length > 0 ? concerning(edition, posts) : null),
    [edition, posts, onlyMine],
  )
  return (
    <div className="kb-outline">
      <Input
        allowClear={clear}
        data-find
        prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
        placeholder={t('find')}
        aria-label={t('find')}
        value={typed}
        maxLength={60}
        onChange={(event) => {
          setTyped(event.target.value)
          setEntered(false)
        }}
        className="kb-outline-find"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            event.preventDefault()
            setTyped('')
          }
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') setEntered(true)
          else document.querySelector<HTMLElement>('.kb-outline-found a')?.focus()
          event.preventDefault()
        }}
      />
      {posts.length > 0 ? (
        <Checkbox
          checked={onlyMine}
          onChange={(event) => setOnlyMine(event.target.checked)}
          className="kb-outline-mine"
        >
          {t('onlyMine')}
        </Checkbox>
      ) : null}
      {typed.trim() === '' ? (
        <Tree current={current} mine={mine} onGo={onGo} />
      ) : (
        <Found
          words={typed}
          mine={mine !== null}
          entered={entered}
          onEntered={() => setEntered(false)}
          onGo={onGo}
        />
      )}
    </div>
  )
}

/** What the program's one search finds in the edition that is open; while it looks, what was found before stays. */
function Found(props: {
  words: string
  mine: boolean
  /** The best place is to be opened as soon as it is known. */
  entered: boolean
  onEntered: () => void
  onGo: (() => void) | undefined
}) {
  const { words, mine, entered, onEntered, onGo } = props
  const list = useRef<HTMLUListElement>(null)
  const t = useT()
  const { chosen } = useBook()
  const q = useLate(words.trim(), 150)
  const found = useGet<FoundList>(
    '/search',
    { q, in: 'handbook', edition: chosen ?? 'effective', ...(mine ? { mine: '1' } : {}) },
    { keep: true },
  )
  const fresh = q === words.trim() && found.data !== undefined && !found.isPlaceholderData
  useEffect(() => {
    if (!entered || !fresh) return
    onEntered()
    list.current?.querySelector('a')?.click()
  }, [entered, fresh, onEntered])
  if (found.error) return <ErrorBox error={found.error} onAgain={() => void found.refetch()} />
  if (!found.data) return <Waiting rows={6} />
  const hits = found.data.items
  if (hits.length === 0)
    return <Empty title={t('nothingFound', { q: words.trim() })} hint={t('nothingFoundHint')} />
  return (
    <>
      <p className="kb-note kb-outline-count" role="status">
        {hits.length < most ? t('found', { n: hits.length }) : t('foundMany', { n: most })}
      </p>
      <ul className="kb-outline-found" ref={list} aria-busy={!fresh}>
        {hits.map((hit) => (
          <li key={`${hit.id} ${hit.title}`}>
            <Go href={hit.href} data-row onClick={onGo}>
              <span>
                {hit.code ? <span className="kb-ref-code">{hit.code} </span> : null}
                {hit.title}
              </span>
              <small>{hit.is}</small>
              {hit.sub ? <span className="kb-outline-answer">{hit.sub}</span> : null}
              {hit.line ? <small>{hit.line}</small> : null}
            </Go>
          </li>
        ))}
      </ul>
    </>
  )
}

/** References from the root to the one that is open. */
export function pathTo(nodes: readonly OutlineNode[], ref: string | null): OutlineNode[] {
  for (const node of nodes) {
    if (node.ref === ref) return [node]
    const below = pathTo(node.children, ref)
    if (below.length > 0) return [node, ...below]
  }
  return []
}

function Tree(props: {
  current: string | null
  mine: ReadonlySet<string> | null
  onGo: (() => void) | undefined
}) {
  const { current, mine, onGo } = props
  const t = useT()
  const { outline: whole } = useBook()
  const outline = useMemo(() => (mine ? outlineFor(whole, mine) : whole), [whole, mine])
  // What the reader folded by hand stays so; the way to the open page is shown and folds again when one leaves it.
  const [byHand, setByHand] = useState<ReadonlyMap<string, boolean>>(new Map())
  const box = useRef<HTMLElement>(null)
  const open = useMemo(() => {
    const shown = new Set(pathTo(outline, current).map((node) => node.ref))
    for (const [ref, isOpen] of byHand) isOpen ? shown.add(ref) : shown.delete(ref)
    return shown
  }, [outline, current, byHand])
  useEffect(() => {
    if (current) box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const toggle = (ref: string) => setByHand((before) => new Map(before).set(ref, !open.has(ref)))
  return (
    <nav aria-label={t('contents')} ref={box}>
      <Branch nodes={outline} {...{ open, toggle, current, onGo }} />
    </nav>
  )
}

interface BranchProps {
  readonly nodes: readonly OutlineNode[]
  readonly open: ReadonlySet<string>
  readonly toggle: (ref: string) => void
  readonly current: string | null
  readonly onGo: (() => void) | undefined
}

function Branch(props: BranchProps) {
  const text = useText()
  const href = useHref()
  const { open, toggle, current } = props
  return (
    <ul>
      {props.nodes.map((node) => {
        const isOpen = open.has(node.ref)
        const on = node.ref === current
        return (
          <li key={node.ref}>
            <span className={on ? 'kb-outline-line kb-outline-on' : 'kb-outline-line'}>
              {node.children.length > 0 ? (
                <button
                  type="button"
                  className="kb-outline-fold"
                  aria-expanded={isOpen}
                  aria-label={text(node.title)}
                  onClick={() => toggle(node.ref)}
                >
                  <ChevronRight size={14} strokeWidth={1.6} aria-hidden />
                </button>
              ) : (
                <span className="kb-outline-fold" aria-hidden />
              )}
              <Go
                href={href(node.ref)}
                className="kb-outline-link"
                aria-current={on ? 'page' : undefined}
                data-row
                onClick={props.onGo}
                onKeyDown={(event) => {
                  const wants = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : null
                  if (wants === null || node.children.length === 0 || wants === isOpen) return
                  event.preventDefault()
                  toggle(node.ref)
                }}
              >
                {node.number ? <span className="kb-outline-number">{node.number}</span> : null}
                <span>{text(node.title)}</span>
              </Go>
            </span>
            {isOpen && node.children.length > 0 ? <Branch {...props} nodes={node.children} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
