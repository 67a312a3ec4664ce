import {
  AlignmentType,
  Footer,
  Header,
  ImageRun,
  type ISectionOptions,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TabStopType,
  TextRun,
  Document as WordDocument,
} from 'docx'
import { unzipSync } from 'fflate'
import { type Document, type Drawing, inLine } from './block.ts'
import { fontName } from './fonts.ts'
import type { Paragraph as OurParagraph } from './word-text.ts'
import { colours, headings, normal, page } from './word-text.ts'
import type { Names } from './word-xml.ts'

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

/** Everything of a Word file but its text. */
export interface Frame {
  /** Parts of the file by their names; `word/document.xml` is to be written. */
  readonly files: Record<string, Uint8Array>
  /** The text's beginning, with all that its names stand for. */
  readonly head: string
  /** Properties of each section, in order. */
  readonly sections: readonly string[]
  readonly names: Names
}

export interface FrameOrder {
  readonly doc: Document
  /** Whether each section lies on its side, and whether it has a head and a foot. */
  readonly sections: readonly { readonly turned: boolean; readonly framed: boolean }[]
  readonly pictures: readonly { readonly at: NonNullable<OurParagraph['picture']>; readonly png: Buffer }[]
  /** How many pages there are, as far as that is known before Word counts them. */
  readonly pages: number
  readonly fonts: { readonly regular: Buffer; readonly bold: Buffer }
}

/**
 * The frame of a file: styles, typeface, heads and feet, numbering, pictures, made by the library that knows them. The text itself, thousands
 * of paragraphs and cells, is written straight: as objects it would take minutes and gigabytes.
 */
export async function frameOf({ doc, sections, pictures, pages, fonts }: FrameOrder): Promise<Frame> {
  const font = { ascii: fontName, hAnsi: fontName, eastAsia: fontName, cs: fontName }
  const heading = ({ size, before, after, line }: (typeof headings)[number], color: string) => ({
    run: { font, size, bold: true, color },
    paragraph: { spacing: { before, after, line, lineRule: 'exact' as const } },
  })
  const drawings = pictures.map(
    ({ at, png }) =>
      new Paragraph({
        children: [
          new ImageRun({
            type: 'png',
            data: png,
            transformation: { width: at.width, height: at.height },
            altText: { name: at.caption, title: at.caption, description: at.caption },
          }),
        ],
      }),
  )
  const point = new Paragraph({ numbering: { reference: 'points', level: 0 }, children: [] })
  const file = new WordDocument({
    title: inLine(doc.title),
    creator: doc.foot,
    fonts: [{ name: fontName, data: fonts.regular, bold: fonts.bold }],
    features: { updateFields: true },
    pageNumbers: () => ({ bookmarks: new Map(), pageCount: pages }),
    styles: {
      default: {
        document: {
          // Told as Chinese, a code such as FM-33 may break in its middle.
          run: { font, size: normal.size, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
          paragraph: { spacing: { after: normal.after, line: normal.line, lineRule: 'exact' } },
        },
        heading1: heading(headings[0], colours.indigo),
        heading2: heading(headings[1], colours.indigo),
        heading3: heading(headings[2], colours.ink),
        heading4: heading(headings[3], colours.indigo),
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
    sections: sections.map(({ turned, framed }, at) => ({
      properties: properties(turned),
      ...(framed ? frame(doc, turned) : {}),
      children: at === 0 ? [point, ...drawings] : [],
    })),
  })
  const files = unzipSync(new Uint8Array(await Packer.toBuffer(file)))
  const xml = new TextDecoder().decode(files['word/document.xml'])
  const drawn = xml.match(/<w:drawing>.*?<\/w:drawing>/gs) ?? []
  return {
    files,
    head: xml.slice(0, xml.indexOf('<w:body>') + '<w:body>'.length),
    sections: xml.match(/<w:sectPr>.*?<\/w:sectPr>/gs) ?? [],
    names: {
      list: /<w:numId w:val="(\d+)"/.exec(xml)?.[1] ?? '',
      drawings: new Map(pictures.map(({ at }, index): [Drawing, string] => [at.drawing, drawn[index] ?? ''])),
    },
  }
}
