import type { Edition, Norm, Section } from '../model.ts'
import { orgChart } from '../picture/org-chart.ts'
import { cellText, filled } from '../words/norms.ts'
import { type Block, picture, table } from './block.ts'
import { formBlocks, functionBlocks, policyBlocks, postBlocks, workflowBlocks } from './elements.ts'
import { dutyKey, dutyWords, type Speaker } from './words.ts'

type Content = NonNullable<Section['content']>
type Draw = (edition: Edition, s: Speaker) => Block[]

/** Single values with their units, or the table as it is. */
function normBlocks(norm: Norm, s: Speaker): Block[] {
  if (norm.rows.length === 0)
    return table(
      [s.say('parameter'), s.say('value')],
      [3, 3],
      Object.values(norm.values).map((value) => [s.t(value.name), s.norm(value)]),
    )
  return table(
    [s.say('parameter'), ...norm.columns.map((column) => s.t(column.name))],
    [2.4, ...norm.columns.map(() => 1.2)],
    norm.rows.map((row) => [
      s.t(row.name),
      ...norm.columns.map((column) => {
        const cell = row.cells[column.id]
        return cell ? s.t(cellText(cell, row.unit ?? column.unit)) : ''
      }),
    ]),
  )
}

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
  (edition, s) =>
    edition.workflows.filter((one) => one.kind === kind).flatMap((one) => workflowBlocks(edition, s, one))

/** What each generated section of the manual is drawn from. */
export const generated: Record<Content, Draw> = {
  control: ({ control }, s) => [
    ...table(
      [s.say('item'), s.say('content')],
      [1, 4],
      [
        [s.say('number'), control.documentNumber],
        [s.say('drafted'), s.t(control.drafted)],
        [s.say('reviewed'), s.t(control.reviewed)],
        [s.say('approved'), s.t(control.approved)],
        [s.say('distribution'), s.t(control.distribution)],
      ],
    ),
    ...table(
      [s.say('change'), s.say('date'), s.say('content')],
      [1, 1.4, 5],
      control.changes.map((change) => [change.number, change.date, s.t(change.text)]),
    ),
  ],
  'org-chart': (edition, s) =>
    picture(orgChart(edition, s.lang), `${s.say('figure')}${edition.title[s.lang]}`),
  headcount: ({ organisation }, s) => [
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
    { kind: 'text', text: `${s.say('total')}: ${organisation.headcount}` },
  ],
  relations: ({ organisation }, s) =>
    table(
      [s.say('relation'), s.say('with'), s.say('may'), s.say('mayNot')],
      [1.4, 2, 3, 3],
      organisation.relations.map((one) => [s.t(one.name), s.t(one.with), s.t(one.may), s.t(one.mayNot)]),
    ),
  functions: (edition, s) => edition.functions.flatMap((one) => functionBlocks(edition, s, one)),
  matrix: (edition, s) => {
    const posts = edition.posts.filter((post) => edition.functions.some((one) => one.cells[post.id]?.length))
    return [
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
  },
  posts: (edition, s) =>
    edition.posts.filter((one) => one.kind === 'inside').flatMap((one) => postBlocks(edition, s, one)),
  kpis: (edition, s) =>
    table(
      [s.say('code'), s.say('name'), s.say('unit'), s.say('formula')],
      [0.8, 2.4, 0.8, 5],
      edition.kpis.map((kpi) => [
        kpi.id,
        s.t(kpi.name),
        s.unit(kpi),
        `${s.t(kpi.formula)}${s.mark(kpi.adoption)}`,
      ]),
    ),
  'management-workflows': workflows('management'),
  'business-workflows': workflows('business'),
  'support-workflows': workflows('support'),
  'rollout-workflows': workflows('rollout'),
  policies: (edition, s) => edition.policies.flatMap((one) => policyBlocks(edition, s, one)),
  forms: (edition, s) => edition.forms.flatMap((one) => formBlocks(edition, s, one)),
  norms: (edition, s) =>
    edition.norms.flatMap((norm) => [
      { kind: 'text', text: s.t(norm.name) } as const,
      ...normBlocks(norm, s),
    ]),
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
      edition.glossary.map((one) => [s.t(one.term), filled(edition, s.t(one.why), s.lang)]),
    ),
}
