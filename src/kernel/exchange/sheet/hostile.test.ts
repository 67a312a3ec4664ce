import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import * as XLSX from '@e965/xlsx'
import { afterAll, describe, expect, test } from 'vitest'
import { csvText } from '../../records/export.ts'
import { limits } from './limits.ts'
import { bookOf } from './sheets.ts'
import { readInThread } from './thread.ts'
import { refuseBomb } from './zip.ts'

/** A zip with one entry whose directory says what it is told to say. */
function zipOf(content: Buffer, said: { size?: number; entries?: number } = {}): Uint8Array {
  const packed = deflateRawSync(content)
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const size = said.size ?? content.length
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(size, 24)
  central.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(said.entries ?? 1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, name, packed, central, name, end]))
}

describe('A packed file', () => {
  test('that grows beyond bounds is refused, whatever its directory says', async () => {
    const bomb = Buffer.alloc(limits.unpacked + 1_000_000, 32)
    for (const size of [undefined, 100]) {
      const file = zipOf(bomb, size === undefined ? {} : { size })
      expect(file.length).toBeLessThan(1_000_000)
      await expect(refuseBomb(file)).rejects.toThrow('too-large')
    }
    await expect(refuseBomb(zipOf(Buffer.from('x'), { entries: 60_000 }))).rejects.toThrow('too-large')
  }, 60_000)

  test('whose XML says what letters stand for others is refused, wherever it stands and in letters of two bytes', async () => {
    const far = `${' '.repeat(70_000)}<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`
    for (const xml of [
      Buffer.from('<!doctype x><x/>'),
      Buffer.from(far),
      Buffer.from(`\ufeff${far}`, 'utf16le'),
    ]) {
      await expect(refuseBomb(zipOf(xml))).rejects.toThrow('entities')
      await expect(bookOf(zipOf(xml))).rejects.toMatchObject({ status: 422 })
    }
    const flat = '<?xml version="1.0"?><!DOCTYPE Workbook [<!ENTITY a "b">]><Workbook><x>&a;</x></Workbook>'
    await expect(bookOf(new TextEncoder().encode(flat))).rejects.toMatchObject({
      text: { en: expect.stringContaining('DOCTYPE') },
    })
  })

  test('whose directory lies about places is unreadable, not a defect', async () => {
    const whole = zipOf(Buffer.from('x'.repeat(1000)))
    for (let cut = 1; cut < whole.length; cut += 7)
      await expect(refuseBomb(whole.slice(0, whole.length - cut))).rejects.toThrow('unreadable')
    const lies = zipOf(Buffer.from('x'), { entries: 3 })
    await expect(refuseBomb(lies)).rejects.toThrow('unreadable')
    await expect(bookOf(whole)).rejects.toMatchObject({ status: 422, code: 'file-unreadable' })
  })

  test('that is a sheet passes', async () => {
    const book = XLSX.utils.book_new()
    XLSX.utils.book_append_sheet(
      book,
      XLSX.utils.aoa_to_sheet([
        ['甲', '乙'],
        [1, 2],
      ]),
      '表',
    )
    const bytes = new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    expect((await bookOf(bytes)).sheets[0]).toMatchObject({
      name: '表',
      rows: [
        ['甲', '乙'],
        [1, 2],
      ],
    })
  })
})

describe('The thread that reads a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kambook-thread-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const worker = (name: string, source: string): string => {
    const path = join(folder, `${name}.mjs`)
    writeFileSync(path, source)
    return path
  }
  const read = (path: string) =>
    readInThread(path, new Uint8Array([1]), undefined, { memoryMb: 32, seconds: 2 })

  test('ends when it takes too long, too much memory, or breaks; the program goes on', async () => {
    expect(await read(worker('endless', 'for (;;) {}'))).toEqual({ fault: 'too-large' })
    const hungry =
      'const kept = []; for (;;) kept.push(Array.from({ length: 1000 }, (_, n) => Math.random() + "-" + n))'
    expect(await read(worker('hungry', hungry))).toEqual({ fault: 'too-large' })
    expect(await read(worker('broken', 'throw new Error("x")'))).toEqual({ fault: 'unreadable' })
    expect(await read(worker('silent', 'process.exit(0)'))).toEqual({ fault: 'unreadable' })
  }, 60_000)
})

test.each([
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['\u0001=1', "'\u0001=1"],
  ['\u200b=1', "'\u200b=1"],
  ['＝1', "'＝1"],
  ['\r=1', '"\'\r=1"'],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ['示例, 商行', '"示例, 商行"'],
  ['a=b', 'a=b'],
])('CSV takes %j as the text %j', (text, written) => {
  expect(csvText(text)).toBe(written)
})
