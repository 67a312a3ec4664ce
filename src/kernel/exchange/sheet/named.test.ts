import { expect, test } from 'vitest'
import { namedRefusal } from './named.ts'
import { bookOf } from './sheets.ts'

const refused = async (name: string, content: string) => {
  const bytes = new Uint8Array(Buffer.from(content, 'latin1'))
  const error = await bookOf(bytes).then(
    () => null,
    (problem: unknown) => problem,
  )
  return namedRefusal(error, name, bytes)
}

test('A file that is no table is refused by its name, what it is and what is taken', async () => {
  for (const [name, content, sort] of [
    ['报价.pdf', '%PDF-1.7\n1 0 obj', 'PDF 文件'],
    ['sales.xls', 'hello', '普通文字'],
    ['照片.xlsx', '\x89PNG\r\n\x1a\n\0\0', '图片'],
  ] as const) {
    const error = await refused(name, content)
    expect(error, name).toMatchObject({ status: 422, code: 'file-unreadable' })
    const { text } = error as { text: { zh: string; en: string } }
    expect(text.zh).toContain(`“${name}”（${sort}）`)
    expect(text.zh).toContain('.xlsx、.xls 或 .csv')
    expect(text.en).toContain(`“${name}”`)
  }
})
