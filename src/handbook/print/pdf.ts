import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeCompiler, type NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import { type Block, type Document, type Field, inLine, type Tongue, type Words } from './block.ts'
import { settled } from './flow.ts'
import { fontFiles } from './fonts.ts'
import { largest } from './lanes.ts'
import { literal, pieces, room, style } from './typst-style.ts'

const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => `#${literal(line)}`)
    .join('#linebreak()')

/** Words with their origin behind them; English below the Chinese. */
function content(words: Words, origin?: Words): string {
  const tag = (lang: 'zh' | 'en') => {
    const word = typeof origin === 'object' ? origin[lang] : origin
    return word ? `#origin[#${literal(word)}]` : ''
  }
  if (typeof words === 'string') return `[${lines(words)}${tag('zh')}]`
  return `[#zh[${lines(words.zh)}${tag('zh')}]#linebreak()#en[${lines(words.en)}${tag('en')}]]`
}
const inline = (words: Words): string =>
  typeof words === 'string' ? `[#${literal(words)}]` : `[#zh(${literal(words.zh)}) #en(${literal(words.en)})]`
const all = (cells: readonly Words[]): string => cells.map((cell) => content(cell)).join(', ')

interface Setting {
  readonly page: { readonly width: number; readonly height: number }
  readonly picture: (svg: string) => string
}

function pictureSource(block: Extract<Block, { kind: 'picture' }>, { page, picture }: Setting): string {
  const scale = Math.min(
    largest,
    ...block.parts.flatMap((part) => [page.width / part.width, page.height / part.height]),
  )
  return block.parts
    .map((part, at) => {
      const caption =
        block.parts.length > 1
          ? `${inLine(block.caption)} (${at + 1}/${block.parts.length})`
          : inLine(block.caption)
      return `#text(lang: "${block.lang}")[#drawing(${literal(picture(part.svg))}, ${(part.width * scale).toFixed(1)}pt, ${literal(caption)}, ${literal(caption)})]`
    })
    .join('\n')
}

function fieldSource(field: Field, last: boolean): string {
  const ticks = field.ticks.map(inline).join(', ')
  const wide = field.whole || last
  return `label(${content(field.label)}), answer(${field.lines * 8}mm - 6pt, ${wide}, (${ticks}${ticks ? ',' : ''}), ${inline(field.hint)})`
}

/** Blocks after one another, each knowing its neighbours: a form's band joins what it heads, facts stay with their picture. */
const blocksSource = (blocks: readonly Block[], setting: Setting): string =>
  blocks.map((block, at) => blockSource(block, setting, blocks[at - 1], blocks[at + 1])).join('\n')

function blockSource(block: Block, setting: Setting, before?: Block, after?: Block): string {
  const joined = before?.kind === 'band' ? ', joined: true' : ''
  switch (block.kind) {
    case 'heading': {
      const line = `#heading(level: ${block.level})${inline(block.text)}`
      return block.page ? `#pagebreak(weak: true)\n${line}` : line
    }
    case 'text': {
      const words = content(block.text, block.origin)
      if (block.quiet && (after?.kind === 'table' || after?.kind === 'fields')) return `#lead${words}`
      if (after?.kind === 'list') return `#ahead${words}`
      return block.quiet ? `#quiet${words}` : `#par${words}`
    }
    case 'list':
      return block.items.length > 0
        ? `#points(${block.items.map((item) => content(item.text, item.origin)).join(', ')})`
        : ''
    case 'facts':
      return `#facts(${block.rows.map((row) => all(row)).join(', ')}, sticky: ${after?.kind === 'picture'})`
    case 'table': {
      const columns = block.widths.map((width) => `${width}fr`).join(', ')
      const cells = (row: readonly Words[]) =>
        row.map((cell, at) =>
          at === 0 && block.mm ? `tall(${block.mm}mm - 8pt, ${content(cell)})` : content(cell),
        )
      const rows = block.rows.flatMap(cells).join(', ')
      return block.mm
        ? `#ruled((${columns},), (${all(block.head)},), (${rows},)${joined})`
        : `#sheet((${columns},), (${all(block.head)},), (${rows},))`
    }
    case 'band':
      return `#band(${inline(block.text)}, ${inline(block.note)})`
    case 'fields':
      return `#fields(${block.rows.map((row) => row.map((field) => fieldSource(field, row.length === 1)).join(', ')).join(', ')}${joined})`
    case 'picture':
      return pictureSource(block, setting)
    case 'turned':
      return `#page(flipped: true)[\n${blocksSource(block.blocks, { ...setting, page: room.turned })}\n]`
    case 'whole':
      return `#block(breakable: false, width: 100%)[\n${blocksSource(block.blocks, setting)}\n]`
  }
}

/** A part begins on its first page, turned or not, below the line that says what it is a part of. */
function opened(doc: Document): Document {
  if (doc.contents !== null) return doc
  const line: Block = { kind: 'text', text: doc.subtitle, quiet: true }
  const [first, ...rest] = doc.blocks
  if (first?.kind === 'turned')
    return { ...doc, blocks: [{ ...first, blocks: [line, ...first.blocks] }, ...rest] }
  const top = first?.kind === 'heading' ? [{ ...first, page: false }] : first ? [first] : []
  return { ...doc, blocks: [line, ...top, ...rest] }
}

function cover(doc: Document): string {
  if (doc.contents === null) return ''
  const title = typeof doc.title === 'string' ? [doc.title] : [doc.title.zh, doc.title.en]
  return `#page(header: none, footer: none)[
#v(1fr)
#block(width: 100%, stroke: (left: 4pt + indigo), inset: (left: 14pt, y: 4pt))[
${title.map((line, at) => `#text(size: ${at === 0 ? 28 : 18}pt, weight: "bold", fill: indigo)[#${literal(line)}]`).join('#linebreak()\n#v(1mm)\n')}
#v(4mm)
#text(size: 13pt, fill: grey)${inline(doc.subtitle)}]
#v(2fr)
#facts(${doc.control.map((row) => all(row)).join(', ')})
]
#outline(title: ${inline(doc.contents)}, depth: 3, indent: 1.2em)
`
}

/** A document as the typesetter understands it, with its pictures at hand. */
function sourceOf(given: Document, lang: Tongue, picture: (svg: string) => string): string {
  const doc = opened(settled(given))
  const setting = { page: room.upright, picture }
  return [pieces, style(doc, lang), cover(doc), blocksSource(doc.blocks, setting)].join('\n')
}

function compiled(doc: Document, lang: Tongue): { compiler: NodeCompiler; pages: NodeTypstDocument } {
  const workspace = tmpdir()
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFiles() }] })
  let pictures = 0
  const picture = (svg: string): string => {
    pictures += 1
    const name = `kambook-picture-${pictures}.svg`
    compiler.mapShadow(join(workspace, name), Buffer.from(svg))
    return `/${name}`
  }
  const result = compiler.compile({ mainFileContent: sourceOf(doc, lang, picture) })
  const pages = result.result
  if (!pages) throw new Error(`not set: ${JSON.stringify(result.takeError()?.shortDiagnostics)}`)
  return { compiler, pages }
}

/** The page numbers as the contents of a document print them, line by line. */
export function listedPages(doc: Document, lang: Tongue): number[] {
  const { compiler, pages } = compiled(doc, lang)
  const listed: { text: string }[] = compiler.query(pages, { selector: '<listed>', field: 'value' })
  return listed.map((one) => Number(one.text))
}

/**
 * Sets a document as PDF with numbered pages, bookmarks, tags for those who read by ear, and the typeface inside. Equal documents give
 * equal pages.
 * @throws Error when the typesetter refuses the document
 */
export function asPdf(doc: Document, lang: Tongue): Uint8Array {
  const { compiler, pages } = compiled(doc, lang)
  return new Uint8Array(compiler.pdf(pages, { creationTimestamp: 0, pdfTags: true }))
}
