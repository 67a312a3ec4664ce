import { strToU8, Unzip, type UnzipFile, UnzipInflate, zipSync } from 'fflate'
import { isSource } from '../../handbook/load/folder.ts'
import { Refusal } from '../refusal.ts'

// A complete handbook of thirteen workflows is a quarter of these; reading and judging them stays within seconds.
export const limits = { packed: 8_000_000, file: 1_500_000, all: 6_000_000, files: 1_000 }

const refused = (zh: string, en: string): Refusal => new Refusal(422, 'not-an-edition', { zh, en })

/** Packs the source files of an edition. The same files give the same bytes. */
export function packFiles(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.keys(files)
    .sort()
    .map(
      (name) => [name, [strToU8(files[name] as string), { mtime: new Date('2000-01-01T00:00:00') }]] as const,
    )
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0], { level: 6 })
}

/**
 * Reads the source files out of a zip, also when they stand in a folder of it.
 * @throws Refusal 413 `too-large`, 422 `not-an-edition` for what is no zip, unpacks without end, or names places outside its folder
 */
export function unpackFiles(bytes: Uint8Array): Record<string, string> {
  requirePacked(bytes)
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw refused(
      '这不是 zip 文件；导入手册文件夹的 zip，或导出的那一个',
      'This is no zip file. Import the zip of a handbook folder, or one that was exported',
    )
  return rooted(decoded(unpacked(bytes)))
}

/** Refuses (413) what is larger than the packed files of a handbook can be, before anything of it is read. */
export function requirePacked(bytes: Uint8Array): void {
  if (bytes.length > limits.packed)
    throw new Refusal(413, 'too-large', {
      zh: `压缩包超过 ${limits.packed / 1_000_000} MB，手册的源文件不会这么大`,
      en: `The archive is over ${limits.packed / 1_000_000} MB; the source files of a handbook are never that large`,
    })
}

/** The same bounds for files that came unpacked. */
export function requireSizes(files: Readonly<Record<string, string>>): void {
  let sum = 0
  for (const [name, text] of Object.entries(files)) {
    const size = Buffer.byteLength(text)
    sum += size
    if (size > limits.file || sum > limits.all) throw tooMuch(name)
  }
}

const tooMuch = (name: string): Refusal =>
  refused(`${name} 太大，不是手册的源文件`, `${name} is larger than a handbook's file can be`)

function unpacked(bytes: Uint8Array): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  let sum = 0
  let count = 0
  const take = (file: UnzipFile) => {
    if (file.name.endsWith('/')) return
    requireInside(file.name)
    count += 1
    if (count > limits.files)
      throw refused(
        `压缩包里的文件超过 ${limits.files} 个`,
        `The archive holds more than ${limits.files} files`,
      )
    if (!isSource(file.name)) return
    if (found.has(file.name))
      throw refused(`压缩包里有两个 ${file.name}`, `The archive holds ${file.name} twice`)
    const chunks: Uint8Array[] = []
    let size = 0
    found.set(file.name, new Uint8Array())
    file.ondata = (error, chunk, final) => {
      // The library hands back as an error what was thrown at an earlier piece.
      if (error instanceof Refusal) throw error
      if (error)
        throw refused(
          `${file.name} 解不开，压缩包已损坏`,
          `${file.name} cannot be unpacked; the archive is damaged`,
        )
      size += chunk.length
      sum += chunk.length
      if (size > limits.file || sum > limits.all)
        throw refused(
          `${file.name} 解开后太大，不是手册的源文件`,
          `${file.name} unpacks to more than a handbook's file can be`,
        )
      chunks.push(chunk)
      if (final) found.set(file.name, joined(chunks, size))
    }
    file.start()
  }
  const unzip = new Unzip(take)
  unzip.register(UnzipInflate)
  // In small pieces: what unpacks without end is stopped after a piece, not after all of it.
  const step = 16_384
  try {
    for (let at = 0; at < bytes.length; at += step)
      unzip.push(bytes.subarray(at, at + step), at + step >= bytes.length)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refused('压缩包已损坏，解不开', 'The archive is damaged and cannot be unpacked')
  }
  return found
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** A path that leads out of the archive's own folder is refused, not mended. */
export function requireInside(path: string): void {
  const parts = path.split('/')
  const bad =
    path === '' || path.length > 200 || /[\\\0:]/.test(path) || path.startsWith('/') || parts.includes('..')
  if (bad) throw refused(`文件名 ${path} 指向文件夹之外`, `The name ${path} leads out of the folder`)
}

function decoded(found: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return Object.fromEntries(
    [...found].map(([name, bytes]) => {
      try {
        return [name, utf8.decode(bytes)]
      } catch {
        throw refused(`${name} 不是 UTF-8 文本`, `${name} is not UTF-8 text`)
      }
    }),
  )
}

/** The folder that holds `edition.yaml` is the edition; people zip the folder as often as what is in it. */
export function rooted(files: Readonly<Record<string, string>>): Record<string, string> {
  const heads = Object.keys(files)
    .filter((name) => name === 'edition.yaml' || name.endsWith('/edition.yaml'))
    .sort((a, b) => a.length - b.length)
  const root = heads[0]?.slice(0, -'edition.yaml'.length)
  if (root === undefined)
    throw refused(
      '里面没有 edition.yaml，这不是手册的文件夹',
      'There is no edition.yaml in it: this is not the folder of a handbook',
    )
  return Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name.startsWith(root) && isSource(name))
      .map(([name, text]) => [name.slice(root.length), text]),
  )
}
