import {
  AlignmentType,
  Footer,
  Header,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TableOfContents,
  TabStopType,
  TextRun,
  Document as WordDocument,
} from 'docx'
import { estimatePageNumbersWith } from 'docx/layout'
import { type Block, type Document, flat, inLine } from './block.ts'
import { settled } from './flow.ts'
import { fontName, fontsFor } from './fonts.ts'
import { rasters } from './raster.ts'
import { drawAll, type Part } from './word-blocks.ts'
import { colours, page, runs } from './word-text.ts'

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

const quiet = { color: colours.quiet, size: 16 } as const

function frame(doc: Document, turned: boolean) {
  const end = { type: TabStopType.RIGHT, position: turned ? page.turned : page.upright }
  return {
    headers: {
      default: new Header({
        children: [new Paragraph({ children: [new TextRun({ text: inLine(doc.title), ...quiet })] })],
      }),
    },
    footers: {
      default: new Footer({
        children: [
          new Paragraph({
            tabStops: [end],
            children: [
              new TextRun({ text: `${doc.foot}\t`, ...quiet }),
              new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], ...quiet }),
            ],
          }),
        ],
      }),
    },
  }
}

function properties(turned: boolean): NonNullable<ISectionOptions['properties']> {
  return {
    page: {
      size: { width: 11_906, height: 16_838, ...(turned ? { orientation: PageOrientation.LANDSCAPE } : {}) },
      margin: { top: 1300, bottom: 1200, left: 1134, right: 1134, header: 600, footer: 560 },
    },
  }
}

/** The cover, with the facts of document control; for a part the line that says what it is a part of. */
function cover(doc: Document): Part[] {
  if (doc.contents === null)
    return [new Paragraph({ children: runs(doc.subtitle, { color: colours.quiet, size: 18 }) })]
  const title = typeof doc.title === 'string' ? [doc.title] : [doc.title.zh, doc.title.en]
  return [
    ...title.map(
      (text, at) =>
        new Paragraph({
          spacing: { before: at === 0 ? 4200 : 80, after: 80, line: 840, lineRule: 'exact' },
          children: [new TextRun({ text, bold: true, size: at === 0 ? 56 : 36, color: colours.indigo })],
        }),
    ),
    new Paragraph({
      spacing: { after: 4200 },
      children: runs(doc.subtitle, { size: 26, color: colours.quiet }),
    }),
    ...drawAll([{ kind: 'facts', rows: doc.control }], { width: page.upright, pictures: new Map() }),
  ]
}

/**
 * Sets a document as a Word file with real headings and contents, the typeface inside with the characters used, so that its text can be edited.
 * Page numbers of the contents are worked out here; Word works them out anew when asked to update.
 */
export async function asWord(given: Document): Promise<Uint8Array> {
  const doc = settled(given)
  const drawings = flat(doc.blocks).flatMap((block) => (block.kind === 'picture' ? block.parts : []))
  const [drawn, fonts] = await Promise.all([rasters(drawings), fontsFor(JSON.stringify(doc))])
  const pictures = new Map(drawings.map((one, at) => [one, drawn[at] as Buffer]))
  const font = { ascii: fontName, hAnsi: fontName, eastAsia: fontName, cs: fontName }
  const heading = (size: number, color: string, before: number, after: number) => ({
    run: { font, size, bold: true, color },
    paragraph: { spacing: { before, after, line: size * 15, lineRule: 'exact' as const } },
  })
  const body = sectionsOf(doc.blocks).map(({ turned, blocks }, at): ISectionOptions => {
    const front: Part[] = at === 0 && doc.contents === null ? cover(doc) : []
    return {
      properties: properties(turned),
      ...frame(doc, turned),
      children: [
        ...front,
        ...drawAll(opening(blocks), { width: turned ? page.turned : page.upright, pictures }),
      ],
    }
  })
  const opened: ISectionOptions[] =
    doc.contents === null
      ? []
      : [
          { properties: properties(false), children: cover(doc) },
          {
            properties: properties(false),
            ...frame(doc, false),
            children: [
              new Paragraph({
                spacing: { after: 200, line: 480, lineRule: 'exact' },
                children: runs(doc.contents, { bold: true, size: 32, color: colours.indigo }),
              }),
              new TableOfContents(inLine(doc.contents), { hyperlink: true, headingStyleRange: '1-3' }),
            ],
          },
        ]
  const file = new WordDocument({
    title: inLine(doc.title),
    creator: doc.foot,
    fonts: [{ name: fontName, data: fonts.regular, bold: fonts.bold }],
    features: { updateFields: true },
    pageNumbers: estimatePageNumbersWith({ guess: true }),
    styles: {
      default: {
        document: {
          // Told as Chinese, a code such as FM-33 may break in its middle.
          run: { font, size: 20, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
          paragraph: { spacing: { after: 100, line: 320, lineRule: 'exact' } },
        },
        heading1: heading(36, colours.indigo, 0, 240),
        heading2: heading(27, colours.indigo, 300, 140),
        heading3: heading(24, colours.ink, 280, 120),
        heading4: heading(20, colours.indigo, 150, 50),
      },
    },
    numbering: {
      config: [
        {
          reference: 'points',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 260, hanging: 220 } } },
            },
          ],
        },
      ],
    },
    sections: [...opened, ...body],
  })
  return new Uint8Array(await Packer.toBuffer(file))
}
