import { createInflateRaw } from 'node:zlib'
import { limits } from './limits.ts'

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/**
 * Refuses a packed file that grows beyond bounds when it is unpacked. What its own directory says of sizes is not believed: each entry is
 * unpacked and counted piece by piece, and thrown away.
 * Its parts of XML must not say what letters stand for others: that can reach files and blow up.
 * @throws Error whose message is the `ReadFault` `too-large`, `entities` or `unreadable`
 */
export async function refuseBomb(bytes: Uint8Array): Promise<void> {
  if (!isZip(bytes)) return
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let left = limits.unpacked
  for (const entry of entriesOf(zip)) {
    left -= await sizeOf(entry, left)
    if (left < 0) throw new Error('too-large')
  }
}

interface Entry {
  readonly packed: Buffer
  readonly deflated: boolean
  readonly xml: boolean
}

/** The packed bytes of every entry that the directory at the end of the file names. */
function* entriesOf(zip: Buffer): Generator<Entry> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (end < 0 || end + 22 > zip.length) throw new Error('unreadable')
  const entries = zip.readUInt16LE(end + 10)
  if (entries > limits.entries) throw new Error('too-large')
  let at = zip.readUInt32LE(end + 16)
  for (let n = 0; n < entries; n += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw new Error('unreadable')
    const local = zip.readUInt32LE(at + 42)
    if (local + 30 > zip.length) throw new Error('unreadable')
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    yield {
      packed: zip.subarray(start, start + zip.readUInt32LE(at + 20)),
      deflated: zip.readUInt16LE(at + 10) === 8,
      xml: /\.(xml|rels|vml)$/i.test(zip.toString('latin1', at + 46, at + 46 + zip.readUInt16LE(at + 28))),
    }
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

/** Unpacked size of an entry; counting ends soon after `limit`. */
async function sizeOf({ packed, deflated, xml }: Entry, limit: number): Promise<number> {
  const look = xml ? lookForEntities() : () => {}
  if (!deflated) {
    look(packed)
    return packed.length
  }
  return new Promise((resolve, reject) => {
    let size = 0
    const inflate = createInflateRaw()
    inflate.on('data', (chunk: Buffer) => {
      size += chunk.length
      try {
        look(chunk)
      } catch (error) {
        inflate.destroy()
        return reject(error)
      }
      if (size <= limit) return
      inflate.destroy()
      resolve(size)
    })
    inflate.on('end', () => resolve(size))
    inflate.on('error', () => reject(new Error('unreadable')))
    inflate.end(packed)
  })
}

/** Whether XML says what letters stand for others, be its letters of one byte or of two. */
export const saysEntities = (text: string): boolean => /<!(DOCTYPE|ENTITY)/i.test(text.replaceAll('\0', ''))

/** The same of XML that comes piece by piece. */
function lookForEntities(): (chunk: Buffer) => void {
  let end = ''
  return (chunk) => {
    const text = end + chunk.toString('latin1')
    if (saysEntities(text)) throw new Error('entities')
    end = text.slice(-40)
  }
}
