import type { Text } from '../../../handbook/model.ts'
import { Refusal } from '../../refusal.ts'

const begins = (bytes: Uint8Array, start: string): boolean =>
  [...start].every((letter, at) => bytes[at] === letter.charCodeAt(0))

const sorts: readonly (readonly [start: string, name: Text])[] = [
  ['%PDF', { zh: 'PDF 文件', en: 'a PDF' }],
  ['\x89PNG', { zh: '图片', en: 'a picture' }],
  ['\xff\xd8\xff', { zh: '图片', en: 'a picture' }],
  ['GIF8', { zh: '图片', en: 'a picture' }],
  ['Rar!', { zh: '压缩包', en: 'an archive' }],
  ['7z\xbc\xaf', { zh: '压缩包', en: 'an archive' }],
  ['PK', { zh: '压缩包或 Word、PPT 文件', en: 'an archive, or a Word or PowerPoint file' }],
  ['\xd0\xcf\x11\xe0', { zh: '旧格式的 Office 文件', en: 'an Office file of the old format' }],
]

/** Whether the first bytes are those of something that is no table, or of no text at all. */
export const isNoTable = (bytes: Uint8Array): boolean =>
  sorts.slice(0, 6).some(([start]) => begins(bytes, start))

/** What a file is by its first bytes, whatever its name ends in; text where nothing else is known of it. */
function sortOf(bytes: Uint8Array): Text {
  const known = sorts.find(([start]) => begins(bytes, start))?.[1]
  if (known) return known
  const binary = bytes.subarray(0, 1000).some((byte) => byte < 9)
  return binary ? { zh: '认不出的文件', en: 'of an unknown sort' } : { zh: '普通文字', en: 'plain text' }
}

/** A refusal of a file that could not be read as a table: its name, what it is, and what is taken. */
export function namedRefusal(error: unknown, fileName: string, bytes: Uint8Array): unknown {
  if (!(error instanceof Refusal) || error.code !== 'file-unreadable') return error
  const { zh, en } = error.text
  const sort = sortOf(bytes)
  return new Refusal(error.status, error.code, {
    zh: `没有读入“${fileName}”（${sort.zh}）：${zh}。能导入的是带列标题的 .xlsx、.xls 或 .csv`,
    en: `“${fileName}” (${sort.en}) was not taken in: ${en}. A .xlsx, .xls or .csv with headings is taken`,
  })
}
