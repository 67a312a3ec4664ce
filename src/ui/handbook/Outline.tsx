import { Checkbox, Input } from 'antd'
import { ChevronRight, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { OutlineNode } from '../../handbook/outline.ts'
import { clear } from '../components/clear.tsx'
import { Empty } from '../components/Empty.tsx'
import { Go } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import { concerning, isFor, outlineFor } from './concern.ts'
import { useBook, useHref } from './context.ts'
import { useMyPosts, useOnlyMine } from './mine.ts'
import { findIn } from './search.ts'
import { useT } from './texts.ts'

const most = 60

/** Contents of the handbook, or what was found in it. `current` is the reference that is open. */
export function Outline({ current, onGo }: { current: string | null; onGo?: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
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
        data-filter
        prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
        placeholder={t('find')}
        aria-label={t('find')}
        value={typed}
        maxLength={60}
        onChange={(event) => setTyped(event.target.value)}
        className="kb-outline-find"
        onKeyDown={(event) => {
          if (event.key === 'Escape' && typed !== '') {
            event.preventDefault()
            setTyped('')
          }
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
          const first = document.querySelector<HTMLElement>('.kb-outline-found a')
          if (event.key === 'Enter') first?.click()
          else first?.focus()
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
      {wanted.trim() === '' ? (
        <Tree current={current} mine={mine} onGo={onGo} />
      ) : (
        <Found words={wanted} mine={mine} onGo={onGo} />
      )}
    </div>
  )
}

/** What a hit is, by the beginning of its reference. */
type Is = 'ch' | 'wf' | 'post' | 'fn' | 'kpi' | 'policy' | 'form' | 'norm'

function Found(props: { words: string; mine: ReadonlySet<string> | null; onGo: (() => void) | undefined }) {
  const { words, mine, onGo } = props
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const hits = useMemo(() => {
    const all = findIn(edition, words, mine ? Number.POSITIVE_INFINITY : most)
    return mine ? all.filter((hit) => isFor(hit.ref, mine)).slice(0, most) : all
  }, [edition, words, mine])
  if (hits.length === 0)
    return <Empty title={t('nothingFound', { q: words.trim() })} hint={t('nothingFoundHint')} />
  return (
    <>
      <p className="kb-note kb-outline-count" role="status">
        {hits.length < most ? t('found', { n: hits.length }) : t('foundMany', { n: most })}
      </p>
      <ul className="kb-outline-found">
        {hits.map((hit) => (
          <li key={`${hit.ref} ${hit.title.zh}`}>
            <Go href={href(hit.ref)} data-row onClick={onGo}>
              <span>
                {hit.code ? <span className="kb-ref-code">{hit.code} </span> : null}
                {text(hit.title)}
              </span>
              <small>{t(`is.${hit.is ?? (hit.ref.split(':')[0] as Is)}`)}</small>
              {hit.answer ? <span className="kb-outline-answer">{text(hit.answer)}</span> : null}
              {hit.line ? <small>{around(text(hit.line), hit.word)}</small> : null}
            </Go>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The part of a long sentence that holds the word. */
function around(line: string, word: string): string {
  const at = line.toLowerCase().indexOf(word)
  const from = Math.max(0, at - 14)
  return `${from > 0 ? '…' : ''}${line.slice(from, from + 60)}${line.length > from + 60 ? '…' : ''}`
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
