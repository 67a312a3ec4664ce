import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Lang } from '../model.ts'
import { heading } from './block.ts'
import { printEdition } from './print.ts'
import { sectionsOf } from './word.ts'

const edition = (await loadEdition(await readEditionFolder('test/editions/provider'))).edition as Edition
const printed = await printEdition(edition, { format: 'docx', lang: 'both' })
const files = unzipSync(printed?.bytes ?? new Uint8Array())
const text = (name: string) => new TextDecoder().decode(files[name])

describe('The Word file', () => {
  test('opens: every part is whole XML', async () => {
    const parts = Object.keys(files).filter((name) => /\.(xml|rels)$/.test(name))
    expect(parts).toContain('word/document.xml')
    for (const name of parts) {
      const told = await validateXML({
        xml: [{ fileName: name, contents: text(name) }],
        extension: 'schema',
        schema: anything,
      })
      // Without a schema of its own, only what is no XML at all is refused.
      expect(
        told.errors.filter((one) => /parser error/.test(one.rawMessage)),
        name,
      ).toEqual([])
    }
  }, 60_000)

  test('has headings of Word, contents with a page behind each line, and the typeface inside', () => {
    const xml = text('word/document.xml')
    for (const level of [1, 2, 3, 4]) expect(xml).toContain(`w:val="Heading${level}"`)
    const contents = xml.slice(
      xml.indexOf('TOC \\h'),
      xml.indexOf('fldCharType="end"/></w:r></w:p></w:sdtContent>'),
    )
    expect(contents).toMatch(/PAGEREF/)
    const pages = [...contents.matchAll(/PAGEREF.*?<w:t[^>]*>(\d+)<\/w:t>/g)].map((one) => Number(one[1]))
    expect(pages.length).toBeGreaterThan(20)
    expect(pages).toEqual([...pages].sort((a, b) => a - b))
    expect(Object.keys(files).filter((name) => name.endsWith('.odttf'))).toHaveLength(2)
  })

  test('begins a page with each landscape form, also after another one', () => {
    const form = (name: string) => ({ kind: 'turned' as const, blocks: [heading(3, name)] })
    const between = [heading(3, 'upright'), heading(4, 'still upright')]
    const sections = sectionsOf([form('one'), form('two'), ...between, form('three')])
    expect(sections.map(({ turned, blocks }) => [turned, blocks.length])).toEqual([
      [true, 1],
      [true, 1],
      [false, 2],
      [true, 1],
    ])
  })

  test('repeats the heads of its tables, splits no row, and names its pictures', () => {
    const xml = text('word/document.xml')
    expect(xml.match(/<w:tblHeader/g)?.length).toBeGreaterThan(10)
    expect(xml.match(/<w:tr[ >]/g)?.length).toBe(xml.match(/<w:cantSplit/g)?.length)
    expect(xml.match(/<wp:docPr /g)?.length).toBe(xml.match(/<wp:docPr [^>]*descr="[^"]+"/g)?.length)
  })
})

const reference = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition

describe('A page of the Word file', () => {
  const paragraphs = async (part: string, lang: Lang = 'zh'): Promise<string[]> => {
    const file = await printEdition(reference, { format: 'docx', lang, part })
    const xml = new TextDecoder().decode(unzipSync(file?.bytes ?? new Uint8Array())['word/document.xml'])
    return xml.match(/<w:p[ >].*?<\/w:p>/gs) ?? []
  }

  test('never ends with the title of a list that follows on the next', async () => {
    const all = await paragraphs('post:REP')
    const before = all.filter(
      (_, at) => !/<w:numPr>/.test(all[at] ?? '') && /<w:numPr>/.test(all[at + 1] ?? ''),
    )
    expect(before.length).toBeGreaterThan(5)
    expect(before.filter((one) => !/<w:keepNext\/>/.test(one))).toEqual([])
  })

  test('lies on its side without a space above its title', async () => {
    const titles = (await paragraphs('form:FM-03')).filter((one) => /w:val="Heading\d"/.test(one))
    expect(titles[0]).toContain('w:before="0"')
  })

  test('says who fills a section of a form behind its title', async () => {
    const filled = (await paragraphs('form:FM-04')).filter((one) => one.includes('填写：'))
    expect(filled.length).toBeGreaterThan(1)
    for (const one of filled) expect(one).toMatch(/<w:b\/>.*填写：/s)
  })

  test('holds the head of a workflow together with its drawing, which stays readable', async () => {
    const [drawing] = (await paragraphs('wf:PLAN', 'en')).filter((one) => one.includes('<w:drawing>'))
    const high = Number(/<wp:extent cx="\d+" cy="(\d+)"/.exec(drawing ?? '')?.[1]) / 9525
    expect(high).toBeLessThanOrEqual(650)
  })
})

const anything =
  '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="none"/></xs:schema>'
