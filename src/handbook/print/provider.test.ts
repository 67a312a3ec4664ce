import { expect, test } from 'vitest'
import { bonesOf } from '../../../test/pdf.ts'
import { wordsOf } from '../../../test/printed-words.ts'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition } from '../model.ts'
import type { Document } from './block.ts'
import { compose } from './compose.ts'
import { type Format, printEdition } from './print.ts'

const load = async (folder: string) => (await loadEdition(await readEditionFolder(folder))).edition as Edition
const provider = await load('test/editions/provider')
const reference = await load('handbook')

test('A small solution provider prints its own handbook in every format, in both languages', async () => {
  for (const format of ['pdf', 'docx', 'html'] satisfies Format[]) {
    const printed = await printEdition(provider, { format, lang: 'both' })
    expect(printed?.fileName).toBe(`客户手册 Customer handbook 1.${format}`)
    const [first = 0, second = 0] = printed?.bytes ?? []
    expect(String.fromCharCode(first, second)).toBe({ pdf: '%P', docx: 'PK', html: '<!' }[format])
  }
}, 60_000)

test('Its PDF has its chapters, posts and forms, each post on a page', async () => {
  const printed = await printEdition(provider, { format: 'pdf', lang: 'zh' })
  const bones = bonesOf(printed?.bytes ?? new Uint8Array())
  expect(bones.bookmarks.filter((one) => one.depth === 1).map((one) => one.title)).toEqual([
    '1 组织',
    '2 流程',
    '3 制度与表单',
  ])
  const pages = provider.posts.map(
    (post) => bones.bookmarks.find((one) => one.title === `${post.id} ${post.name.zh}`)?.page,
  )
  expect(new Set(pages).size).toBe(provider.posts.length)
  expect(bones.pages).toBeGreaterThanOrEqual(Math.max(...pages.map(Number)))
  for (const form of provider.forms)
    expect(bones.bookmarks.map((one) => one.title)).toContain(`${form.id} ${form.name.zh}`)
})

test('Nothing of the reference edition is in it', () => {
  const words = wordsOf(compose(provider, 'both') as Document).join('\n')
  expect(words).not.toContain('大客户')
  const own = new Set([...provider.posts, ...provider.workflows].map((one) => one.name.zh))
  for (const one of [...reference.posts, ...reference.workflows, ...reference.policies])
    if (!own.has(one.name.zh)) expect(words, one.name.zh).not.toContain(`${one.id} ${one.name.zh}`)
})
