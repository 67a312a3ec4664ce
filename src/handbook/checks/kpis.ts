import { check, placeOf } from './say.ts'

export const kpis = check(
  'kpis',
  {
    zh: '运行中的指标由程序里的算法计算，取数的记录都在；每个指标有考核周期。',
    en: 'A running indicator is computed by a measure of the program from records it has; every indicator has a period.',
  },
  function* (edition, bindings) {
    for (const one of edition.kpis) {
      const ref = `kpi:${one.id}`
      const rest = { ref, adoption: one.adoption }
      if (one.periods.length === 0)
        yield {
          ...rest,
          at: placeOf(edition, one.at, 'periods'),
          text: { zh: `${one.id} 没有周期`, en: `${one.id} has no period` },
        }
      if (one.unit === 'money' && one.vat === null)
        yield {
          ...rest,
          at: one.at,
          text: {
            zh: `${one.id} 是金额，须写明含税还是不含税`,
            en: `${one.id} is an amount: say whether VAT is excluded or included`,
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
      for (const kind of one.records)
        if (!bindings.kinds[kind])
          yield {
            ...rest,
            at: placeOf(edition, one.at, kind),
            text: {
              zh: `${one.id} 取数的记录 ${kind} 不存在`,
              en: `${one.id} counts records of the kind ${kind}, which does not exist`,
            },
          }
    }
  },
)
