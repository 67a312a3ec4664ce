import { describe, expect, it } from 'vitest'
import { readEditionFolder } from '../../handbook/load/folder.ts'
import { loadEdition } from '../../handbook/load.ts'
import type { Policy, Post, TaskNode } from '../../handbook/model.ts'
import { findIn } from '../../handbook/search/find.ts'
import { formsOf, partsIn } from '../../handbook/words/duties.ts'
import { elementOf, refOf, stepsOf } from '../../handbook/words/element.ts'
import { endsOf } from '../../handbook/words/ends.ts'
import { initialsOf, syllablesOf } from '../../handbook/words/initials.ts'
import { deadlineText } from '../../handbook/words/norms.ts'
import { policyStanding, postStanding } from '../../handbook/words/standing.ts'
import { belongsTo } from './belongs.ts'
import { partsOf } from './Linked.tsx'
import { followingOf, waysOf } from './ways.ts'

const { edition } = await loadEdition(await readEditionFolder('handbook'))
if (!edition) throw new Error('the reference edition does not load')
const plan = edition.workflows.find((one) => one.id === 'PLAN')
if (!plan) throw new Error('PLAN is missing')
const main = plan.processes[0]
const task = (id: string) => main?.nodes.find((node) => node.id === id) as TaskNode

describe('what a link names', () => {
  it('finds every element by its own reference', () => {
    const refs = [
      ...edition.chapters.map((one) => `ch:${one.id}`),
      ...edition.chapters.flatMap((one) => one.sections.map((section) => `ch:${one.id}/${section.id}`)),
      ...edition.posts.map((one) => `post:${one.id}`),
      ...edition.functions.map((one) => `fn:${one.id}`),
      ...edition.forms.map((one) => `form:${one.id}`),
      ...edition.kpis.map((one) => `kpi:${one.id}`),
      ...edition.policies.map((one) => `policy:${one.id}`),
      ...edition.norms.map((one) => `norm:${one.id}`),
      ...edition.workflows.flatMap((one) => [
        `wf:${one.id}`,
        ...stepsOf(one).map((step) => `wf:${one.id}/${step}`),
      ]),
    ]
    for (const ref of refs) {
      const element = elementOf(edition, ref)
      expect(element && refOf(element), ref).toBe(ref)
    }
  })
  it('takes codes as people write them, and tells C1 from C-1', () => {
    expect(elementOf(edition, 'C-3')).toMatchObject({ is: 'workflow', step: 'C-3' })
    expect(elementOf(edition, 'C1')).toMatchObject({ is: 'function' })
    expect(elementOf(edition, 'policy:MP-02/3')).toMatchObject({ is: 'policy', chapter: 3 })
    expect(elementOf(edition, 'norm:norm.deadlines.planBasis')).toMatchObject({
      is: 'norm',
      value: 'planBasis',
    })
    expect(elementOf(edition, 'wf:NONE')).toBeNull()
    expect(elementOf(edition, 'wf:PLAN/C-99')).toBeNull()
  })
})

describe('a sentence', () => {
  it('links codes, fills in norms and leaves other words alone', () => {
    const parts = partsOf(edition, '用 FM-18，最多 {{norm.planning.reviewRounds}}，见 XX-99', 'zh')
    expect(parts).toEqual([
      '用 ',
      { ref: 'form:FM-18', text: 'FM-18' },
      '，最多 ',
      { ref: 'norm:norm.planning.reviewRounds', text: '3 轮' },
      '，见 XX-99',
    ])
  })
})

describe('the ways out of a task', () => {
  it('follows outcomes through the gateway, the last round apart', () => {
    const ways = waysOf(main!, task('review'))
    expect(ways.map((way) => [way.when?.zh, way.to.map((node) => node.id), way.commentRequired])).toEqual([
      ['通过', ['finalise'], false],
      ['不通过', ['draft'], true],
      ['末轮仍不通过', ['decide'], true],
    ])
  })
  it('passes a fork and names where the case rests or ends', () => {
    expect(waysOf(main!, task('confirm-head'))[0]?.to[0]).toMatchObject({
      kind: 'end',
      result: 'year-closed',
    })
  })
})

describe('what belongs to an element', () => {
  it('gives a step its form, posts, deadline and policy', () => {
    const element = elementOf(edition, 'wf:PLAN/C-3')
    const belongs = belongsTo(edition, element!)
    expect(belongs.forms.map((one) => one.code)).toEqual(['FM-18'])
    expect(belongs.posts.map((one) => one.code)).toEqual(['FIN', 'GM', 'MKT', 'SDM'])
    expect(belongs.norms.map((one) => one.ref)).toEqual(['norm:norm.deadlines'])
    expect(belongs.policies.map((one) => one.code)).toContain('MP-02')
  })
})

describe('search', () => {
  it('finds by code, by a word of either language and by a word in the text', () => {
    expect(findIn(edition, 'fm-18')[0]?.ref).toBe('form:FM-18')
    expect(findIn(edition, '审议').map((hit) => hit.ref)).toContain('wf:PLAN/C-3')
    expect(findIn(edition, 'sales head').map((hit) => hit.ref)).toContain('post:SUP')
    expect(findIn(edition, '目标责任书').map((hit) => hit.ref)).toContain('policy:MP-02/5')
    expect(findIn(edition, '没有这样的词')).toEqual([])
  })
  it.each([
    ['fm18', 'form:FM-18'],
    ['k1', 'kpi:K01'],
    ['p12', 'wf:BID/P-12'],
    ['mp3', 'policy:MP-03'],
    // A number of a function to the letter comes before the step that only looks like it.
    ['c5', 'fn:C5'],
    ['c-5', 'wf:PLAN/C-5'],
    ['hetong', 'policy:MP-08'],
    ['huikuan', 'form:FM-15'],
    ['kehufenji', 'policy:MP-04/4'],
    ['da ke hu', 'norm:norm.accounts'],
    ['hk', 'form:FM-15'],
    ['合同', 'policy:MP-08'],
    ['业务员', 'post:REP'],
    ['A类客户', 'policy:MP-04/4'],
    ['KPI', 'ch:3/kpis'],
  ])('takes %s as people type it', (typed, ref) => {
    expect(findIn(edition, typed)[0]?.ref).toBe(ref)
  })
  it('leads every hit to a place that is there', () => {
    for (const word of ['a', '销售', '1', 'e'])
      for (const hit of findIn(edition, word, 1000))
        expect(elementOf(edition, hit.ref), hit.ref).not.toBeNull()
  })
  it('leads a term to where the terms are printed', () => {
    const term = edition.glossary[0]
    expect(findIn(edition, term?.term.zh ?? '').map((hit) => hit.ref)).toContain('ch:1/glossary')
  })
})

describe('a question', () => {
  const first = (words: string) => findIn(edition, words)[0]
  it('is led by the other names of the glossary to the place that rules', () => {
    expect(first('丢标')?.ref).toBe('wf:BID/P-12')
    expect(first('lost bid')?.ref).toBe('wf:BID/P-12')
    expect(first('When is the budget meeting?')?.ref).toBe('wf:BUDG/F-3')
  })
  it('with an amount is answered by the lowest post whose limit covers it', () => {
    expect(first('折扣 8%')?.answer?.zh).toMatch(/^8% → 主管/)
    expect(first('折扣 8.5%')?.answer?.zh).toMatch(/^8.5% → 销售部经理/)
    expect(first('20% discount')?.answer?.en).toMatch(/^20% → General manager/)
    expect(first('合同 200万')?.answer?.zh).toMatch(/^200万 → 销售部经理/)
  })
  it('may be a whole sentence, and nonsense is answered by nothing', () => {
    expect(first('大客户总监要填哪些表')?.ref).toBe('post:SUP/forms')
    expect(findIn(edition, 'xylophone quartz')).toEqual([])
  })
  it('finds steps that call another flow, with the flow they run', () => {
    expect(first('S-1')).toMatchObject({ ref: 'wf:SALE/S-1' })
    expect(first('S-1')?.answer?.zh).toContain('商机挖掘')
  })
})

describe('what a post has in hand', () => {
  const { does, decides } = formsOf(edition, 'SUP')
  it('are the forms it fills and, apart, those it passes, refuses or decides by limit', () => {
    expect(does.map((one) => one.form.id)).toContain('FM-18')
    expect(decides.map((one) => one.form.id)).toContain('FM-08')
    expect(does.map((one) => one.form.id)).not.toContain('FM-13')
  })
  it('reaches tasks in another lane that rise to it', () => {
    const sdm = partsIn(edition, 'SDM').filter((one) => one.task.ladder && one.task.post !== 'SDM')
    expect(sdm.length).toBeGreaterThan(0)
    expect(sdm.every((one) => one.how === 'decides')).toBe(true)
  })
})

describe('what comes after an end', () => {
  it('is the step of the calling flow', () => {
    expect(followingOf(edition, 'BID', 'lost').map((one) => one.ref)).toEqual(['wf:SALE/S-10'])
    expect(followingOf(edition, 'BID', 'nothing')).toEqual([])
  })
})

describe('a deadline', () => {
  it('says what may be taken at most, and what must be left at least', () => {
    const from = { zh: '首轮谈判之前', en: 'before the first round' }
    expect(deadlineText({ workdays: 5, from, least: true })).toEqual({
      zh: '首轮谈判之前 至少 5 个工作日',
      en: 'at least 5 working days before the first round',
    })
    expect(deadlineText({ hours: 4 })).toEqual({ zh: '4 小时内', en: 'within 4 hours' })
  })
  it('names no switch by its id in a note', () => {
    for (const { processes } of edition.workflows)
      for (const { nodes } of processes)
        for (const node of nodes)
          for (const { id } of edition.switches)
            expect('note' in node ? JSON.stringify(node.note) : '').not.toContain(id)
  })
})

describe('pinyin', () => {
  it('is told syllable by syllable, letters as they are', () => {
    expect(syllablesOf('年度计划 C-5')).toEqual(['nian', 'du', 'ji', 'hua', 'c', '5'])
    expect(syllablesOf('须女绿略').join(' ')).toBe('xu nv lv lve')
  })
})

describe('pinyin initials', () => {
  it('find what is spelt by them, behind what is named outright', () => {
    expect(initialsOf('年度大客户销售计划书')).toBe('nddkhxsjhs')
    expect(initialsOf('KPI 考核（2018）')).toBe('kpikh2018')
    expect(findIn(edition, 'ndjh').length + findIn(edition, 'xsjh').length).toBeGreaterThan(0)
    expect(findIn(edition, 'xsjhglzd')[0]).toMatchObject({ ref: 'policy:MP-02' })
    expect(findIn(edition, 'qqqqq')).toEqual([])
  })
})

describe('how a workflow ends', () => {
  it('keeps the ends of its parts apart from its own', () => {
    expect(endsOf(plan).map((one) => one.zh)).toEqual(['年度结束'])
    const manager = plan.processes.find((one) => one.id === 'PLAN.manager')
    expect(endsOf(plan, manager).map((one) => one.zh)).toEqual(['已分解'])
  })
})

describe('what holds, and what the program works by', () => {
  const policy = (id: string) => edition.policies.find((one) => one.id === id) as Policy
  it('calls a policy running only where one of its workflows runs', () => {
    expect(policyStanding(edition, policy('MP-07')).is).toBe('inForce')
    const running = edition.policies.filter((one) => policyStanding(edition, one).is === 'running')
    expect(running.length).toBeGreaterThan(0)
    for (const one of running) expect(one.workflows).toContain('PLAN')
  })
  it('calls a policy without a text a title, whatever runs', () => {
    const [running] = edition.policies.filter((one) => one.workflows.includes('PLAN')) as [Policy]
    const { body: _, ...title } = running
    expect(policyStanding(edition, title).is).toBe('titled')
  })
  it('never says that a post runs, and names the workflows that do', () => {
    const rep = edition.posts.find((one) => one.id === 'REP') as Post
    expect(postStanding(edition, rep)).toMatchObject({ is: 'inForce', flows: [{ id: 'PLAN' }] })
  })
})
