import { Input } from 'antd'
import { ChevronRight, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { OutlineNode } from '../../handbook/outline.ts'
import { Empty } from '../components/Empty.tsx'
import { Go } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import { useBook, useHref } from './context.ts'
import { findIn } from './search.ts'
import { useT } from './texts.ts'

/** Contents of the handbook, or what was found in it. `current` is the reference that is open. */
export function Outline({ current, onGo }: { current: string | null; onGo?: () => void }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed)
  return (
    <div className="kb-outline">
      <Input
        allowClear
        data-filter
        prefix={<Search size={15} strokeWidth={1.6} aria-hidden />}
        placeholder={t('find')}
        aria-label={t('find')}
        value={typed}
        maxLength={60}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setTyped('')
        }}
      />
      {wanted.trim() === '' ? <Tree current={current} onGo={onGo} /> : <Found words={wanted} onGo={onGo} />}
    </div>
  )
}

function Found({ words, onGo }: { words: string; onGo: (() => void) | undefined }) {
  const t = useT()
  const text = useText()
  const href = useHref()
  const { edition } = useBook()
  const hits = useMemo(() => findIn(edition, words), [edition, words])
  if (hits.length === 0)
    return <Empty title={t('nothingFound', { q: words.trim() })} hint={t('nothingFoundHint')} />
  return (
    <>
      <p className="kb-note kb-outline-count" role="status">
        {t('found', { n: hits.length })}
      </p>
      <ul className="kb-outline-found">
        {hits.map((hit) => (
          <li key={hit.ref + hit.title.zh}>
            <Go href={href(hit.ref)} data-row onClick={onGo}>
              <span>
                {hit.code ? <span className="kb-ref-code">{hit.code} </span> : null}
                {text(hit.title)}
              </span>
              {hit.line ? <small>{around(text(hit.line), words)}</small> : null}
            </Go>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The part of a long sentence that holds the word. */
function around(line: string, words: string): string {
  const at = line.toLowerCase().indexOf(words.trim().toLowerCase())
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

function Tree({ current, onGo }: { current: string | null; onGo: (() => void) | undefined }) {
  const t = useT()
  const { outline } = useBook()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const path = pathTo(outline, current)
    if (path.length > 0) setOpen((before) => new Set([...before, ...path.map((node) => node.ref)]))
  }, [outline, current])
  useEffect(() => {
    if (current) box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const toggle = (ref: string) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(ref)) after.add(ref)
      return after
    })
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
