import { describe, expect, it } from 'vitest'
import { readEditionFolder } from '../load/folder.ts'
import { loadEdition } from '../load.ts'
import type { Problem } from '../model.ts'
import type { Bindings } from './bindings.ts'
import { checkEdition, checks } from './check.ts'

const files = await readEditionFolder('handbook')

/** What a program that runs the reference edition offers, read from the edition's own words. */
const words = (pattern: RegExp) => [
  ...new Set(
    Object.values(files).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] as string)),
  ),
]
const bindings: Bindings = {
  kinds: {
    account: [],
    order: [],
    'order-line': [],
    plan: ['year', 'version', 'base_year'],
    'plan-target': ['unit_id', 'quarter', 'amount', 'orders'],
    'plan-version': ['version', 'act', 'reason'],
    'plan-sheet-line': ['tree', 'account_id', 'period', 'amount', 'orders'],
    'plan-letter': ['holder_id', 'receiver_id'],
  },
  acts: words(/kb:act="([^"]+)"/g),
  collections: words(/kb:each="([^"]+)"/g),
  measures: ['sales.k01'],
}

async function judged(changed: Record<string, string>, offered: Bindings = bindings): Promise<Problem[]> {
  const { edition, problems } = await loadEdition({ ...files, ...changed })
  if (!edition) throw new Error(JSON.stringify(problems))
  return checkEdition(edition, offered)
}

describe('the reference edition', () => {
  it('has no error and no warning; what stands as a title is noted', async () => {
    const found = await judged({})
    expect(found.filter((one) => one.severity !== 'note')).toEqual([])
    expect(found.some((one) => one.check === 'titles' && one.ref === 'wf:SALE')).toBe(true)
  })
})

interface Broken {
  readonly check: string
  readonly name: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly severity?: Problem['severity']
  /** Text whose line the problem must name; `to` if left out. */
  readonly at?: string
}

const PLAN = 'workflows/PLAN.bpmn'
const broken: Broken[] = [
  {
    check: 'codes',
    name: 'two codes that differ by a hyphen',
    file: 'titles.yaml',
    from: '{ id: FM-02,',
    to: '{ id: FM18,',
  },
  {
    check: 'references',
    name: 'a superior that does not exist',
    file: 'posts/KAM.yaml',
    from: 'superior: SUP',
    to: 'superior: BOSS',
  },
  {
    check: 'references',
    name: 'a form that does not exist',
    file: PLAN,
    from: 'kb:step="C-2" kb:forms="FM-18"',
    to: 'kb:step="C-2" kb:forms="FM-81"',
  },
  {
    check: 'references',
    name: 'a step that does not exist',
    file: 'forms/FM-19.yaml',
    from: 'steps: [PLAN/C-5]',
    to: 'steps: [PLAN/C-5, PLAN/C-9]',
  },
  {
    check: 'references',
    name: 'an indicator that does not exist',
    file: 'posts/REP.yaml',
    from: 'kpi: K07',
    to: 'kpi: K77',
  },
  {
    check: 'references',
    name: 'a called process that does not exist',
    file: PLAN,
    from: 'calledElement="PLAN_rep"',
    to: 'calledElement="PLAN_nobody"',
  },
  {
    check: 'headcount',
    name: 'seats that do not add up',
    file: 'organisation.yaml',
    from: 'headcount: 22',
    to: 'headcount: 23',
  },
  {
    check: 'chain',
    name: 'superiors in a circle',
    file: 'posts/SUP.yaml',
    from: 'superior: SDM',
    to: 'superior: KAM',
  },
  {
    check: 'functions',
    name: 'a function led by nobody',
    file: 'functions.yaml',
    from: 'SUP: [responsible], KAM: [participates], REP: [executes]',
    to: 'SUP: [approves], KAM: [participates], REP: [executes]',
  },
  {
    check: 'functions',
    name: 'a function without a workflow that does not say why',
    file: 'functions.yaml',
    from: 'workflows: ["DELV"]',
    to: 'workflows: []',
    at: '- id: C3d',
  },
  {
    check: 'matrix',
    name: 'a lane whose post has no duty',
    file: 'functions.yaml',
    from: '      FIN: [participates],\n    }\n  workflows: ["PLAN"]',
    to: '    }\n  workflows: ["PLAN"]',
    at: '',
  },
  {
    check: 'weights',
    name: 'weights that sum to 101',
    file: 'posts/KAM.yaml',
    from: 'kpi: K01, weight: 20',
    to: 'kpi: K01, weight: 21',
    at: '  kpis:',
  },
  {
    check: 'weights',
    name: 'an indicator that does not know the post it measures',
    file: 'posts/KAM.yaml',
    from: 'kpi: K07, weight: 8',
    to: 'kpi: K08, weight: 8',
  },
  {
    check: 'kpis',
    name: 'a running indicator without its measure',
    file: 'kpis.yaml',
    from: 'measure: sales.k01',
    to: 'measure: sales.k99',
  },
  {
    check: 'kpis',
    name: 'an indicator that counts unknown records',
    file: 'kpis.yaml',
    from: '[R-ORD, R-SHP, R-ACC, R-RET, R-PLN]',
    to: '[R-ORD, R-BOX, R-ACC, R-RET, R-PLN]',
  },
  {
    check: 'lanes',
    name: 'a task in another post’s lane',
    file: PLAN,
    from: 'kb:step="C-2" kb:forms',
    to: 'kb:step="C-2" kb:post="KAM" kb:forms',
  },
  {
    check: 'outcomes',
    name: 'a step that can only be refused',
    file: PLAN,
    from: '<kb:outcome id="submit" name="提交审议" en="Submit for review"/>',
    to: '<kb:outcome id="submit" name="提交审议" en="Submit for review" negative="true"/>',
    at: 'id="PLAN_draft"',
  },
  {
    check: 'outcomes',
    name: 'an end without a result word',
    file: PLAN,
    from: 'kb:result="year-closed"',
    to: 'kb:result="gone"',
  },
  {
    check: 'gateways',
    name: 'an outcome that leads nowhere',
    file: PLAN,
    from: 'name="末轮仍不通过" kb:en="Not passed in the last round" kb:outcome="reject"/>',
    to: 'name="末轮仍不通过" kb:en="Not passed in the last round" kb:outcome="reject"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">round &gt; 7</bpmn:conditionExpression></bpmn:sequenceFlow>',
    at: 'id="PLAN_passed"',
  },
  {
    check: 'conditions',
    name: 'a condition with a misspelt parameter',
    file: PLAN,
    from: 'round &lt; norm.planning.reviewRounds',
    to: 'round &lt; norm.planning.reviewRound',
  },
  {
    check: 'reach',
    name: 'a step that leads nowhere',
    file: PLAN,
    from: 'id="PLAN_f22" sourceRef="PLAN_appraise" targetRef="PLAN_end"',
    to: 'id="PLAN_f22" sourceRef="PLAN_appraise" targetRef="PLAN_appraise"',
    at: 'bpmn:endEvent id="PLAN_end"',
  },
  {
    check: 'deadlines',
    name: 'a day that does not exist',
    file: 'norms/deadlines.yaml',
    from: 'value: { date: "11-05", year: -1 }',
    to: 'value: { date: "02-30", year: -1 }',
  },
  {
    check: 'deadlines',
    name: 'a step due before the one it follows',
    file: 'norms/deadlines.yaml',
    from: 'value: { date: "10-20", year: -1 }',
    to: 'value: { date: "11-20", year: -1 }',
    at: '',
  },
  {
    check: 'norms',
    name: 'a policy that refers to an unknown parameter',
    file: 'policies/MP-02.zh.md',
    from: 'norm.planning.makeUpDays',
    to: 'norm.planning.makeUp',
  },
  {
    check: 'norms',
    name: 'a step whose deadline is not in the tables',
    file: PLAN,
    from: 'kb:due="norm.deadlines.planDraft"',
    to: 'kb:due="norm.deadlines.planSketch"',
  },
  {
    check: 'code',
    name: 'an act the program does not have',
    file: PLAN,
    from: 'kb:act="planning.review"',
    to: 'kb:act="planning.ponder"',
  },
  {
    check: 'forms',
    name: 'a field bound to nothing',
    file: 'forms/FM-18.yaml',
    from: 'bind: plan-target.quarter',
    to: 'bind: plan-target.season',
  },
  {
    check: 'forms',
    name: 'an amount that does not state VAT',
    file: 'forms/FM-19.yaml',
    from: '          vat: excluded,\n',
    to: '',
    at: 'id: amount',
  },
  {
    check: 'rights',
    name: 'a right on an unknown record kind',
    file: 'rights.yaml',
    from: '- kind: plan\n',
    to: '- kind: plane\n',
  },
  {
    check: 'rights',
    name: 'a right of an unknown post',
    file: 'rights.yaml',
    from: '{ post: AUD, part: audit',
    to: '{ post: AUX, part: audit',
  },
  {
    check: 'policies',
    name: 'a workflow that no policy covers',
    file: 'policies.yaml',
    from: 'workflows: ["PLAN"]',
    to: 'workflows: ["BUDG"]',
    at: '',
  },
  {
    check: 'switches',
    name: 'a switch set to what it does not offer',
    file: 'switches.yaml',
    from: '  value: acceptance',
    to: '  value: invoice',
  },
  {
    check: 'languages',
    name: 'a text without its English',
    file: PLAN,
    from: ' kb:en="Draft the annual KA sales plan"',
    to: '',
    at: 'name="编制年度大客户销售计划初稿"',
  },
  {
    check: 'languages',
    name: 'a policy with fewer chapters in one language',
    file: 'policies/MP-02.en.md',
    from: '## Contents',
    to: 'Contents',
    at: '',
  },
  {
    check: 'titles',
    name: 'a form that lost its fields',
    file: 'forms/FM-19.yaml',
    from: (files['forms/FM-19.yaml'] ?? '').slice((files['forms/FM-19.yaml'] ?? '').indexOf('sections:')),
    to: 'sections: []\n',
    severity: 'note',
    at: '',
  },
]

describe('every rule', () => {
  it('has a fixture that breaks it', () => {
    expect([...new Set(broken.map((one) => one.check))].sort()).toEqual(checks.map((one) => one.id).sort())
  })
  it.each(broken)('$check finds $name and says where', async ({ check, file, from, to, at, severity }) => {
    const source = files[file] as string
    expect(source).toContain(from)
    const changed = source.replace(from, to)
    const found = (await judged({ [file]: changed })).filter(
      (one) => one.check === check && one.severity === (severity ?? 'error'),
    )
    expect(found).not.toEqual([])
    for (const one of found) {
      expect(one.message.zh).toMatch(/\p{Script=Han}/u)
      expect(one.message.en).not.toMatch(/undefined|\[object/)
    }
    if (at === '') return
    const wanted = (at ?? to).split('\n')[0] as string
    const lines = changed.split('\n').flatMap((line, index) => (line.includes(wanted) ? [index + 1] : []))
    expect(found.some((one) => one.where.file === file && lines.includes(one.where.line))).toBe(true)
  })
  it('finds faults of described parts, too, as notes', async () => {
    const described = (files[PLAN] as string).replace('kb:adoption="running"', 'kb:adoption="described"')
    const found = await judged({ [PLAN]: described.replace('planning.reviewRounds', 'planning.reviewRound') })
    expect(found.filter((one) => one.check === 'conditions').map((one) => one.severity)).toEqual(['note'])
  })
  it('refuses a running step when the program lacks its act', async () => {
    const found = await judged({}, { ...bindings, acts: [] })
    expect(new Set(found.filter((one) => one.severity === 'error').map((one) => one.check))).toEqual(
      new Set(['code']),
    )
  })
})
