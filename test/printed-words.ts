import { type Block, type Document, flat, type Words } from '../src/handbook/print/block.ts'

const spoken = (words: Words | undefined): string[] =>
  words === undefined ? [] : typeof words === 'string' ? [words] : [words.zh, words.en]

function of(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return spoken(block.text)
    case 'text':
      return [...spoken(block.text), ...spoken(block.origin)]
    case 'list':
      return block.items.flatMap((item) => [...spoken(item.text), ...spoken(item.origin)])
    case 'facts':
      return block.rows.flat().flatMap(spoken)
    case 'table':
      return [...block.head, ...block.rows.flat()].flatMap(spoken)
    case 'band':
      return [...spoken(block.text), ...spoken(block.note)]
    case 'fields':
      return block.rows
        .flat()
        .flatMap((field) => [field.label, ...field.ticks, field.hint])
        .flatMap(spoken)
    case 'picture':
      return spoken(block.caption)
    case 'turned':
    case 'whole':
      return []
  }
}

/** Every word of a document, piece by piece, one line each. */
export const wordsOf = (doc: Document): string[] =>
  flat(doc.blocks)
    .flatMap(of)
    .flatMap((words) => words.split('\n'))
    .filter((words) => words.trim() !== '')
