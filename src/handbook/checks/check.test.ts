import { describe, expect, it } from 'vitest'
import { readEditionFolder } from '../load/folder.ts'
import { loadEdition } from '../load.ts'
import type { Problem } from '../model.ts'
import type { Bindings } from './bindings.ts'
import { checkEdition, checks } from './check.ts'

/** A small edition that is complete and clean: a solution provider with six seats, no branches, two workflows. */
const files = await readEditionFolder('test/editions/provider')
const [DEAL, CARE] = ['workflows/DEAL.bpmn', 'workflows/CARE.bpmn']

/** What a program offers that could run it. */
const bindings: Bindings = {
  kinds: { account: ['name'], opportunity: ['account_id'], offer: ['amount'], survey: [] },
  acts: ['register', 'offer', 'approve', 'talk', 'confirm'].map((one) => `deal.${one}`),
  collections: ['deal.partners'],
  measures: ['deal.sales'],
}

async function judged(changed: Record<string, string>, offered: Bindings = bindings): Promise<Problem[]> {
  const { edition, problems } = await loadEdition({ ...files, ...changed })
  if (!edition) throw new Error(JSON.stringify(problems))
  return checkEdition(edition, offered)
}

interface Broken {
  readonly check: string
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly severity?: Problem['severity']
  /** Text whose line the problem must name; `to` if left out; empty where the place is another file. */
  readonly at?: string
  /** The parts that the program works by for this fixture. */
  readonly running?: readonly string[]
}

const broken: Broken[] = [
  {
    check: 'log',
    name: 'an edition that its change log does not know',
    file: 'edition.yaml',
    from: 'number: "1"\ntitle',
    to: 'number: "2"\ntitle',
    severity: 'warning',
    at: 'changes:',
  },
  {
    check: 'codes',
    name: 'two codes that differ by a hyphen',
    file: 'forms/FM-02.yaml',
    from: 'id: FM-02',
    to: 'id: FM01',
  },
  {
    check: 'codes',
    name: 'a step whose code is an indicator’s',
    file: 'kpis.yaml',
    from: '- id: Z2',
    to: '- id: D02',
    at: 'kb:step="D-2"',
  },
  {
    check: 'once',
    name: 'a step code in two workflows',
    file: CARE,
    from: 'kb:step="K-1"',
    to: 'kb:step="D-1"',
    at: '',
  },
  {
    check: 'once',
    name: 'an act in two steps',
    file: DEAL,
    from: 'kb:act="deal.offer"',
    to: 'kb:act="deal.register"',
  },
  {
    check: 'references',
    name: 'a superior that does not exist',
    file: 'posts/HEAD.yaml',
    from: 'superior: GM',
    to: 'superior: BOSS',
  },
  {
    check: 'references',
    name: 'a form that does not exist',
    file: DEAL,
    from: 'kb:forms="FM-02"',
    to: 'kb:forms="FM-20"',
  },
  {
    check: 'references',
    name: 'a signer that does not exist',
    file: DEAL,
    from: 'kb:signers="TECH FIN"',
    to: 'kb:signers="TECH LAW"',
  },
  {
    check: 'references',
    name: 'a called process that does not exist',
    file: DEAL,
    from: 'calledElement="DEAL.partner"',
    to: 'calledElement="DEAL.nobody"',
  },
  {
    check: 'references',
    name: 'a term that leads nowhere',
    file: 'glossary.yaml',
    from: 'aliases: [标价]',
    to: 'aliases: [标价], see: ["wf:DEAL/D-99"]',
  },
  {
    check: 'headcount',
    name: 'seats that do not add up',
    file: 'organisation.yaml',
    from: 'headcount: 4',
    to: 'headcount: 5',
  },
  {
    check: 'chain',
    name: 'superiors in a circle',
    file: 'posts/HEAD.yaml',
    from: 'superior: GM',
    to: 'superior: SALES',
  },
  {
    check: 'chain',
    name: 'a relation that stands twice',
    file: 'organisation.yaml',
    from: 'id: supervision',
    to: 'id: deal',
    at: 'relations:',
  },
  {
    check: 'functions',
    name: 'a function led by nobody',
    file: 'functions.yaml',
    from: 'HEAD: [responsible], SALES: [executes]',
    to: 'HEAD: [approves], SALES: [executes]',
  },
  {
    check: 'functions',
    name: 'a function without a workflow that does not say why',
    file: 'functions.yaml',
    from: '  noWorkflow: { zh: 随日常工作进行, en: Done along with the daily work }\n',
    to: '',
    at: '- id: F3',
  },
  {
    check: 'matrix',
    name: 'a lane whose post has no duty',
    file: 'functions.yaml',
    from: '      SALES: [executes],\n      TECH',
    to: '      TECH',
    at: '',
    running: [DEAL],
  },
  {
    check: 'weights',
    name: 'weights that sum to 101',
    file: 'posts/HEAD.yaml',
    from: 'weight: 70',
    to: 'weight: 71',
    at: '  kpis:',
  },
  {
    check: 'lanes',
    name: 'a task in another post’s lane',
    file: DEAL,
    from: 'kb:step="D-2" ',
    to: 'kb:step="D-2" kb:post="TECH" ',
  },
  {
    check: 'lanes',
    name: 'a lane without a task',
    file: DEAL,
    from: '<bpmn:flowNodeRef>DEAL_approve</bpmn:flowNodeRef>',
    to: '',
    at: 'kb:post="HEAD"',
  },
  {
    check: 'entries',
    name: 'a process that nobody calls',
    file: CARE,
    from: ' kb:entry="own"',
    to: '',
    at: 'CARE.year_start',
  },
  {
    check: 'outcomes',
    name: 'a step that can only be refused',
    file: DEAL,
    from: '<kb:outcome id="submit" name="送批" en="Submit"/>',
    to: '<kb:outcome id="submit" name="送批" en="Submit" negative="true"/>',
    at: 'id="DEAL_offer"',
  },
  {
    check: 'outcomes',
    name: 'an end without a declared result word',
    file: DEAL,
    from: 'kb:result="dropped"',
    to: 'kb:result="gone"',
  },
  {
    check: 'outcomes',
    name: 'a result word that no end reaches',
    file: DEAL,
    from: '<kb:result id="refused"',
    to: '<kb:result id="lost" name="丢失" en="Lost"/><kb:result id="refused"',
  },
  {
    check: 'outcomes',
    name: 'a refusal that goes the way of the approval',
    file: CARE,
    from: '<kb:outcome id="visited" name="已回访" en="Visited"/>',
    to: '<kb:outcome id="visited" name="已回访" en="Visited"/><kb:outcome id="no" name="未成" en="Failed" negative="true"/>',
    at: 'id="CARE_visit"',
  },
  {
    check: 'gateways',
    name: 'an outcome that leads nowhere',
    file: DEAL,
    from: 'kb:outcome="drop"/>',
    to: 'kb:outcome="lose"/>',
    at: 'id="DEAL_fitting"',
  },
  {
    check: 'loops',
    name: 'a maximum without a target after it',
    file: DEAL,
    from: 'name="再次退回" kb:en="Returned again" kb:outcome="return"/>',
    to: 'name="再次退回" kb:en="Returned again" kb:outcome="approve"/>',
    at: 'id="DEAL_f8"',
  },
  {
    check: 'loops',
    name: 'a maximum that leads to the same step again',
    file: DEAL,
    from: 'sourceRef="DEAL_approved" targetRef="DEAL_end-refused"',
    to: 'sourceRef="DEAL_approved" targetRef="DEAL_offer"',
    at: 'id="DEAL_f8"',
  },
  {
    check: 'loops',
    name: 'a maximum typed into the drawing',
    file: DEAL,
    from: 'round &lt; norm.rounds.offer',
    to: 'round &lt; 2',
    at: 'id="DEAL_f8"',
  },
  {
    check: 'conditions',
    name: 'a condition with a misspelt parameter',
    file: DEAL,
    from: 'norm.rounds.offer',
    to: 'norm.rounds.offers',
    at: 'id="DEAL_f8"',
  },
  {
    check: 'reach',
    name: 'a step from which no way leads to an end',
    file: CARE,
    from: 'sourceRef="CARE.year_issue" targetRef="CARE.year_end-planned"',
    to: 'sourceRef="CARE.year_issue" targetRef="CARE.year_issue"',
    at: 'id="CARE.year_issue"',
  },
  {
    check: 'handovers',
    name: 'an outcome that the called process never ends with',
    file: DEAL,
    from: '<kb:outcome id="kept"',
    to: '<kb:outcome id="happy"',
  },
  {
    check: 'handovers',
    name: 'a segment that is entered elsewhere',
    file: CARE,
    from: 'sourceRef="CARE_start" targetRef="CARE_visit"',
    to: 'sourceRef="CARE_start" targetRef="CARE_survey"',
    at: '',
  },
  {
    check: 'handovers',
    name: 'another case that begins at a step which does not exist',
    file: DEAL,
    from: 'starts="wf:DEAL/D-1"',
    to: 'starts="wf:DEAL/D-9"',
  },
  {
    check: 'deadlines',
    name: 'a day that does not exist',
    file: 'norms/deadlines.yaml',
    from: 'value: { date: "09-15" }',
    to: 'value: { date: "02-30" }',
  },
  {
    check: 'deadlines',
    name: 'a deadline of two kinds',
    file: 'norms/deadlines.yaml',
    from: 'value: { hours: 24 }',
    to: 'value: { hours: 24, days: 2 }',
  },
  {
    check: 'deadlines',
    name: 'a step due before the one it follows',
    file: 'norms/deadlines.yaml',
    from: 'value: { workdays: 5 }, tag: default }\n    yearIssue',
    to: 'value: { date: "10-20" }, tag: default }\n    yearIssue',
    at: '',
  },
  {
    check: 'deadlines',
    name: 'a share of a bid’s time that runs backwards',
    file: 'norms/deadlines.yaml',
    from: 'value: { date: "09-15" }, tag: default }\n    yearReview: { name: { zh: K-6 审阅, en: K-6 review }, value: { workdays: 5 }',
    to: 'value: { share: 60 }, tag: default }\n    yearReview: { name: { zh: K-6 审阅, en: K-6 review }, value: { share: 40 }',
    at: '',
  },
  {
    check: 'deadlines',
    name: 'a running step whose day the program cannot count',
    file: 'norms/deadlines.yaml',
    from: 'value: { workdays: 1 }',
    to: 'value: { open: { zh: 按约定, en: as agreed } }',
    at: '',
    running: [DEAL],
  },
  {
    check: 'holidays',
    name: 'dates between which a long holiday takes the days away',
    file: 'norms/deadlines.yaml',
    from: 'value: { date: "09-15" }',
    to: 'value: { date: "09-28" }',
    at: '',
  },
  {
    check: 'stations',
    name: 'stations that take longer than the whole',
    file: 'norms/deadlines.yaml',
    from: 'en: D-5 confirm }, value: { workdays: 2 }',
    to: 'en: D-5 confirm }, value: { workdays: 4 }',
    at: '',
  },
  {
    check: 'norms',
    name: 'a policy that refers to an unknown parameter',
    file: 'policies/MP-01.zh.md',
    from: 'norm.rounds.offer',
    to: 'norm.rounds.order',
  },
  {
    check: 'norms',
    name: 'a limit of a post that refers to an unknown cell',
    file: 'posts/SALES.yaml',
    from: 'zh: "折扣不超过 {{norm.limits.discount.SALES}}"',
    to: 'zh: "折扣不超过 {{norm.limits.discount.REP}}"',
  },
  {
    check: 'norms',
    name: 'a step without a deadline',
    file: DEAL,
    from: ' kb:due="norm.deadlines.offer"',
    to: '',
    at: 'id="DEAL_offer"',
  },
  {
    check: 'norms',
    name: 'a row without one of its cells',
    file: 'norms/limits.yaml',
    from: 'cells: { SALES: 2, HEAD',
    to: 'cells: { HEAD',
    at: '- id: discount',
  },
  {
    check: 'norms',
    name: 'an indicator scored by a norm that is not there',
    file: 'kpis.yaml',
    from: 'kpi.scoring.full',
    to: 'kpi.scoring.half',
  },
  {
    check: 'numbers',
    name: 'a number typed into a policy',
    file: 'policies/MP-01.zh.md',
    from: '最多退回 {{norm.rounds.offer}}',
    to: '最多退回 2 次',
  },
  {
    check: 'numbers',
    name: 'a number typed into the note of a step',
    file: DEAL,
    from: 'kb:note="超出自己权限的，直接到有权的岗位。"',
    to: 'kb:note="超出 8% 的，直接到有权的岗位。"',
  },
  {
    check: 'terms',
    name: 'a word that means two things',
    file: 'glossary.yaml',
    from: 'aliases: [标价]',
    to: 'aliases: [商机]',
  },
  {
    check: 'ladders',
    name: 'an amount without an approver',
    file: 'norms/limits.yaml',
    from: 'HEAD: { value: 8, and: [FIN] }, GM: null',
    to: 'HEAD: { value: 8, and: [FIN] }, GM: 15',
    at: '- id: discount',
  },
  {
    check: 'ladders',
    name: 'a superior with a smaller limit',
    file: 'norms/limits.yaml',
    from: 'SALES: 2, HEAD',
    to: 'SALES: 12, HEAD',
    at: '- id: discount',
  },
  {
    check: 'ladders',
    name: 'a row that does not exist',
    file: DEAL,
    from: 'kb:ladder="norm.limits.discount"',
    to: 'kb:ladder="norm.limits.rebate"',
  },
  {
    check: 'ladders',
    name: 'a lane whose post has no power in the row',
    file: 'norms/limits.yaml',
    from: 'HEAD: { value: 8, and: [FIN] }, GM: null',
    to: 'HEAD: "-", GM: null',
    at: '',
  },
  {
    check: 'approvers',
    name: 'somebody who signs what he brings',
    file: DEAL,
    from: 'kb:signers="TECH FIN"',
    to: 'kb:signers="TECH SALES"',
  },
  {
    check: 'approvers',
    name: 'a request above which nobody may decide',
    file: 'norms/limits.yaml',
    from: 'SALES: 2, HEAD: { value: 8, and: [FIN] }, GM: null',
    to: 'SALES: null, HEAD: "-", GM: "-"',
    at: '',
  },
  {
    check: 'judges',
    name: 'a survey made by those it scores',
    file: 'kpis.yaml',
    from: 'measuredAt: [CARE/K-2]',
    to: 'measuredAt: [CARE/K-1]',
  },
  {
    check: 'judges',
    name: 'a rating that nobody says where it is made',
    file: 'kpis.yaml',
    from: '  measuredAt: [CARE/K-2]\n',
    to: '',
    at: '- id: Z2',
  },
  {
    check: 'records',
    name: 'a record that no step produces',
    file: DEAL,
    from: ' kb:produces="R-OPP"',
    to: '',
    at: '',
  },
  {
    check: 'records',
    name: 'a step that produces what is not a record',
    file: DEAL,
    from: 'kb:produces="R-OPP"',
    to: 'kb:produces="R-OPP R-BOX"',
  },
  {
    check: 'kpis',
    name: 'a running indicator without its measure',
    file: 'kpis.yaml',
    from: 'measure: deal.sales',
    to: 'measure: deal.profit',
    running: ['kpis.yaml'],
  },
  {
    check: 'kpis',
    name: 'an indicator that counts unknown records',
    file: 'kpis.yaml',
    from: 'records: [R-QUO]',
    to: 'records: [R-BOX]',
  },
  {
    check: 'kpis',
    name: 'a scored indicator without a method',
    file: 'kpis.yaml',
    from: '  scoring: { method: value }\n',
    to: '',
    at: 'formula: { zh: 有效',
  },
  {
    check: 'forms',
    name: 'a form that no step uses',
    file: DEAL,
    from: 'kb:step="D-2" kb:forms="FM-02"',
    to: 'kb:step="D-2" kb:forms="FM-01"',
    at: '',
  },
  {
    check: 'forms',
    name: 'a form that does not name its records',
    file: 'forms/FM-02.yaml',
    from: 'kinds: [R-QUO]\n',
    to: '',
    at: 'id: FM-02',
  },
  {
    check: 'forms',
    name: 'a field of a running form bound to nothing',
    file: 'forms/FM-01.yaml',
    from: 'bind: opportunity.account_id',
    to: 'bind: opportunity.season',
    running: ['forms/FM-01.yaml'],
  },
  {
    check: 'forms',
    name: 'a binding that is not well written',
    file: 'forms/FM-02.yaml',
    from: 'bind: offer.amount',
    to: 'bind: offerAmount',
  },
  {
    check: 'money',
    name: 'an amount that does not state VAT',
    file: 'forms/FM-02.yaml',
    from: '          vat: excluded,\n',
    to: '',
    at: 'id: amount',
  },
  {
    check: 'money',
    name: 'amounts without a currency',
    file: 'form-frame.yaml',
    from: '  - { id: currency, label: { zh: 币种, en: Currency }, type: text }\n',
    to: '',
    at: '',
  },
  {
    check: 'code',
    name: 'an act the program does not have',
    file: DEAL,
    from: 'kb:act="deal.approve"',
    to: 'kb:act="deal.ponder"',
    running: [DEAL],
  },
  {
    check: 'code',
    name: 'a call without its collection',
    file: DEAL,
    from: 'kb:each="deal.partners"',
    to: 'kb:each="deal.friends"',
    running: [DEAL],
  },
  {
    check: 'rights',
    name: 'a right on an unknown record kind',
    file: 'rights.yaml',
    from: '- kind: account\n',
    to: '- kind: parcel\n',
  },
  {
    check: 'rights',
    name: 'a right of an unknown post',
    file: 'rights.yaml',
    from: 'post: GM, part: handbook',
    to: 'post: GMX, part: handbook',
  },
  {
    check: 'policies',
    name: 'a workflow that no policy covers',
    file: 'policies.yaml',
    from: 'workflows: [DEAL, CARE]',
    to: 'workflows: [DEAL]',
    at: '',
  },
  {
    check: 'policies',
    name: 'a policy that names no form',
    file: 'policies.yaml',
    from: 'forms: [FM-01, FM-02, FM-03]',
    to: 'forms: []',
    at: '- id: MP-01',
  },
  {
    check: 'switches',
    name: 'a switch set to what it does not offer',
    file: 'switches.yaml',
    from: '  value: zh',
    to: '  value: fr',
  },
  {
    check: 'languages',
    name: 'a text without its English',
    file: DEAL,
    from: ' kb:en="Write the offer"',
    to: '',
    at: 'name="编写报价"',
  },
  {
    check: 'languages',
    name: 'a policy with fewer chapters in one language',
    file: 'policies/MP-01.en.md',
    from: '## Final',
    to: 'Final',
    at: '',
  },
  {
    check: 'titles',
    name: 'a form that lost its fields',
    file: 'forms/FM-03.yaml',
    from: (files['forms/FM-03.yaml'] ?? '').slice((files['forms/FM-03.yaml'] ?? '').indexOf('sections:')),
    to: 'sections: []\n',
    severity: 'note',
    at: '',
  },
]

/** The named parts made running, all else as it is. */
const run = (changed: Record<string, string>, parts: readonly string[] = []): Record<string, string> => ({
  ...changed,
  ...Object.fromEntries(
    parts.map((name) => [
      name,
      (changed[name] ?? files[name] ?? '')
        .replace('kb:adoption="described"', 'kb:adoption="running"')
        .replace('adoption: described', 'adoption: running'),
    ]),
  ),
})

describe('a complete edition', () => {
  it('has no error and no warning while it is described', async () => {
    expect((await judged({})).filter((one) => one.severity !== 'note')).toEqual([])
  })
  it('has none either when the program works by the parts it can', async () => {
    const found = await judged(run({}, ['kpis.yaml', 'forms/FM-01.yaml']))
    expect(found.filter((one) => one.severity !== 'note')).toEqual([])
  })
})

describe('every rule', () => {
  it('has a fixture that breaks it', () => {
    expect([...new Set(broken.map((one) => one.check))].sort()).toEqual(checks.map((one) => one.id).sort())
  })
  it.each(broken)(
    '$check finds $name and says where',
    async ({ check, file, from, to, at, severity, running }) => {
      const source = files[file] as string
      expect(source).toContain(from)
      const changed = run({ [file]: source.replace(from, () => to) }, running)
      const found = (await judged(changed)).filter(
        (one) => one.check === check && one.severity === (severity ?? 'error'),
      )
      expect(found).not.toEqual([])
      for (const one of found) {
        expect(one.message.zh).toMatch(/\p{Script=Han}/u)
        expect(one.message.en).not.toMatch(/undefined|\[object/)
        expect(one.where.line).toBeGreaterThan(0)
        expect({ ...files, ...changed }[one.where.file]).toBeDefined()
      }
      if (at === '') return
      const wanted = (at ?? to).split('\n')[0] as string
      const places = found.map((one) => ({ ...one.where, text: lineOf({ ...files, ...changed }, one) }))
      expect(places.map((one) => one.text).filter((line) => line.includes(wanted))).not.toEqual([])
    },
  )
  it('finds structural faults of described parts as errors, and what the program lacks as notes', async () => {
    const described = await judged({
      [DEAL]: (files[DEAL] as string).replace('norm.rounds.offer', 'norm.rounds.offers'),
    })
    expect(described.filter((one) => one.check === 'conditions').map((one) => one.severity)).toEqual([
      'error',
    ])
    expect(described.filter((one) => one.check === 'code')).toEqual([])
    const lacking = await judged({}, { ...bindings, kinds: { account: [] } })
    expect(lacking.filter((one) => one.check === 'forms').map((one) => one.severity)).toEqual([
      'note',
      'note',
    ])
  })
  it('refuses a running step when the program lacks its act', async () => {
    const found = await judged(run({}, [DEAL]), { ...bindings, acts: [] })
    expect(found.filter((one) => one.check === 'code' && one.severity === 'error').length).toBe(5)
  })
})

function lineOf(all: Record<string, string>, { where }: Problem): string {
  return (all[where.file] ?? '').split('\n')[where.line - 1] ?? ''
}
