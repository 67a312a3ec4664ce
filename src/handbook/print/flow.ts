import type { Block, Document } from './block.ts'

type Heading = Extract<Block, { kind: 'heading' }>

/**
 * Settles where pages begin, the same for every format: headings that lead to a heading which begins a page begin it together with it,
 * and headings before landscape pages stand on them. A heading never stays behind alone.
 */
export function settled(doc: Document): Document {
  return { ...doc, blocks: settle(doc.blocks) }
}

function settle(blocks: readonly Block[]): Block[] {
  const done: Block[] = []
  for (const one of blocks) {
    // A chapter begins a page.
    const given = one.kind === 'heading' && one.level === 1 ? { ...one, page: true } : one
    const block =
      given.kind === 'turned' || given.kind === 'whole' ? { ...given, blocks: settle(given.blocks) } : given
    const leading: Heading[] = []
    if (block.kind === 'turned' || (block.kind === 'heading' && block.page))
      while (done.at(-1)?.kind === 'heading') leading.unshift(done.pop() as Heading)
    if (block.kind === 'turned') done.push({ ...block, blocks: onTop([...leading, ...block.blocks]) })
    else if (block.kind === 'heading' && leading.length > 0)
      done.push(...[...leading, block].map((one, at): Heading => beginning(one, at === 0)))
    else done.push(block)
  }
  return done
}

/** What stands first on landscape pages begins a page by itself. */
const onTop = (blocks: readonly Block[]): Block[] => {
  const after = blocks.findIndex((one) => one.kind !== 'heading')
  return blocks.map((one, at) => (one.kind === 'heading' && at < after ? beginning(one, false) : one))
}

const beginning = ({ page: _, ...one }: Heading, page: boolean): Heading => (page ? { ...one, page } : one)
