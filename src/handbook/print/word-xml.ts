import type { Drawing } from './block.ts'
import { type Cell, colours, type Paragraph, type Part, type Row, type Run, type Table } from './word-text.ts'

/** What stands in the file beside the text: how a list and a drawing are called there. */
export interface Names {
  readonly list: string
  readonly drawings: ReadonlyMap<Drawing, string>
}

/** Text as XML holds it, without the signs that XML forbids. */
export const escaped = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '').replace(/[&<>"']/g, (sign) => entities[sign] as string)
const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

export function runXml({ text, bold, color, size, english, break: begins }: Run): string {
  const look = `${bold ? '<w:b/><w:bCs/>' : ''}${color ? `<w:color w:val="${color}"/>` : ''}${
    size ? `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>` : ''
  }${english ? '<w:lang w:val="en-GB"/>' : ''}`
  return `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ''}${begins ? '<w:br/>' : ''}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
}

/**
 * A paragraph of Word.
 * @param section properties of the section that ends with it
 * @param mark number of the bookmark by which the contents know it
 */
export function paragraphXml(one: Paragraph, names: Names, section = '', mark?: number): string {
  const { spacing, keepNext } = one
  const style = one.heading ? `Heading${one.heading}` : one.point ? 'ListParagraph' : ''
  const look = `${style ? `<w:pStyle w:val="${style}"/>` : ''}${
    keepNext === undefined ? '' : keepNext ? '<w:keepNext/>' : '<w:keepNext w:val="false"/>'
  }${one.pageBreakBefore ? '<w:pageBreakBefore/>' : ''}${
    one.point ? `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${names.list}"/></w:numPr>` : ''
  }${
    spacing
      ? `<w:spacing${spacing.after === undefined ? '' : ` w:after="${spacing.after}"`}${spacing.before === undefined ? '' : ` w:before="${spacing.before}"`}${spacing.line === undefined ? '' : ` w:line="${spacing.line}" w:lineRule="${spacing.lineRule}"`}/>`
      : ''
  }${one.center ? '<w:jc w:val="center"/>' : ''}${section}`
  const words = one.picture
    ? `<w:r>${names.drawings.get(one.picture.drawing) ?? ''}</w:r>`
    : one.runs.map(runXml).join('')
  const marked =
    mark === undefined
      ? words
      : `<w:bookmarkStart w:name="_Toc${mark}" w:id="${mark}"/>${words}<w:bookmarkEnd w:id="${mark}"/>`
  return `<w:p>${look ? `<w:pPr>${look}</w:pPr>` : ''}${marked}</w:p>`
}

const side = (name: string, val: string, color: string, sz: number) =>
  `<w:${name} w:val="${val}" w:color="${color}" w:sz="${sz}"/>`
const sides = ['top', 'left', 'bottom', 'right'] as const
const boxed = `<w:tcBorders>${sides.map((name) => side(name, 'single', colours.quiet, 4)).join('')}</w:tcBorders>`
const open = `<w:tcBorders>${sides
  .map((name) => (name === 'bottom' ? side(name, 'single', colours.line, 4) : side(name, 'none', 'auto', 0)))
  .join('')}</w:tcBorders>`
const around = [...sides, 'insideH', 'insideV'].map((name) => side(name, 'single', 'auto', 4)).join('')
/** Air above and below the words of a cell. */
export const cellAir = 50
const airs = (air: number) =>
  `<w:tcMar>${sides.map((name) => `<w:${name} w:type="dxa" w:w="${name === 'top' || name === 'bottom' ? cellAir : air}"/>`).join('')}</w:tcMar>`
const [wide, narrow] = [airs(80), airs(30)]

function cellXml(one: Cell, names: Names): string {
  return `<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="${one.width}"/>${
    one.span ? `<w:gridSpan w:val="${one.span}"/>` : ''
  }${one.boxed ? boxed : open}${one.fill ? `<w:shd w:fill="${one.fill}" w:val="clear"/>` : ''}${
    one.air === 30 ? narrow : one.air === 80 ? wide : airs(one.air)
  }${one.boxed ? '<w:vAlign w:val="center"/>' : ''}</w:tcPr>${one.children
    .map((child) => paragraphXml(child, names))
    .join('')}</w:tc>`
}

const rowXml = (row: Row, names: Names): string =>
  `<w:tr><w:trPr><w:cantSplit/>${
    row.head === undefined ? '' : row.head ? '<w:tblHeader/>' : '<w:tblHeader w:val="off"/>'
  }${row.atLeast ? `<w:trHeight w:val="${row.atLeast}" w:hRule="atLeast"/>` : ''}</w:trPr>${row.cells
    .map((one) => cellXml(one, names))
    .join('')}</w:tr>`

function tableXml({ widths, rows }: Table, names: Names): string {
  const width = widths.reduce((sum, one) => sum + one, 0)
  return `<w:tbl><w:tblPr><w:tblW w:type="dxa" w:w="${width}"/><w:tblBorders>${around}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths
    .map((one) => `<w:gridCol w:w="${one}"/>`)
    .join('')}</w:tblGrid>${rows.map((row) => rowXml(row, names)).join('')}</w:tbl>`
}

/** The text of a section; its properties stand in its last paragraph, or in an empty one behind a table. */
export function sectionXml(
  parts: readonly Part[],
  section: string,
  names: Names,
  markOf: (one: Paragraph) => number | undefined,
): string {
  const last = parts.at(-1)
  const xml = parts.map((one) =>
    one.kind === 'table'
      ? tableXml(one, names)
      : paragraphXml(one, names, one === last ? section : '', markOf(one)),
  )
  if (section && last?.kind !== 'paragraph') xml.push(`<w:p><w:pPr>${section}</w:pPr></w:p>`)
  return xml.join('')
}
