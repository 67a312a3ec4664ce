import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import type { Edition, FlowNode, Process, SequenceFlow, TaskNode } from '../../handbook/model.ts'
import { standingClock } from '../clock.ts'
import type { Ctx, Kernel } from '../context.ts'
import type { Database } from '../db/database.ts'
import { asActor, asOwner } from '../db/transaction.ts'
import { shelfOf } from '../handbook/stored.ts'
import { Refusal } from '../refusal.ts'
import type { Act } from './act.ts'
import { caseDetail } from './case-reads.ts'
import { completeTask } from './complete.ts'
import { publishWorkflows } from './publish.ts'
import { startCase } from './start.ts'
import { inbox } from './tasks.ts'

const at = { file: 'SMALL.bpmn', line: 1, column: 1 }
const bounds = { x: 0, y: 0, width: 1, height: 1 }
const text = (word: string) => ({ zh: word, en: word })
const base = (id: string) => ({ id, name: text(id), lane: null, bounds, at })
const task = (id: string, post: string, outcomes: string[], more: Partial<TaskNode> = {}): TaskNode => ({
  ...base(id),
  kind: 'task',
  step: 'T-1',
  post,
  assign: 'post',
  forms: [],
  with: [],
  due: 'norm.small.five',
  ladder: null,
  produces: [],
  signers: [],
  act: 'small.do',
  adoption: 'running',
  tag: 'default',
  outcomes: outcomes.map((one) => ({
    id: one,
    name: text(one),
    comment: one === 'reject' ? 'required' : 'optional',
    negative: one === 'reject',
    starts: [],
  })),
  ...more,
})
let flows = 0
const flow = (
  from: string,
  to: string,
  outcome: string | null = null,
  condition: string | null = null,
): SequenceFlow => {
  flows += 1
  return { id: `f${flows}`, from, to, name: null, outcome, condition, points: [], at }
}
const process = (id: string, nodes: FlowNode[], ways: SequenceFlow[]): Process => ({
  id,
  name: text(id),
  entry: id.includes('.') ? 'called' : 'main',
  due: null,
  lanes: [],
  nodes,
  flows: ways,
  dataObjects: [],
  picture: { width: 1, height: 1, pool: null },
})
const main = process(
  'SMALL',
  [
    { ...base('start'), kind: 'start' },
    task('draft', 'SUP', ['submit']),
    task('review', 'SDM', ['pass', 'reject']),
    { ...base('passed'), kind: 'exclusive' },
    task('decide', 'GM', ['decide']),
    {
      ...base('each'),
      kind: 'call',
      step: 'T-2',
      process: 'SMALL.one',
      segment: null,
      each: 'small.people',
      with: [],
      due: null,
      outcomes: [],
      tag: 'default',
      adoption: 'running',
    },
    { ...base('cascaded'), kind: 'milestone', word: 'cascaded' },
    { ...base('both'), kind: 'parallel' },
    task('track', 'SUP', ['done'], { adoption: 'described', act: null }),
    task('execute', 'REP', ['done'], { adoption: 'described', act: null }),
    { ...base('joined'), kind: 'parallel' },
    { ...base('end'), kind: 'end', result: 'closed', terminates: false },
  ],
  [
    flow('start', 'draft'),
    flow('draft', 'review'),
    flow('review', 'passed'),
    flow('passed', 'each', 'pass'),
    flow('passed', 'draft', 'reject', 'round < norm.small.rounds'),
    flow('passed', 'decide', 'reject'),
    flow('decide', 'each'),
    flow('each', 'cascaded'),
    flow('cascaded', 'both'),
    flow('both', 'track'),
    flow('both', 'execute'),
    flow('track', 'joined'),
    flow('execute', 'joined'),
    flow('joined', 'end'),
  ],
)
const one = process(
  'SMALL.one',
  [
    { ...base('start'), kind: 'start' },
    task('receive', 'REP', ['accept', 'reject'], { assign: 'subject' }),
    { ...base('answer'), kind: 'exclusive' },
    task('revise', 'SUP', ['issue']),
    { ...base('end'), kind: 'end', result: 'accepted', terminates: false },
  ],
  [
    flow('start', 'receive'),
    flow('receive', 'answer'),
    flow('answer', 'end', 'accept'),
    flow('answer', 'revise', 'reject'),
    flow('revise', 'receive'),
  ],
)
const posts = [
  ['GM', null],
  ['SDM', 'GM'],
  ['SUP', 'SDM'],
  ['REP', 'SUP'],
].map(([id, superior]) => ({ id, superior, name: text(id ?? '') }))
const edition = {
  id: 'small',
  number: '1.0',
  posts,
  calendar: { years: {}, tag: 'law', at },
  forms: [],
  norms: [
    {
      id: 'norm.small',
      columns: [],
      rows: [],
      name: text('small'),
      tag: 'default',
      at,
      values: {
        rounds: { name: text('rounds'), value: 2, tag: 'default' },
        five: { name: text('five days'), value: { workdays: 5 }, tag: 'default' },
      },
    },
  ],
  workflows: [
    {
      id: 'SMALL',
      name: text('SMALL'),
      kind: 'management',
      adoption: 'running',
      processes: [main, one],
      results: [],
      file: 'SMALL.bpmn',
      at,
    },
  ],
} as unknown as Edition

const clock = standingClock('2018-01-02T01:00:00Z')
let own: TestDatabase
let db: Database
let kernel: Kernel
let keep = false
const people: Record<string, number> = {}

const act: Act = {
  id: 'small.do',
  view: async () => ({ record: null, facts: [], href: null, blocked: [], revisions: { 'plan:1': 3 } }),
  complete: async () => (keep ? { kept: new Refusal(422, 'sum-out-of-range', text('kept')) } : undefined),
}
const posted: Record<string, string> = { 周敏: 'SUP', 沈立: 'SDM', 高远: 'GM', 李娜: 'REP', 王强: 'REP' }

beforeAll(async () => {
  own = await freshDatabase()
  db = own.db
  const collections = new Map([
    [
      'small.people',
      {
        id: 'small.people',
        items: async () =>
          ['李娜', '王强'].map((who) => ({
            key: who,
            subjectId: people[who] as number,
            unitId: null,
            title: text(who),
            input: {},
          })),
      },
    ],
  ])
  const starters = new Map([
    [
      'SMALL',
      {
        workflow: 'SMALL',
        check: async (_: Ctx, input: unknown) => ({
          key: `SMALL:${(input as { year: number }).year}`,
          year: (input as { year: number }).year,
          title: text('small'),
          input: {},
        }),
        begin: async () => ({ kind: 'plan', id: 1 }),
      },
    ],
  ])
  const editionId = await asOwner(db, async (tx) => {
    const unit = await sql<{
      id: number
    }>`insert into unit (level, code, name_zh, name_en) values ('hq', 'HQ', '总部', 'HQ') returning id`.execute(
      tx,
    )
    for (const [number, [who, post]] of Object.entries(posted).entries()) {
      const { rows } = await sql<{
        id: number
      }>`with p as (insert into person (name) values (${who}) returning id),
        s as (insert into seat (post, unit_id, number, valid_from) values (${post}, ${unit.rows[0]?.id}, ${number}, '2016-01-01') returning id)
        insert into assignment (seat_id, person_id, from_date) select s.id, p.id, '2016-01-01' from s, p returning person_id as id`.execute(
        tx,
      )
      people[who] = rows[0]?.id as number
    }
    const made = await sql<{
      id: number
    }>`insert into edition (number, title_zh, title_en, hash, status, effective_from, files)
      values ('1.0', '小', 'small', 'small', 'effective', '2018-01-01', '{}') returning id`.execute(tx)
    const id = made.rows[0]?.id as number
    await publishWorkflows(tx, id, edition, { acts: new Map([[act.id, act]]), collections })
    return id
  })
  const registry = {
    kinds: new Map(),
    besides: new Map(),
    trails: new Map(),
    acts: new Map([[act.id, act]]),
    collections,
    starters,
    importers: new Map(),
    jobs: new Map(),
    targets: new Map(),
    measures: new Map(),
  }
  kernel = { db, clock, edition: async () => ({ id: editionId, edition }), registry }
})
afterAll(() => own?.drop())

async function as<T>(who: string, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const effective = await kernel.edition()
  const personId = people[who] as number
  return asActor(
    db,
    { userId: null, personId },
    { editionId: effective.id, now: clock.now(), lang: 'zh' },
    (tx, can) =>
      work({
        tx,
        can,
        clock,
        house: { clock, registry: kernel.registry, shelf: shelfOf(db) },
        edition: effective,
        lang: 'zh',
        address: null,
        actor: {
          userId: 0,
          personId,
          login: who,
          name: who,
          lang: 'zh',
          posts: [{ post: posted[who] as string, seatId: 1, unitId: 1 }],
        },
      }),
  )
}
const start = (year: number) => as('周敏', (ctx) => startCase(ctx, { workflow: 'SMALL', input: { year } }))
const todo = async (who: string, root: number) =>
  (await as(who, (ctx) => inbox(ctx, { box: 'todo', limit: 200 }))).items.filter((task) => task.root === root)
async function does(who: string, root: number, outcome: string, comment = '') {
  const [first] = await todo(who, root)
  if (!first) throw new Error(`${who} has nothing to do`)
  return as(who, (ctx) => completeTask(ctx, first.id, { outcome, comment, form: {} }))
}

describe('a case through its posts', () => {
  test('rejected to the limit, decided, cascaded to each person, then rests', async () => {
    const { caseId } = await start(2018)
    expect(await start(2018)).toEqual({ caseId, fresh: false })
    await does('周敏', caseId, 'submit')
    await expect(does('沈立', caseId, 'reject')).rejects.toMatchObject({
      status: 422,
      faults: [{ path: 'comment' }],
    })
    await does('沈立', caseId, 'reject', '东北偏高')
    await does('周敏', caseId, 'submit')
    await does('沈立', caseId, 'reject', '仍偏高')
    await does('高远', caseId, 'decide')
    await does('李娜', caseId, 'reject', '太多')
    expect(await todo('王强', caseId)).toHaveLength(1)
    await does('周敏', caseId, 'issue')
    await does('王强', caseId, 'accept')
    await does('李娜', caseId, 'accept')
    const page = await as('周敏', (ctx) => caseDetail(ctx, caseId))
    expect(page).toMatchObject({ status: 'cascaded', state: 'resting', tasks: [] })
    expect(page.opinions.map((one) => one.comment).filter(Boolean)).toEqual(['东北偏高', '仍偏高', '太多'])
    await expect(as('李娜', (ctx) => caseDetail(ctx, caseId))).rejects.toMatchObject({ status: 404 })
  })
  test('done twice by the same person is answered again; a stranger finds nothing', async () => {
    const { caseId } = await start(2019)
    const [draft] = await todo('周敏', caseId)
    const complete = (who: string) =>
      as(who, (ctx) => completeTask(ctx, draft?.id ?? 0, { outcome: 'submit', comment: '', form: {} }))
    const both = await Promise.allSettled([complete('周敏'), complete('周敏')])
    expect(
      both
        .map((one) => one.status === 'fulfilled' && !(one.value instanceof Refusal) && one.value.again)
        .sort(),
    ).toEqual([false, true])
    await expect(complete('李娜')).rejects.toMatchObject({ status: 404 })
    expect(await todo('沈立', caseId)).toHaveLength(1)
  })
  test('a kept refusal leaves the task open', async () => {
    const { caseId } = await start(2020)
    keep = true
    expect(await does('周敏', caseId, 'submit')).toBeInstanceOf(Refusal)
    keep = false
    expect(await todo('周敏', caseId)).toHaveLength(1)
  })
  test('whatever people decide, tokens and open tasks agree', async () => {
    let year = 3000
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 1, maxLength: 14 }), async (choices) => {
        year += 1
        const { caseId } = await start(year)
        for (const choice of choices) {
          const open = (
            await Promise.all(
              Object.keys(posted).map(async (who) =>
                (await todo(who, caseId)).map((task) => ({ who, task })),
              ),
            )
          ).flat()
          const pick = open[choice % Math.max(1, open.length)]
          if (!pick) break
          const { outcomes } = pick.task
          const outcome = outcomes[choice % outcomes.length]?.id ?? ''
          await as(pick.who, (ctx) => completeTask(ctx, pick.task.id, { outcome, comment: '因为', form: {} }))
        }
        const { rows } = await asOwner(db, (tx) =>
          sql`select c.id from wf_case c where c.root_id = ${caseId} and (
          (c.state = 'ended') = exists (select from wf_token k where k.case_id = c.id)
          or (c.state = 'running') <> (exists (select from wf_task t join wf_token k on k.id = t.token_id and k.node = t.node where t.case_id = c.id and t.status = 'open')
            or exists (select from wf_case s where s.parent_id = c.id and s.state <> 'ended')))`.execute(tx),
        )
        expect(rows).toEqual([])
      }),
      { numRuns: 12 },
    )
  }, 60_000)
})
