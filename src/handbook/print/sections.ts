import type { Edition, Post, Section } from '../model.ts'
import { orgChart } from '../picture/org-chart.ts'
import { endsOf } from '../words/ends.ts'
import { type Block, drawing, facts, table, whole } from './block.ts'
import { formBlocks } from './form.ts'
import { functionBlocks } from './function.ts'
import { kpiBlocks } from './kpi.ts'
import { normBlocks } from './norm.ts'
import { policyBlocks } from './policy.ts'
import { postBlocks } from './post.ts'
import { dutyKey, dutyWords, type Speaker } from './words.ts'
import { workflowBlocks } from './workflow.ts'

type Content = NonNullable<Section['content']>
type Draw = (edition: Edition, s: Speaker) => Block[]

const producersOf = (edition: Edition, record: string): string[] => [
  ...new Set(
    edition.workflows.flatMap((flow) =>
      flow.processes.flatMap((process) =>
        process.nodes.flatMap((node) =>
          node.kind === 'task' && node.produces.includes(record) ? [node.step] : [],
        ),
      ),
    ),
  ),
]

const workflows =
  (kind: string): Draw =>
  (edition, s) => {
    const mine = edition.workflows.filter((one) => one.kind === kind)
    const list = table(
      [s.say('code'), s.say('name'), s.say('outcomes'), s.say('status')],
      [0.9, 2.6, 4.4, 2],
      mine.map((one) => [one.id, s.t(one.name), s.list(endsOf(one).map(s.t)), s.status(one.adoption)]),
    )
    return [
      ...whole(list),
      // The first one shares its page with the list, as the first post does with its title.
      ...mine.flatMap((one, at) => workflowBlocks(edition, s, one, at > 0)),
    ]
  }

/** Posts as they stand in the department: each below its superior, those with seats first, then those above others. */
function inOrder(posts: readonly Post[], { organisation }: Edition): Post[] {
  const seated = (one: Post) =>
    2 * Number(organisation.seats.some((seat) => seat.post === one.id)) +
    Number(posts.some((each) => each.superior === one.id))
  const below = (superior: string | null): Post[] =>
    posts
      .filter((one) =>
        superior === null ? !posts.some((each) => each.id === one.superior) : one.superior === superior,
      )
      .sort((a, b) => seated(b) - seated(a))
      .flatMap((one) => [one, ...below(one.id)])
  return below(null)
}

/** Widest chart, in pixels, whose words stay readable on an upright page. */
const readable = 880

/** What each generated section of the manual is drawn from. */
export const generated: Record<Content, Draw> = {
  control: ({ control }, s) => [
    ...facts([
      [s.say('number'), control.documentNumber],
      [s.say('drafted'), s.t(control.drafted)],
      [s.say('reviewed'), s.t(control.reviewed)],
      [s.say('approved'), s.t(control.approved)],
      [s.say('distribution'), s.t(control.distribution)],
    ]),
    ...table(
      [s.say('change'), s.say('date'), s.say('content')],
      [1, 1.4, 5],
      control.changes.map((change) => [change.number, change.date, s.t(change.text)]),
    ),
    { kind: 'text', text: s.say('originLegend'), quiet: true },
    { kind: 'text', text: s.say('describedLegend'), quiet: true },
  ],
  'org-chart': (edition, s) => {
    const parts = drawing(orgChart(edition, s.lang))
    if (parts.length === 0) return []
    const caption = `${s.say('figure')}${s.say('orgChart')}`
    const picture: Block = { kind: 'picture', parts, caption, lang: s.lang }
    return parts.some((part) => part.width > readable) ? [{ kind: 'turned', blocks: [picture] }] : [picture]
  },
  headcount: ({ organisation }, s) =>
    whole([
      ...table(
        [s.say('post'), s.say('level'), s.say('seats'), s.say('inHeadcount')],
        [3, 2, 1, 1.4],
        organisation.seats.map((seat) => [
          s.post(seat.post),
          s.t(organisation.levels.find((level) => level.id === seat.level)?.name),
          String(seat.count),
          s.say(seat.inHeadcount ? 'yes' : 'no'),
        ]),
      ),
      { kind: 'text', text: `${s.say('total')}${s.colon}${organisation.headcount}` },
    ]),
  relations: ({ organisation }, s) =>
    whole(
      table(
        [s.say('relation'), s.say('with'), s.say('may'), s.say('mayNot')],
        [1.4, 2, 3, 3],
        organisation.relations.map((one) => [s.t(one.name), s.t(one.with), s.t(one.may), s.t(one.mayNot)]),
      ),
    ),
  functions: (edition, s) => edition.functions.flatMap((one) => functionBlocks(edition, s, one)),
  matrix: (edition, s) => {
    const posts = edition.posts.filter((post) => edition.functions.some((one) => one.cells[post.id]?.length))
    // It is read at one glance, so it stays on one page.
    const blocks: Block[] = [
      { kind: 'text', text: dutyKey[s.lang], quiet: true },
      ...table(
        [s.say('function'), ...posts.map((post) => post.id)],
        [4, ...posts.map(() => 1)],
        edition.functions.map((one) => [
          `${one.id} ${s.t(one.name)}`,
          ...posts.map((post) => (one.cells[post.id] ?? []).map((duty) => dutyWords[duty][s.lang]).join('')),
        ]),
      ),
      {
        kind: 'text',
        text: posts.map((post) => `${post.id} ${s.t(post.name)}`).join(s.lang === 'zh' ? '，' : ', '),
        quiet: true,
      },
    ]
    return whole(blocks)
  },
  posts: (edition, s) =>
    inOrder(
      edition.posts.filter((one) => one.kind === 'inside'),
      edition,
    ).flatMap((one) => postBlocks(edition, s, one)),
  kpis: (edition, s) => [
    ...table(
      [s.say('code'), s.say('name'), s.say('unit'), s.say('kpiPeriods'), s.say('carriers')],
      [0.8, 3, 0.8, 1.6, 4],
      edition.kpis.map((kpi) => [
        kpi.id,
        s.t(kpi.name),
        s.unit(kpi),
        s.list(kpi.periods.map(s.period)),
        s.list(kpi.posts.map(s.post)),
      ]),
    ),
    ...edition.kpis.flatMap((kpi) => kpiBlocks(edition, s, kpi)),
  ],
  'management-workflows': workflows('management'),
  'business-workflows': workflows('business'),
  'support-workflows': workflows('support'),
  'rollout-workflows': workflows('rollout'),
  policies: (edition, s) => edition.policies.flatMap((one) => policyBlocks(edition, s, one)),
  forms: (edition, s) => edition.forms.flatMap((one) => formBlocks(edition, s, one)),
  norms: (edition, s) => edition.norms.flatMap((norm) => normBlocks(norm, s)),
  switches: (edition, s) =>
    table(
      [s.say('choice'), s.say('value'), s.say('why')],
      [2.4, 2, 4],
      edition.switches.map((one) => [
        s.t(one.name),
        s.t(one.values.find((value) => value.id === one.value)?.name) || one.value,
        s.t(one.where),
      ]),
    ),
  records: (edition, s) =>
    table(
      [s.say('code'), s.say('name'), s.say('step')],
      [1, 4, 3],
      edition.records.map((one) => [one.id, s.t(one.name), producersOf(edition, one.id).join(', ')]),
    ),
  glossary: (edition, s) =>
    table(
      [s.say('term'), s.say('why')],
      [1.6, 5],
      edition.glossary.map((one) => [s.t(one.term), s.t(one.why)]),
    ),
}
