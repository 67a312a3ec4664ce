import { inflateRawSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition } from '../model.ts'
import type { Block } from './block.ts'
import { compose } from './compose.ts'
import { printEdition } from './print.ts'

let edition: Edition
beforeAll(async () => {
  edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
})

/** One file of a zip, by its central directory. */
function unzipped(zip: Uint8Array, wanted: string): string {
  const bytes = Buffer.from(zip)
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from('PK\u0005\u0006')) + 16)
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, name, extra, comment, local] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
      bytes.readUInt32LE(at + 42),
    ]
    if (bytes.toString('utf8', at + 46, at + 46 + name) === wanted) {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
      return inflateRawSync(bytes.subarray(start, start + size)).toString('utf8')
    }
    at += 46 + name + extra + comment
  }
  throw new Error(`${wanted} is not in the file`)
}

function wordsOf(block: Block): string[] {
  if (block.kind === 'picture') return [block.caption]
  if (block.kind === 'list') return [...block.items]
  if (block.kind === 'blanks') return block.rows.flat()
  if (block.kind === 'table') return [...block.head, ...block.rows.flat()]
  return [block.text]
}

describe.each(['zh', 'en'] as const)('The printed manual in %s', (lang) => {
  const texts = (): string[] => (compose(edition, lang)?.blocks ?? []).flatMap(wordsOf)

  test('holds every function, post, step, form and KPI of the edition', () => {
    const all = texts().join('\n')
    for (const one of [
      ...edition.functions,
      ...edition.forms,
      ...edition.kpis,
      ...edition.workflows,
      ...edition.policies,
    ]) {
      expect(all).toContain(one.id)
      expect(all).toContain(one.name[lang])
    }
    for (const step of ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6', 'C-7', 'C-8'])
      expect(texts()).toContain(step)
    expect(all).not.toMatch(/undefined|\[object|\{\{norm/)
    if (lang === 'en') expect(all).not.toMatch(/[\u4e00-\u9fff]/)
  })

  test('draws the organisation and the lanes of every drawn process', () => {
    const pictures = (compose(edition, lang)?.blocks ?? []).filter((block) => block.kind === 'picture')
    const processes = edition.workflows.flatMap((one) => one.processes)
    expect(pictures).toHaveLength(1 + processes.length)
  })

  test('is a PDF of many pages and a Word file with headings', async () => {
    const pdf = await printEdition(edition, { format: 'pdf', lang })
    const text = Buffer.from(pdf?.bytes ?? []).toString('latin1')
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text.match(/\/Type\s*\/Page\b/g)?.length ?? 0).toBeGreaterThan(20)
    const word = await printEdition(edition, { format: 'docx', lang })
    const xml = unzipped(word?.bytes ?? new Uint8Array(), 'word/document.xml')
    expect(xml).toContain('w:val="Heading1"')
    expect(xml).toContain(edition.forms.find((one) => one.id === 'FM-19')?.name[lang])
  }, 300_000)

  test('is one HTML file that needs nothing else, with every word of the blocks and a link to each chapter', async () => {
    const html = new TextDecoder().decode((await printEdition(edition, { format: 'html', lang }))?.bytes)
    const bare = html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    for (const text of texts()) expect(bare).toContain(text)
    expect(html).not.toMatch(/(src|href)="(?!data:image|#)/)
    expect(html).not.toContain('<script')
    const links = [...html.matchAll(/href="#(\w+)"/g)].map((found) => found[1])
    expect(links.length).toBeGreaterThan(edition.chapters.length)
    for (const link of links) expect(html).toContain(`id="${link}"`)
  })
})

test('A part is printed by its reference; one that is not there is not', async () => {
  expect(
    (await printEdition(edition, { format: 'docx', lang: 'zh', part: 'form:FM-19' }))?.fileName,
  ).toContain('FM-19')
  expect(await printEdition(edition, { format: 'pdf', lang: 'zh', part: 'form:FM-999' })).toBeNull()
})
