import { check, placeOf } from './say.ts'
import { tasksOf } from './steps.ts'

export const kpis = check(
  {
    id: 'kpis',
    answers: [6],
    about: {
      zh: '每个指标有周期、记录和评分方法，记录有步骤产生；运行中的指标由程序里的算法计算。',
      en: 'Every indicator has periods, records that a step produces, and a scoring method; a running one is computed by a measure of the program.',
    },
    why: {
      zh: '指标缺一项就没法算，也没法向人解释。补上算法、单位、周期、记录、方向和缺基数时的处理；运行中的指标还要有程序里的算法。',
      en: 'An indicator that lacks a part can be neither computed nor explained. Give it formula, unit, period, records, direction and the rule for a missing base; a running one also needs its measure in the program.',
    },
  },
  function* (edition, bindings) {
    const isKept = (id: string) => {
      const kind = edition.records.find((record) => record.id === id)?.kind
      return kind !== undefined && bindings.kinds[kind] !== undefined
    }
    const produced = new Set([...tasksOf(edition)].flatMap(({ node }) => node.produces))
    for (const one of edition.kpis) {
      const ref = `kpi:${one.id}`
      const rest = { ref, adoption: one.adoption }
      if (one.periods.length === 0)
        yield {
          ref,
          at: placeOf(edition, one.at, 'periods'),
          text: { zh: `${one.id} 没有周期`, en: `${one.id} has no period` },
        }
      if (one.records.length === 0)
        yield {
          at: placeOf(edition, one.at, 'records'),
          ref,
          text: { zh: `${one.id} 没有写明取数的记录`, en: `${one.id} does not say which records it counts` },
        }
      if (one.scored !== (one.scoring.method !== 'none'))
        yield {
          at: placeOf(edition, one.at, one.scored ? 'formula' : 'scoring'),
          ref,
          text: one.scored
            ? { zh: `${one.id} 要评分，须写明评分方法`, en: `${one.id} is scored and needs a scoring method` }
            : {
                zh: `${one.id} 只监测，不应有评分方法`,
                en: `${one.id} is only monitored and has no scoring method`,
              },
        }
      for (const id of one.records)
        if (!edition.records.some((record) => record.id === id))
          yield {
            at: placeOf(edition, one.at, id),
            ref,
            text: {
              zh: `${one.id} 取数的记录 ${id} 不在 records.yaml 里`,
              en: `${one.id} counts ${id}, which is not in records.yaml`,
            },
          }
      for (const id of one.records)
        if (edition.records.some((record) => record.id === id) && !produced.has(id))
          yield {
            at: placeOf(edition, one.at, id),
            ref,
            text: {
              zh: `${one.id} 取数的 ${id} 没有步骤产生`,
              en: `${one.id} counts ${id}, which no step produces`,
            },
          }
      if (one.adoption !== 'running') continue
      if (!one.measure || !bindings.measures.includes(one.measure))
        yield {
          ...rest,
          at: placeOf(edition, one.at, 'measure'),
          text: one.measure
            ? { zh: `程序里没有算法 ${one.measure}`, en: `The program has no measure ${one.measure}` }
            : { zh: `${one.id} 已运行，须写明算法`, en: `${one.id} is running and needs a measure` },
        }
      const kept = one.records.filter((id) => isKept(id))
      if (kept.length === 0)
        yield {
          ...rest,
          at: placeOf(edition, one.at, 'records'),
          text: {
            zh: `${one.id} 已运行，程序却没有它取数的任何一种记录`,
            en: `${one.id} is running, but the program keeps none of the records it counts`,
          },
        }
    }
  },
)
