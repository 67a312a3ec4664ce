import { type Block, type Document, type Field, flat, type Item, inLine, type Words } from './block.ts'

/** The same words once; else Chinese with English beside it. */
export function paired(zh: Words, en: Words): Words {
  const [one, other] = [plain(zh), plain(en)]
  return one === other ? one : { zh: one, en: other }
}
const plain = (words: Words): string => (typeof words === 'string' ? words : inLine(words))

const origin = (zh: Item, en: Item): { origin?: Words } =>
  zh.origin !== undefined && en.origin !== undefined ? { origin: paired(zh.origin, en.origin) } : {}

/** A heading in one line, its number once: `4.2 业务流程 Business workflows`. */
function headline(zh: Words, en: Words): Words {
  const [one, other] = [plain(zh), plain(en)]
  const code = /^[\w.-]+(?= )/.exec(one)?.[0]
  return code && other.startsWith(`${code} `) ? paired(one, other.slice(code.length + 1)) : paired(one, other)
}

/** Two blocks as one; `null` when they are not built alike. */
function pair(zh: Block, en: Block): Block[] | null {
  if (zh.kind === 'heading' && en.kind === 'heading')
    return zh.level === en.level ? [{ ...zh, text: headline(zh.text, en.text) }] : null
  if (zh.kind === 'text' && en.kind === 'text')
    return [{ ...zh, text: paired(zh.text, en.text), ...origin(zh, en) }]
  if (zh.kind === 'band' && en.kind === 'band')
    return [{ ...zh, text: paired(zh.text, en.text), note: paired(zh.note, en.note) }]
  if (zh.kind === 'list' && en.kind === 'list') {
    if (zh.items.length !== en.items.length) return null
    const items = zh.items.map((item, at): Item => {
      const other = en.items[at] as Item
      return { text: paired(item.text, other.text), ...origin(item, other) }
    })
    return [{ ...zh, items }]
  }
  if (zh.kind === 'facts' && en.kind === 'facts') {
    if (zh.rows.length !== en.rows.length) return null
    const rows = zh.rows.map(([label, words], at) => {
      const other = en.rows[at] as readonly [Words, Words]
      return [paired(label, other[0]), paired(words, other[1])] as const
    })
    return [{ ...zh, rows }]
  }
  if (zh.kind === 'table' && en.kind === 'table') {
    if (zh.head.length !== en.head.length || zh.rows.length !== en.rows.length) return null
    const row = (cells: readonly Words[], others: readonly Words[] = []) =>
      cells.map((cell, at) => paired(cell, others[at] ?? ''))
    return [
      {
        ...zh,
        head: row(zh.head, en.head),
        rows: zh.rows.map((cells, at) => row(cells, en.rows[at])),
        widths: zh.widths.map((width, at) => Math.max(width, en.widths[at] ?? 0)),
      },
    ]
  }
  if (zh.kind === 'fields' && en.kind === 'fields') {
    const [mine, others] = [zh.rows.flat(), en.rows.flat()]
    if (mine.length !== others.length) return null
    const fields = mine.map((field, at): Field => {
      const other = others[at] as Field
      return {
        label: paired(field.label, other.label),
        hint: paired(field.hint, other.hint),
        ticks: field.ticks.map((tick, index) => paired(tick, other.ticks[index] ?? '')),
        lines: Math.max(field.lines, other.lines),
        whole: field.whole || other.whole || field.ticks.length > 2,
      }
    })
    return [{ kind: 'fields', rows: inPairs(fields) }]
  }
  if (zh.kind === 'picture' && en.kind === 'picture') return [zh, en]
  if ((zh.kind === 'turned' || zh.kind === 'whole') && en.kind === zh.kind)
    return [{ kind: zh.kind, blocks: interleaved(zh.blocks, en.blocks) }]
  return null
}

/** Fields side by side, two to a row; those that need the width stand alone. */
export function inPairs(fields: readonly Field[]): Field[][] {
  const rows: Field[][] = []
  let open = false
  for (const field of fields) {
    if (open && !field.whole) {
      rows.at(-1)?.push(field)
      open = false
    } else {
      rows.push([field])
      open = !field.whole
    }
  }
  return rows
}

/**
 * Both languages of the same text: what is built alike is told side by side, piece by piece; where a text is not (a policy's paragraphs),
 * Chinese comes first and English after it, heading by heading.
 */
export function interleaved(zh: readonly Block[], en: readonly Block[]): Block[] {
  const apart = zh.flatMap((block, at) => {
    const other = en[at]
    return [other ? pair(block, other) : null]
  })
  if (zh.length === en.length && apart.every((one) => one !== null)) return apart.flat()
  const [mine, others] = [byHeading(zh), byHeading(en)]
  if (mine.length !== others.length || mine.length < 2) return [...zh, ...en]
  return mine.flatMap((part, at) => {
    const other = others[at] as Block[]
    const [first, second] = [part[0], other[0]]
    const title = first?.kind === 'heading' && second?.kind === 'heading' ? pair(first, second) : null
    return title ? [...title, ...interleaved(part.slice(1), other.slice(1))] : [...part, ...other]
  })
}

function byHeading(blocks: readonly Block[]): Block[][] {
  const parts: Block[][] = [[]]
  for (const block of blocks) {
    if (block.kind === 'heading') parts.push([])
    parts.at(-1)?.push(block)
  }
  return parts
}

/** A Chinese document and its English twin as one. */
export function asBoth(zh: Document, en: Document): Document {
  return {
    title: headline(zh.title, en.title),
    subtitle: paired(zh.subtitle, en.subtitle),
    control: zh.control.map(([label, words], at) => [
      paired(label, en.control[at]?.[0] ?? ''),
      paired(words, en.control[at]?.[1] ?? ''),
    ]),
    foot: `${zh.foot} · ${inLine(en.title)}`,
    contents: zh.contents === null ? null : paired(zh.contents, en.contents ?? ''),
    blocks: interleaved(zh.blocks, en.blocks),
  }
}
export const headings = (doc: Document) => flat(doc.blocks).filter((one) => one.kind === 'heading')
