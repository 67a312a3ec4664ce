import type { Edition, Kpi } from '../model.ts'
import { normOf } from '../words/norms.ts'
import { type Block, facts, heading } from './block.ts'
import type { Speaker } from './words.ts'

/** The sheet of an indicator: how it is computed, scored, fed, and who carries it with which weight. */
export function kpiBlocks(edition: Edition, s: Speaker, one: Kpi): Block[] {
  const norm = one.scoring.norm ? normOf(edition, one.scoring.norm) : undefined
  const carried = edition.posts.flatMap((post) =>
    (post.sheet?.kpis ?? [])
      .filter((each) => each.kpi === one.id)
      .map((each) => `${s.t(post.name)} ${each.weight}%`),
  )
  const unweighted = one.posts.filter(
    (id) => !edition.posts.find((post) => post.id === id)?.sheet?.kpis.some((each) => each.kpi === one.id),
  )
  const scoring = one.scored
    ? `${s.scoring(one.scoring.method)}${norm ? s.say('byNorm').replace('{norm}', s.t(norm.name)) : ''}`
    : s.say('notScored')
  return [
    {
      kind: 'whole',
      blocks: [
        heading(3, `${one.id} ${s.t(one.name)}`),
        ...facts([
          [s.say('kpiFormula'), s.t(one.formula)],
          [s.say('kpiUnit'), s.list([s.unit(one), one.vat ? s.say(one.vat) : ''])],
          [s.say('kpiPeriods'), s.list(one.periods.map(s.period))],
          [s.say('kpiScope'), s.say('scopeOf')],
          [s.say('kpiDirection'), s.say(one.direction)],
          [s.say('kpiScoring'), scoring],
          [s.say('kpiBase'), s.t(one.missingBase)],
          [
            s.say('kpiRecords'),
            s.list(
              one.records.map((id) => {
                const record = edition.records.find((each) => each.id === id)
                return record ? `${s.t(record.name)}${s.paren(id)}` : id
              }),
            ),
          ],
          [s.say('kpiMeasured'), s.list(one.measuredAt.map((step) => step.replace('/', ' ')))],
          [s.say('kpiPosts'), s.list([...carried, ...unweighted.map(s.post)])],
          [
            s.say('kpiFunctions'),
            s.list(
              edition.functions
                .filter((each) => each.kpis.includes(one.id))
                .map((each) => `${each.id} ${s.t(each.name)}`),
            ),
          ],
          [s.say('note'), s.t(one.note)],
          [s.say('status'), s.status(one.adoption)],
          [s.say('origin'), s.origin(one.tag)],
        ]),
      ],
    },
  ]
}
