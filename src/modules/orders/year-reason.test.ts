import { expect, test } from 'vitest'
import { importReason, reasonText } from './year.ts'

// Zhang Min reads the bases in English; the program has set them at imports, now and in earlier versions.

test('a reason of the program is told in the language of its reader', () => {
  const told = { zh: '导入 superstore-zh.xls', en: 'Import of superstore-zh.xls' }
  expect(reasonText(importReason('superstore-zh.xls'), 1)).toEqual(told)
  // As versions before wrote it.
  expect(reasonText('导入 superstore-zh.xls', 1)).toEqual(told)
  expect(reasonText('导入', 1).en).toBe('First import')
})

test('what a person wrote stays as he wrote it', () => {
  for (const said of ['导入 旧账后改', 'import: again', '导入'])
    expect(reasonText(said, 2)).toEqual({ zh: said, en: said })
})
