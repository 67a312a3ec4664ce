import { Resvg } from '@resvg/resvg-js'
import {
  AlignmentType,
  BorderStyle,
  Footer,
  HeadingLevel,
  ImageRun,
  type ISectionOptions,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
  Document as WordDocument,
} from 'docx'
import type { Lang } from '../model.ts'
import type { Block, Document } from './block.ts'
import { fontFiles, fontName } from './fonts.ts'
import { isWide } from './pdf.ts'

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const
const line = { style: BorderStyle.SINGLE, size: 4, color: 'D5D9E2' } as const
const borders = { top: line, bottom: line, left: line, right: line }
/** Inner width of an A4 page upright, in twentieths of a point. */
const pageWidth = 9400

function cell(text: string, width: number, strong = false): TableCell {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders,
    margins: { top: 60, bottom: 60, left: 90, right: 90 },
    ...(strong ? { shading: { fill: 'EEF1F7' } } : {}),
    children: [new Paragraph({ children: [new TextRun({ text, bold: strong, size: 17 })] })],
  })
}

function tableOf(widths: readonly number[], rows: TableRow[]): Table {
  return new Table({
    columnWidths: [...widths],
    width: { size: pageWidth, type: WidthType.DXA },
    rows,
  })
}

const shares = (widths: readonly number[]): number[] => {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width) => Math.round((pageWidth * width) / whole))
}

function image(block: Extract<Block, { kind: 'picture' }>): ImageRun {
  const drawn = new Resvg(block.svg, {
    font: { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: fontName },
    fitTo: { mode: 'width', value: Math.min(2400, Math.round(block.width * 2)) },
    background: 'white',
  }).render()
  const [most, high] = isWide(block) ? [930, 520] : [620, 860]
  const scale = Math.min(most / block.width, high / block.height, 1)
  return new ImageRun({
    type: 'png',
    data: drawn.asPng(),
    transformation: { width: Math.round(block.width * scale), height: Math.round(block.height * scale) },
    altText: { name: block.caption, title: block.caption, description: block.caption },
  })
}

function draw(block: Block): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          text: block.text,
          heading: levels[block.level - 1],
          keepNext: true,
          pageBreakBefore: block.level === 1,
        }),
      ]
    case 'text':
      return [
        new Paragraph({
          spacing: { after: 120 },
          children: [
            new TextRun({ text: block.text, ...(block.quiet ? { color: '6B7280', size: 18 } : {}) }),
          ],
        }),
      ]
    case 'list':
      return block.items.map((text) => new Paragraph({ text, bullet: { level: 0 }, spacing: { after: 40 } }))
    case 'table': {
      const widths = shares(block.widths)
      const row = (values: readonly string[], head: boolean) =>
        new TableRow({
          tableHeader: head,
          cantSplit: true,
          children: values.map((value, at) => cell(value, widths[at] ?? 0, head)),
        })
      return [
        tableOf(widths, [row(block.head, true), ...block.rows.map((values) => row(values, false))]),
        new Paragraph(''),
      ]
    }
    case 'blanks': {
      const widths = shares([1, 3])
      const rows = block.rows.map(
        ([label, hint]) =>
          new TableRow({
            height: { value: 480, rule: 'atLeast' },
            children: [cell(label, widths[0] ?? 0, true), cell(hint, widths[1] ?? 0)],
          }),
      )
      return [tableOf(widths, rows), new Paragraph('')]
    }
    case 'picture':
      return [
        new Paragraph({ alignment: AlignmentType.CENTER, children: [image(block)] }),
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ text: block.caption, color: '6B7280', size: 17 })],
        }),
      ]
  }
}

/** Runs of blocks that share an orientation become sections of the file. */
function sectionsOf(doc: Document, front: (Paragraph | TableOfContents)[]): ISectionOptions[] {
  const footers = {
    default: new Footer({
      children: [
        new Paragraph({
          children: [
            new TextRun({ text: `${doc.foot}    `, color: '6B7280', size: 16 }),
            new TextRun({ children: [PageNumber.CURRENT], color: '6B7280', size: 16 }),
          ],
        }),
      ],
    }),
  }
  const sections: { wide: boolean; children: (Paragraph | Table | TableOfContents)[] }[] = [
    { wide: false, children: [...front] },
  ]
  for (const block of doc.blocks) {
    const last = sections.at(-1)
    if (last && last.wide === isWide(block)) last.children.push(...draw(block))
    else sections.push({ wide: isWide(block), children: draw(block) })
  }
  return sections.map(({ wide, children }) => ({
    properties: {
      page: {
        size: { width: 11_906, height: 16_838, ...(wide ? { orientation: PageOrientation.LANDSCAPE } : {}) },
        margin: { top: 1250, bottom: 1250, left: 1250, right: 1250 },
      },
    },
    footers,
    children,
  }))
}

/** Sets a document as a Word file with real headings, so that its contents can be updated and its text edited. */
export async function asWord(doc: Document, lang: Lang): Promise<Uint8Array> {
  const font = { ascii: fontName, hAnsi: fontName, eastAsia: fontName, cs: fontName }
  const front =
    doc.contents === null
      ? [new Paragraph({ children: [new TextRun({ text: doc.subtitle, color: '6B7280' })] })]
      : [
          new Paragraph({
            spacing: { before: 4200 },
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: doc.title, bold: true, size: 52, color: '2F4FA8' })],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: doc.subtitle, size: 26, color: '6B7280' })],
          }),
          new Paragraph({ children: [new PageBreak()] }),
          new Paragraph({ children: [new TextRun({ text: doc.contents, bold: true, size: 32 })] }),
          new TableOfContents(doc.contents, { hyperlink: true, headingStyleRange: '1-3' }),
        ]
  const file = new WordDocument({
    title: doc.title,
    creator: 'Kambook',
    features: { updateFields: true },
    styles: {
      default: {
        document: {
          run: { font, size: 20, language: { value: lang === 'zh' ? 'zh-CN' : 'en-GB', eastAsia: 'zh-CN' } },
        },
        heading1: {
          run: { font, size: 36, bold: true, color: '2F4FA8' },
          paragraph: { spacing: { after: 240 } },
        },
        heading2: {
          run: { font, size: 26, bold: true, color: '1F2A44' },
          paragraph: { spacing: { before: 280, after: 140 } },
        },
        heading3: {
          run: { font, size: 23, bold: true, color: '1F2A44' },
          paragraph: { spacing: { before: 240, after: 120 } },
        },
        heading4: {
          run: { font, size: 20, bold: true, color: '1F2A44' },
          paragraph: { spacing: { before: 180, after: 80 } },
        },
      },
    },
    sections: sectionsOf(doc, front),
  })
  return new Uint8Array(await Packer.toBuffer(file))
}
