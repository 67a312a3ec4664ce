import { type Document, inLine, type Tongue } from './block.ts'
import { fontName } from './fonts.ts'

/** Inner width and height of A4 in points, upright and turned; the height leaves room for a heading and a caption. */
export const room = {
  upright: { width: 481, height: 600 },
  turned: { width: 728, height: 400 },
} as const

/** Texts go into the source as string literals: no word of a handbook can be taken for markup. */
export const literal = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/\s*\n\s*/g, ' ')}"`

/** What every page of a document looks like. */
export const style = (doc: Document, lang: Tongue): string => `
#set document(title: ${literal(inLine(doc.title))}, author: ${literal(doc.foot)})
#set text(font: ${literal(fontName)}, size: 10pt, lang: "${lang === 'en' ? 'en' : 'zh'}", fill: ink)
#set par(leading: 0.7em, spacing: 0.85em, justify: ${lang !== 'en'})
#set page(paper: "a4", margin: (x: 20mm, top: 24mm, bottom: 22mm), numbering: "1 / 1",
  header: context {
    let here = here().page()
    let past = query(heading.where(level: 1)).filter(it => it.location().page() <= here)
    set text(size: 8pt, fill: grey)
    block(width: 100%, stroke: (bottom: 0.4pt + line), inset: (bottom: 4pt))[#${literal(inLine(doc.title))} #h(1fr) #if past.len() > 0 { past.last().body }]
  },
  footer: context [
    #set text(size: 8pt, fill: grey)
    #${literal(doc.foot)} #h(1fr) #counter(page).display("1 / 1", both: true)
  ])
#set table.cell(breakable: false)
#show heading: it => block(above: 1.5em, below: 0.75em, sticky: true, it.body)
#show heading.where(level: 1): it => block(below: 1em, sticky: true, text(size: 18pt, fill: indigo, it.body))
#show heading.where(level: 2): set text(size: 13.5pt, fill: indigo)
#show heading.where(level: 3): set text(size: 12pt)
#show heading.where(level: 4): it => block(above: 1.1em, below: 0.6em, sticky: true, text(size: 10pt, fill: indigo, it.body))
#show outline.entry.where(level: 1): it => block(above: 1em, below: 0.5em, strong(it))
#set outline.entry(fill: repeat(text(fill: line)[.], gap: 2pt))
#show outline.entry: it => { set text(size: 9.5pt); it; [#metadata(it.page()) <listed>] }
`

/** The pieces that a page is put together from. */
export const pieces = `
#let ink = rgb("#1b2430")
#let grey = rgb("#535d6b")
#let line = rgb("#c9cfd9")
#let tint = rgb("#eef2fb")
#let indigo = rgb("#3151a6")
#let en(body) = text(lang: "en", size: 0.92em, fill: grey, body)
#let zh(body) = text(lang: "zh", body)
#let origin(body) = text(size: 0.74em, fill: grey)[~#body]
#let quiet(body) = par(text(size: 8.5pt, fill: grey, body))
#let tall(height, body) = grid(columns: (0pt, 1fr), align: left + horizon, box(height: height), body)
#let points(..items) = list(marker: text(fill: indigo)[•], indent: 2pt, body-indent: 6pt, spacing: 0.6em, ..items)
#let facts(..cells, sticky: false) = block(above: 0.8em, below: 1.1em, sticky: sticky, {
  set text(size: 9pt)
  set par(justify: false)
  table(columns: (1fr, 4.4fr), stroke: (x, y) => (bottom: 0.4pt + line), inset: (x: 4pt, y: 4.5pt),
    ..cells.pos().enumerate().map(((at, cell)) => if calc.even(at) { text(fill: grey, cell) } else { cell }))
})
#let sheet(columns, head, body) = block(above: 0.8em, below: 1.2em, {
  set text(size: 8.5pt)
  set par(justify: false, leading: 0.52em)
  table(columns: columns, stroke: (x, y) => (bottom: 0.4pt + line, top: if y == 0 { 0.8pt + indigo }), inset: (x: 4pt, y: 3.6pt),
    fill: (_, y) => if y == 0 { tint },
    table.header(..head.map(cell => text(size: 8pt, strong(cell)))), ..body)
})
#let ahead(body) = block(above: 0.85em, below: 0.85em, sticky: true, body)
#let lead(body) = block(above: 0.6em, below: 0.6em, sticky: true, text(size: 8.5pt, fill: grey, body))
#let ruled(columns, head, body, joined: false) = block(above: if joined { 0pt } else { 0.9em }, below: 0.7em, {
  set text(size: 8.5pt)
  set par(justify: false, leading: 0.55em)
  table(columns: columns, stroke: 0.5pt + grey, inset: (x: 3.5pt, y: 4pt), align: (x, y) => if y == 0 { center + horizon } else { left + horizon },
    fill: (_, y) => if y == 0 { tint },
    table.header(..head.map(cell => pad(y: 2pt, text(size: 8pt, strong(cell))))), ..body)
})
#let band(body, note) = block(width: 100%, above: 1em, below: 0pt, sticky: true, stroke: 0.5pt + grey, fill: tint, inset: (x: 5pt, y: 4.5pt))[
  #grid(columns: (auto, 1fr), column-gutter: 12pt, align: (left, right + bottom), text(size: 9pt, weight: "bold", body), { set par(justify: false, leading: 0.5em); text(size: 7.5pt, fill: grey, note) })]
#let label(body) = table.cell(fill: rgb("#f6f7f9"), align: left + horizon, text(size: 8pt, body))
#let answer(height, wide, ticks, hint) = table.cell(colspan: if wide { 3 } else { 1 }, align: left + horizon, tall(height)[#set text(size: 9pt)
  #pad(y: 2.5pt)[#for tick in ticks [#box[□ #tick]#h(0.9em)]#text(size: 7pt, fill: grey, hint)]])
#let fields(..cells, joined: false) = block(above: if joined { 0pt } else { 0.9em }, below: 0.7em, {
  set par(justify: false, leading: 0.55em)
  table(columns: (1.15fr, 1.85fr, 1.15fr, 1.85fr), stroke: 0.5pt + grey, inset: (x: 4pt, y: 3pt), ..cells)
})
#let drawing(path, width, alt, caption) = figure(image(path, width: width, alt: alt), caption: text(size: 8pt, fill: grey, caption), numbering: none, supplement: none, gap: 0.5em)
`
