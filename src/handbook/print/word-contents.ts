import { inLine, type Words } from './block.ts'
import { page } from './word-text.ts'
import { escaped } from './word-xml.ts'

/** A line of the contents: a heading, the number of its bookmark, and the page it stands on. */
export interface Listed {
  readonly text: string
  readonly level: number
  readonly mark: number
  readonly page: number
}

const field = (type: 'begin' | 'separate' | 'end') => `<w:fldChar w:fldCharType="${type}"/>`
const begun = `<w:r>${field('begin')}<w:instrText xml:space="preserve">TOC \\h \\o &quot;1-3&quot;</w:instrText>${field('separate')}</w:r>`

/** The contents as Word keeps them: a field that Word works out anew when asked, with what it says until then. */
export function contentsXml(title: Words, lines: readonly Listed[]): string {
  const written = lines.map(
    ({ text, level, mark, page: at }, index) =>
      `<w:p><w:pPr><w:pStyle w:val="TOC${level}"/><w:tabs><w:tab w:val="right" w:pos="${page.upright}" w:leader="dot"/></w:tabs></w:pPr>${
        index === 0 ? begun : ''
      }<w:hyperlink w:history="1" w:anchor="_Toc${mark}"><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r><w:r><w:tab/></w:r><w:r>${field('begin')}<w:instrText xml:space="preserve">PAGEREF _Toc${mark} \\h</w:instrText>${field('separate')}<w:t xml:space="preserve">${at}</w:t>${field('end')}</w:r></w:hyperlink></w:p>`,
  )
  const lead = lines.length === 0 ? `<w:p>${begun}</w:p>` : ''
  return `<w:sdt><w:sdtPr><w:alias w:val="${escaped(inLine(title))}"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>${lead}${written.join('')}<w:p><w:r>${field('end')}</w:r></w:p></w:sdtContent></w:sdt>`
}
