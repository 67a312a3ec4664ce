import { check, placeOf } from './say.ts'

export const kpis = check(
  'kpis',
  {
    zh: '运行中的指标由程序里的算法计算，取数的记录都在；每个指标有考核周期。',
    en: 'A running indicator is computed by a measure of the program from records it has; every indicator has a period.',
  },
  function* (edition, bindings) {
    const isKept = (id: string) => {
      const kind = edition.records.find((record) => record.id === id)?.kind
      return kind !== undefined && bindings.kinds[kind] !== undefined
    }
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
