import { describe, expect, test } from 'vitest'
import { wordsOf } from '../../../test/printed-words.ts'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { CallNode, Edition, TaskNode } from '../model.ts'
import { type Document, flat } from './block.ts'
import { compose } from './compose.ts'
import { settled } from './flow.ts'
import { printEdition } from './print.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
const composed = { zh: compose(edition, 'zh'), en: compose(edition, 'en'), both: compose(edition, 'both') }
const manual = (lang: keyof typeof composed) => composed[lang] as Document
const blocksOf = (part: string, lang: 'zh' | 'en' = 'zh') =>
  flat((compose(edition, lang, part) as Document).blocks)
// English is set with straight quotes.
const set = (text: string) => text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"')

describe.each(['zh', 'en'] as const)('The printed manual in %s', (lang) => {
  const all = wordsOf(manual(lang)).join('\n')

  test('holds every function, post, form, indicator, policy and norm of the edition', () => {
    for (const one of [
      ...edition.functions,
      ...edition.forms,
      ...edition.kpis,
      ...edition.workflows,
      ...edition.policies,
      ...edition.norms,
    ])
      expect(all).toContain(lang === 'en' ? set(one.name.en) : one.name.zh)
    expect(all).not.toMatch(/undefined|\[object|\{\{norm|\{seed|\{default/)
    if (lang === 'en') expect(all).not.toMatch(/[\u4e00-\u9fff“”’]/)
  })

  test('says nothing twice in a row and calls no switch by its id', () => {
    const stammers = all.match(/\b([a-z]{2,}) \1\b.*|.*([\u4e00-\u9fff]{1,4}) \2.*/g) ?? []
    expect(stammers).toEqual([])
    for (const { id } of edition.switches) expect(all).not.toContain(id)
  })

  test('lists every step of every process, those that run another workflow as well', () => {
    for (const flow of edition.workflows) {
      const rows = blocksOf(`wf:${flow.id}`, lang).flatMap((block) =>
        block.kind === 'table' ? block.rows.map(([code, what]) => `${code} ${what}`) : [],
      )
      const steps = flow.processes
        .flatMap((process) => process.nodes)
        .filter((node): node is TaskNode | CallNode => node.kind === 'task' || node.kind === 'call')
      expect(rows.length).toBeGreaterThanOrEqual(steps.length)
      for (const { step, name } of steps) {
        const words = lang === 'en' ? set(name.en) : name.zh
        expect(rows.some((row) => row.startsWith(`${step} ${words}`))).toBe(true)
      }
    }
  })

  test('draws the organisation and every process, with words of 6.5 points and more', () => {
    const pictures = flat(manual(lang).blocks).filter((block) => block.kind === 'picture')
    expect(pictures).toHaveLength(1 + edition.workflows.flatMap((one) => one.processes).length)
    const wide = new Set(
      flat(manual(lang).blocks).flatMap((block) =>
        block.kind === 'turned' ? flat(block.blocks).filter((one) => one.kind === 'picture') : [],
      ),
    )
    for (const picture of pictures)
      for (const part of picture.parts) {
        const [width, height] = wide.has(picture) ? [728, 400] : [481, 600]
        const scale = Math.min(0.7, width / part.width, height / part.height)
        const smallest = Math.min(
          ...[...part.svg.matchAll(/font-size="(\d+)"/g)].map((one) => Number(one[1])),
        )
        expect(smallest * scale, JSON.stringify(picture.caption)).toBeGreaterThanOrEqual(6.45)
      }
  })

  test('begins a page for each post, workflow and form, and leaves no heading alone before one', () => {
    const blocks = settled(manual(lang)).blocks
    for (const post of edition.posts.filter((one) => one.kind === 'inside')) {
      const at = blocks.findIndex(
        (block) => block.kind === 'heading' && block.text === `${post.id} ${set(post.name[lang])}`,
      )
      // The first one shares its page with the title of its section.
      let first = at
      while (blocks[first - 1]?.kind === 'heading') first -= 1
      expect(blocks[first], post.id).toMatchObject({ kind: 'heading', page: true })
    }
    // Of the workflows of a section the first shares its page with their list.
    for (const kind of new Set(edition.workflows.map((one) => one.kind))) {
      const titles = edition.workflows
        .filter((one) => one.kind === kind)
        .map((one) => `${one.id} ${set(one.name[lang])}`)
      const begin = blocks.filter((block) => block.kind === 'heading' && titles.includes(String(block.text)))
      expect(begin.map((block) => block.kind === 'heading' && block.page === true)).toEqual(
        titles.map((_, at) => at > 0),
      )
    }
    for (const [at, block] of blocks.entries())
      if (block.kind === 'heading') {
        const next = blocks[at + 1]
        expect(next?.kind, JSON.stringify(block.text)).not.toBe('turned')
        if (next?.kind === 'heading') expect(next.page, JSON.stringify(next.text)).not.toBe(true)
      }
  })
})

test('Post sheets begin with whom others stand below, not with who advises from outside', () => {
  const titles = flat((compose(edition, 'zh', 'ch:3') as Document).blocks).flatMap((block) =>
    block.kind === 'heading' && block.page ? [String(block.text)] : [],
  )
  const at = (id: string) => titles.findIndex((title) => title.startsWith(`${id} `))
  expect(at('GM')).toBeLessThan(at('SUP'))
  expect(at('SUP')).toBeLessThan(at('REP'))
  expect(at('REP')).toBeLessThan(at('CON'))
})

describe('Where a step leads', () => {
  const row = (part: string, code: string, what: string) =>
    blocksOf(part)
      .flatMap((block) => (block.kind === 'table' ? block.rows : []))
      .find((cells) => cells[0] === code && String(cells[1]).startsWith(what))
      ?.map(String)

  test('is told for each outcome: on, back, or to whom after the last round', () => {
    const cells = row('wf:PLAN', 'C-3', '审议')
    expect(cells?.[5]).toMatch(/通过 → C-4/)
    expect(cells?.[5]).toMatch(/不通过 → 退回 C-2/)
    expect(cells?.[5]).toMatch(/→ C-3 裁定/)
  })
  test('is told for a step that runs another workflow, with the steps it runs through', () => {
    const cells = row('wf:SALE', 'S-1', '商机挖掘')
    expect(cells?.[1]).toMatch(/调用流程 OPP .*（M-1–M-5）/)
    expect(cells?.[5]).toMatch(/合格 → S-2/)
  })
})

describe('An indicator has a sheet', () => {
  test('with formula, unit, scoring, data, and who carries it with which weight', () => {
    const facts = new Map(
      blocksOf('kpi:K01').flatMap((block) => (block.kind === 'facts' ? block.rows : [])) as [
        string,
        string,
      ][],
    )
    expect(facts.get('算法')).toContain('净价')
    expect(facts.get('单位与口径')).toBe('元、不含税')
    expect(facts.get('计分')).toMatch(/^按完成率，见参数表“.+”$/)
    expect(facts.get('数据来源')).toContain('R-ORD')
    for (const post of edition.posts)
      for (const kpi of post.sheet?.kpis ?? [])
        if (kpi.kpi === 'K01') expect(facts.get('承担岗位与权重')).toContain(`${post.name.zh} ${kpi.weight}%`)
  })
})

describe('Both languages in one document', () => {
  test('tell every piece in Chinese and in English, and each heading once', () => {
    const zh = flat(manual('zh').blocks).filter((block) => block.kind === 'heading')
    const both = flat(manual('both').blocks).filter((block) => block.kind === 'heading')
    expect(both).toHaveLength(zh.length)
    const words = new Set(wordsOf(manual('both')))
    const missing = [...wordsOf(manual('zh')), ...wordsOf(manual('en'))].filter((one) => !words.has(one))
    // The number of a heading stands once, before the Chinese.
    expect(missing.filter((one) => ![...words].some((each) => one.endsWith(` ${each}`)))).toEqual([])
  })
  test('keep a table one table and draw each picture twice', () => {
    const count = (doc: Document, kind: string) =>
      flat(doc.blocks).filter((block) => block.kind === kind).length
    expect(count(manual('both'), 'table')).toBe(count(manual('zh'), 'table'))
    expect(count(manual('both'), 'picture')).toBe(2 * count(manual('zh'), 'picture'))
  })
})

test.each(['zh', 'both'] as const)(
  'The manual in %s is one HTML file that needs nothing else, with every word and a link to each heading of three levels',
  async (lang) => {
    const html = new TextDecoder().decode((await printEdition(edition, { format: 'html', lang }))?.bytes)
    const bare = html
      .replaceAll(/<[^>]*>/g, '\n')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    for (const text of wordsOf(manual(lang))) expect(bare).toContain(text)
    expect(html).not.toMatch(/(src|href)="(?!data:image|#)/)
    expect(html).not.toContain('<script')
    const links = [...html.matchAll(/href="#(\w+)"/g)].map((found) => found[1])
    expect(links).toHaveLength(
      flat(manual(lang).blocks).filter((block) => block.kind === 'heading' && block.level <= 3).length,
    )
    for (const link of links) expect(html).toContain(`id="${link}"`)
    expect(html.match(/<img /g)?.length).toBe(html.match(/<img alt="[^"]+"/g)?.length)
  },
)

test('A part is printed by its reference; one that is not there is not', async () => {
  const part = (ref: string) => printEdition(edition, { format: 'html', lang: 'zh', part: ref })
  for (const [ref, name] of [
    ['form:FM-19', 'FM-19'],
    ['wf:PLAN', 'PLAN'],
    ['post:KAM', 'KAM'],
    ['policy:MP-02', 'MP-02'],
    ['kpi:K01', 'K01'],
    ['fn:A1', 'A1'],
    ['ch:2', '2 '],
  ] as const)
    expect((await part(ref))?.fileName, ref).toContain(name)
  expect(await part('form:FM-999')).toBeNull()
})
