import { zipSync } from 'fflate'
import type { Block, Document } from './block.ts'
import { settled } from './flow.ts'
import { fontsFor } from './fonts.ts'
import { rasters } from './raster.ts'
import { drawAll } from './word-blocks.ts'
import { contentsXml } from './word-contents.ts'
import { frameOf } from './word-frame.ts'
import { measure } from './word-measure.ts'
import { contentsLine, pagesOf } from './word-pages.ts'
import { colours, type Part, page, paragraph, runs } from './word-text.ts'
import { sectionXml } from './word-xml.ts'

interface Section {
  readonly turned: boolean
  readonly blocks: Block[]
}

/** Upright blocks that follow one another become a section of the file; what is turned begins a page of its own, as a section does. */
export function sectionsOf(blocks: readonly Block[]): Section[] {
  const sections: Section[] = []
  for (const block of blocks) {
    const turned = block.kind === 'turned'
    const last = sections.at(-1)
    const mine = turned ? block.blocks : [block]
    if (last && !last.turned && !turned) last.blocks.push(...mine)
    else sections.push({ turned, blocks: [...mine] })
  }
  return sections
}

/** A section begins a page by itself: its first heading stands on top without asking for another, and without space above it. */
function opening(blocks: readonly Block[]): Block[] {
  const [first, ...rest] = blocks
  return first?.kind === 'heading' ? [{ ...first, page: false }, ...rest] : [...blocks]
}

/** The cover, with the facts of document control; for a part the line that says what it is a part of. */
function cover(doc: Document): Part[] {
  if (doc.contents === null) return [paragraph(runs(doc.subtitle, { color: colours.quiet, size: 18 }))]
  const title = typeof doc.title === 'string' ? [doc.title] : [doc.title.zh, doc.title.en]
  return [
    ...title.map((text, at) =>
      paragraph([{ text, bold: true, size: at === 0 ? 56 : 36, color: colours.indigo }], {
        spacing: { before: at === 0 ? 4200 : 80, after: 80, line: 840, lineRule: 'exact' },
      }),
    ),
    paragraph(runs(doc.subtitle, { size: 26, color: colours.quiet }), { spacing: { after: 4200 } }),
    ...drawAll([{ kind: 'facts', rows: doc.control }], page.upright),
  ]
}

interface Sheet {
  readonly turned: boolean
  readonly framed: boolean
  readonly parts: readonly Part[]
}

/** The sections of the file: cover and contents for the whole, then the text. */
function sheetsOf(doc: Document): Sheet[] {
  const body = sectionsOf(doc.blocks).map(
    ({ turned, blocks }, at): Sheet => ({
      turned,
      framed: true,
      parts: [
        ...(at === 0 && doc.contents === null ? cover(doc) : []),
        ...drawAll(opening(blocks), turned ? page.turned : page.upright),
      ],
    }),
  )
  if (doc.contents === null) return body
  const title = paragraph(runs(doc.contents, { bold: true, size: 32, color: colours.indigo }), {
    spacing: { after: 200, line: 480, lineRule: 'exact' },
  })
  return [
    { turned: false, framed: false, parts: cover(doc) },
    { turned: false, framed: true, parts: [title] },
    ...body,
  ]
}

/**
 * Sets a document as a Word file with real headings and contents, the typeface inside with the characters used, so that its text can be edited.
 * Page numbers of the contents are worked out here; Word works them out anew when asked to update.
 */
export async function asWord(given: Document): Promise<Uint8Array> {
  const doc = settled(given)
  const sheets = sheetsOf(doc)
  const paragraphs = sheets.flatMap(({ parts }) => parts).filter((one) => one.kind === 'paragraph')
  const pictures = paragraphs.flatMap((one) => (one.picture ? [one.picture] : []))
  const fonts = await fontsFor(JSON.stringify(doc))
  const drawn = await rasters(pictures.map((one) => one.drawing))
  // What the contents list; a part has none.
  const listed = doc.contents === null ? [] : paragraphs.filter((one) => one.heading && one.heading <= 3)
  const marks = new Map(listed.map((one, index) => [one, index + 1]))
  const pages = pagesOf(
    sheets.map(({ turned, parts }, at) => ({
      turned,
      parts: doc.contents !== null && at === 1 ? [...parts, ...listed.map(contentsLine), blank] : parts,
    })),
    measure(fonts),
  )
  const frame = await frameOf({
    doc,
    fonts,
    pages: pages.count,
    sections: sheets,
    pictures: pictures.map((at, index) => ({ at, png: drawn[index] as Buffer })),
  })
  const lines = listed.map((one, index) => ({
    text: one.runs.map((run) => run.text).join(''),
    level: one.heading as number,
    mark: index + 1,
    page: pages.of.get(one) ?? 1,
  }))
  const texts = sheets.map(({ parts }, at) => {
    const inside = at < sheets.length - 1 ? (frame.sections[at] as string) : ''
    if (doc.contents !== null && at === 1)
      return `${sectionXml(parts, '', frame.names, () => undefined)}${contentsXml(doc.contents, lines)}<w:p><w:pPr>${inside}</w:pPr></w:p>`
    return sectionXml(parts, inside, frame.names, (one) => marks.get(one))
  })
  const xml = `${frame.head}${texts.join('')}${frame.sections.at(-1)}</w:body></w:document>`
  const files = { ...frame.files, 'word/document.xml': new TextEncoder().encode(xml) }
  return zipSync(files, { level: 6 })
}

const blank = paragraph([])
