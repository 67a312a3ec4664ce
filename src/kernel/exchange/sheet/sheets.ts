import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../../refusal.ts'
import { packageRoot } from '../../root.ts'
import type { Book } from './book.ts'
import type { Encoding } from './encodings.ts'
import { limits, type ReadFault } from './limits.ts'
import { readInThread } from './thread.ts'
import { refuseBomb } from './zip.ts'

const faults: Record<ReadFault, { zh: string; en: string }> = {
  entities: {
    zh: '文件里写有 DOCTYPE 或 ENTITY，表格软件不会这样存。用表格软件打开、另存后再导',
    en: 'The file holds DOCTYPE or ENTITY, which no spreadsheet writes. Open it in one and save it anew',
  },
  unreadable: {
    zh: '读不出这个文件。用 Excel 打开后另存为 .xlsx、.xls 或 .csv 再上传',
    en: 'This file cannot be read. Open it in Excel, save it as .xlsx, .xls or .csv and upload that',
  },
  encrypted: {
    zh: '这个文件有密码。在 Excel 里去掉密码后再上传',
    en: 'This file has a password. Remove it in Excel and upload again',
  },
  'too-many-rows': {
    zh: `一张工作表最多 ${limits.rows.toLocaleString('en')} 行，分成几个文件`,
    en: `A sheet may hold ${limits.rows.toLocaleString('en')} rows. Split the file`,
  },
  'too-large': {
    zh: `文件展开后太大（超过 ${limits.unpacked / 1_000_000} MB，或者读的时间太长），分成几个文件`,
    en: `The file is too large once unpacked (over ${limits.unpacked / 1_000_000} MB, or too long to read). Split it`,
  },
  'no-table': {
    zh: '文件里没有表格：至少要有两列',
    en: 'The file holds no table: there must be two columns at least',
  },
  empty: {
    zh: '文件里没有数据：除标题外没有内容',
    en: 'The file holds no data: there is nothing but headings',
  },
}

const refusal = (fault: string): Refusal =>
  new Refusal(422, 'file-unreadable', faults[fault as ReadFault] ?? faults.unreadable)

/**
 * The sheets of a file as they stand in it, read in a thread of its own when the program runs from its bundle.
 * @param encoding chosen for a file of text; left out, it is found out
 * @throws Refusal 422 that says what to do
 */
export async function bookOf(bytes: Uint8Array, encoding?: Encoding): Promise<Book> {
  const worker = join(packageRoot(), 'dist', 'server', 'sheet.worker.js')
  const bundled = import.meta.url.includes('/dist/server/')
  if (!bundled || !existsSync(worker)) {
    try {
      const { readBook } = await import('./book.ts')
      await refuseBomb(bytes)
      return readBook(bytes, encoding)
    } catch (error) {
      throw refusal((error as Error).message)
    }
  }
  const { book, fault } = await readInThread(worker, bytes, encoding)
  if (!book) throw refusal(fault ?? 'unreadable')
  return book
}
