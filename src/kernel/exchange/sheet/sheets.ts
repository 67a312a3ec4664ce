import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../refusal.ts'
import { packageRoot } from '../../root.ts'
import type { ReadSheet } from '../importer.ts'
import { limits, type ReadFault } from './limits.ts'

const faults: Record<ReadFault, { zh: string; en: string }> = {
  unreadable: {
    zh: '读不出这个文件。请用 Excel 打开后另存为 .xlsx、.xls 或 .csv 再上传',
    en: 'This file cannot be read. Open it in Excel, save it as .xlsx, .xls or .csv and upload that',
  },
  encrypted: {
    zh: '这个文件有密码。请在 Excel 里去掉密码后再上传',
    en: 'This file has a password. Remove it in Excel and upload again',
  },
  'too-many-rows': {
    zh: `一张工作表最多 ${limits.rows.toLocaleString('en')} 行，请分成几个文件`,
    en: `A sheet may hold ${limits.rows.toLocaleString('en')} rows. Split the file`,
  },
  empty: {
    zh: '文件里没有带标题行的表格',
    en: 'The file holds no table with a row of headings',
  },
}

const refusal = (fault: string): Refusal =>
  new Refusal(422, 'file-unreadable', faults[fault as ReadFault] ?? faults.unreadable)

/** Sheets of a file, read in a thread of its own when the program runs from its bundle. Throws a Refusal 422 that says what to do. */
export async function sheetsOf(bytes: Uint8Array): Promise<ReadSheet[]> {
  const worker = join(packageRoot(), 'dist', 'server', 'sheet.worker.js')
  const bundled = import.meta.url.includes('/dist/server/')
  if (!bundled || !existsSync(worker)) {
    try {
      const { readSheets } = await import('./read.ts')
      return readSheets(bytes)
    } catch (error) {
      throw refusal((error as Error).message)
    }
  }
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: bytes })
    thread.once('message', (said: { sheets?: ReadSheet[]; fault?: string }) =>
      said.sheets ? resolve(said.sheets) : reject(refusal(said.fault ?? 'unreadable')),
    )
    thread.once('error', () => reject(refusal('unreadable')))
    thread.once('exit', () => reject(refusal('unreadable')))
  })
}
