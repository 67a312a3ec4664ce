import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { Lang } from '../model.ts'
import type { Block, Document } from './block.ts'
import { fontFiles, fontName } from './fonts.ts'

// Texts go into the source as string literals: no word of a handbook can be taken for markup.
const literal = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\s*\n\s*/g, ' ')}"`
const cells = (row: readonly string[]): string => row.map((cell) => `[#${literal(cell)}]`).join(', ')

/** Pictures much wider than high stand on a page of their own, turned. */
export const isWide = (block: Block): boolean => block.kind === 'picture' && block.width > 900

function blockSource(block: Block, pictureOf: (svg: string) => string): string {
  switch (block.kind) {
    case 'heading':
      return `#heading(level: ${block.level})[#${literal(block.text)}]`
    case 'text':
      return block.quiet ? `#quiet[#${literal(block.text)}]` : `#par[#${literal(block.text)}]`
    case 'list':
      return block.items.length > 0 ? `#list(${cells(block.items)})` : ''
    case 'table':
      return `#sheet((${block.widths.map((width) => `${width}fr`).join(', ')},), (${cells(block.head)},), (${block.rows.map((row) => cells(row)).join(', ')},))`
    case 'blanks':
      return `#blanks(${block.rows.map((row) => cells(row)).join(', ')})`
    case 'picture': {
      const image = `#figure(image(${literal(pictureOf(block.svg))}, width: 100%, height: ${isWide(block) ? '88%' : 'auto'}, fit: "contain"), caption: [#${literal(block.caption)}], numbering: none, supplement: none)`
      return isWide(block) ? `#page(flipped: true)[${image}]` : image
    }
  }
}

const style = (doc: Document, lang: Lang): string => `
#set document(title: ${literal(doc.title)})
#set text(font: ${literal(fontName)}, size: 10pt, lang: "${lang}")
#set par(leading: 0.75em, justify: ${lang === 'zh'})
#set page(paper: "a4", margin: (x: 22mm, y: 24mm), numbering: "1", footer: context [
  #set text(size: 8pt, fill: rgb("#6b7280"))
  #${literal(doc.foot)} #h(1fr) #counter(page).display()
])
#show heading: it => block(above: 1.4em, below: 0.8em, text(fill: rgb("#1f2a44"), it.body))
#show heading.where(level: 1): it => { pagebreak(weak: true); block(below: 1em, text(size: 18pt, fill: rgb("#2f4fa8"), it.body)) }
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 4): set text(size: 10pt)
#show figure.caption: set text(size: 8.5pt, fill: rgb("#6b7280"))
#let quiet(body) = par(text(size: 9pt, fill: rgb("#6b7280"), body))
#let rule = 0.5pt + rgb("#d5d9e2")
#let sheet(columns, head, body) = {
  set text(size: 8.5pt)
  set par(justify: false)
  table(columns: columns, stroke: rule, inset: 5pt, fill: (_, y) => if y == 0 { rgb("#eef1f7") },
    table.header(..head.map(cell => strong(cell))), ..body)
}
#let blanks(..rows) = {
  set text(size: 9pt)
  table(columns: (1fr, 3fr), stroke: rule, inset: 8pt, ..rows)
}
`

const cover = (doc: Document): string =>
  doc.contents === null
    ? `#text(size: 16pt, weight: "bold", fill: rgb("#2f4fa8"))[#${literal(doc.subtitle)}]\n`
    : `#page(numbering: none, footer: none)[#v(1fr) #align(center)[#text(size: 26pt, weight: "bold", fill: rgb("#2f4fa8"))[#${literal(doc.title)}] #v(6mm) #text(size: 13pt, fill: rgb("#6b7280"))[#${literal(doc.subtitle)}]] #v(2fr)]
#outline(title: [#${literal(doc.contents)}], depth: 3)
#pagebreak()
`

/** Sets a document as PDF with pages numbered and the typeface inside. Equal documents give equal pages. */
export function asPdf(doc: Document, lang: Lang): Uint8Array {
  const workspace = tmpdir()
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFiles() }] })
  let pictures = 0
  const pictureOf = (svg: string): string => {
    pictures += 1
    const name = `kambook-picture-${pictures}.svg`
    compiler.mapShadow(join(workspace, name), Buffer.from(svg))
    return `/${name}`
  }
  const source = [
    style(doc, lang),
    cover(doc),
    ...doc.blocks.map((block) => blockSource(block, pictureOf)),
  ].join('\n')
  return new Uint8Array(compiler.pdf({ mainFileContent: source }, { creationTimestamp: 0 }))
}
