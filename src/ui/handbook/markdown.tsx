import MarkdownIt, { type Token } from 'markdown-it'
import { Fragment, type ReactNode } from 'react'
import type { Tag } from '../../handbook/model.ts'
import { LinkedLine } from './Linked.tsx'
import { Heading, SourceTag } from './marks.tsx'

/** A paragraph may begin with where it comes from: `{law} ...`. */
const origin = /^\{(seed|reading|practice|default|law)\}\s*/

const parser = new MarkdownIt({ html: false, linkify: false })

interface Node {
  readonly token: Token
  readonly children: Node[]
}

/** The flat list of tokens as a tree: an `open` holds all up to its `close`. */
function tree(tokens: readonly Token[]): Node[] {
  const root: Node[] = []
  const open: Node[][] = [root]
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop()
      continue
    }
    const node: Node = { token, children: token.children ? tree(token.children) : [] }
    open.at(-1)?.push(node)
    if (token.nesting === 1) open.push(node.children)
  }
  return root
}

/** The origin a paragraph begins with, `null` when it names none. */
function originOf(children: readonly Node[]): Tag | null {
  const first = children[0]?.token.type === 'inline' ? children[0].token.content : ''
  return (origin.exec(first)?.[1] as Tag | undefined) ?? null
}

/** Chapter headings of a policy in order, for its permanent links. */
export const chaptersOf = (source: string): string[] =>
  tree(parser.parse(source, {}))
    .filter((node) => node.token.type === 'heading_open' && node.token.tag === 'h2')
    .map((node) => node.children.map((child) => child.token.content).join(''))

/** Markdown of the handbook as elements of the page: no markup of the source reaches the page, and codes are links. */
export function Markdown({ source, refOf }: { source: string; refOf: (chapter: number) => string }) {
  let chapter = 0
  const draw = (nodes: readonly Node[]): ReactNode =>
    nodes.map((node, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: one unchanging text
      <Fragment key={index}>{one(node)}</Fragment>
    ))
  const one = ({ token, children }: Node): ReactNode => {
    switch (token.type) {
      case 'heading_open':
        if (token.tag === 'h2') {
          chapter += 1
          return <Heading anchor={refOf(chapter)}>{draw(children)}</Heading>
        }
        return <h3 className="kb-read-sub">{draw(children)}</h3>
      case 'paragraph_open': {
        if (token.hidden) return draw(children)
        const tag = originOf(children)
        return (
          <p>
            {draw(children)}
            {tag ? (
              <>
                {' '}
                <SourceTag tag={tag} />
              </>
            ) : null}
          </p>
        )
      }
      case 'bullet_list_open':
        return <ul className="kb-read-list">{draw(children)}</ul>
      case 'ordered_list_open':
        return <ol className="kb-read-list">{draw(children)}</ol>
      case 'list_item_open':
        return <li>{draw(children)}</li>
      case 'blockquote_open':
        return <blockquote>{draw(children)}</blockquote>
      case 'table_open':
        return (
          <div className="kb-read-tablebox">
            <table className="kb-read-table">{draw(children)}</table>
          </div>
        )
      case 'thead_open':
        return <thead>{draw(children)}</thead>
      case 'tbody_open':
        return <tbody>{draw(children)}</tbody>
      case 'tr_open':
        return <tr>{draw(children)}</tr>
      case 'th_open':
        return <th>{draw(children)}</th>
      case 'td_open':
        return <td>{draw(children)}</td>
      case 'strong_open':
        return <strong>{draw(children)}</strong>
      case 'em_open':
        return <em>{draw(children)}</em>
      case 'hr':
        return <hr />
      case 'softbreak':
      case 'hardbreak':
        return <br />
      case 'inline':
      case 'link_open':
        return draw(children)
      default:
        return <LinkedLine line={token.content.replace(origin, '')} />
    }
  }
  return <div className="kb-prose">{draw(tree(parser.parse(source, {})))}</div>
}
