import { describe, expect, test } from 'vitest'
import { bonesOf } from '../../../test/pdf.ts'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition } from '../model.ts'
import { type Document, flat, inLine } from './block.ts'
import { compose } from './compose.ts'
import { asPdf, listedPages } from './pdf.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition

describe('The PDF of the whole manual', () => {
  const doc = compose(edition, 'zh') as Document
  const bones = bonesOf(asPdf(doc, 'zh'))
  const headings = flat(doc.blocks).filter((block) => block.kind === 'heading')

  test('has a bookmark for each heading, in order and depth', () => {
    expect(bones.bookmarks.map((one) => one.title)).toEqual(headings.map((one) => inLine(one.text)))
    for (const level of [1, 2, 3])
      expect(bones.bookmarks.filter((one) => one.depth === level)).toHaveLength(
        headings.filter((one) => one.level === level).length,
      )
  })

  test('prints in its contents the page each heading stands on', () => {
    const stands = bones.bookmarks.filter((one) => one.depth <= 3).map((one) => one.page)
    expect(listedPages(doc, 'zh')).toEqual(stands)
    expect(stands.at(-1)).toBeGreaterThan(100)
  })

  test('begins a page for each post and each form', () => {
    const pageOf = (title: string) => bones.bookmarks.find((one) => one.title === title)?.page
    for (const kind of [edition.posts.filter((one) => one.kind === 'inside'), edition.forms]) {
      const pages = kind.map((one) => pageOf(`${one.id} ${one.name.zh}`))
      expect(pages).not.toContain(undefined)
      expect(new Set(pages).size).toBe(kind.length)
    }
  })

  test('is tagged for those who read by ear: language, headings, tables with heads, pictures with words', () => {
    expect(bones.marked).toBe(true)
    expect(bones.language).toBe('zh')
    for (const tag of ['H1', 'H2', 'H3', 'H4', 'Table', 'TH', 'L', 'Figure', 'TOC'])
      expect(bones.tags[tag], tag).toBeGreaterThan(0)
    expect(bones.mute).toBe(0)
  })
}, 120_000)

test('A part printed alone begins on the first page, upright or turned', () => {
  for (const part of ['post:GM', 'wf:PLAN', 'policy:MP-02', 'form:FM-18', 'form:FM-03', 'ch:3']) {
    const { bookmarks } = bonesOf(asPdf(compose(edition, 'zh', part) as Document, 'zh'))
    expect(bookmarks[0]?.page, part).toBe(1)
  }
})
