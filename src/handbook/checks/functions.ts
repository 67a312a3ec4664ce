import { check, placeOf } from './say.ts'

export const functions = check(
  {
    id: 'functions',
    answers: [2],
    about: {
      zh: '每项职能恰有一个负责岗位；由其他部门牵头的，负责的就是那个部门；每项职能有流程，或写明为什么没有。',
      en: 'Every function has exactly one responsible post, the named department where one leads, and reaches a workflow or says why not.',
    },
    why: {
      zh: '一项职能有两个负责人等于没有负责人；没有流程又不说明，就没人知道怎么做。改矩阵的一格，或写 workflows、noWorkflow。',
      en: 'A function with two leads has none; one without a workflow and without a reason tells nobody what to do. Correct a cell of the matrix, or give workflows or noWorkflow.',
    },
  },
  function* (edition) {
    for (const one of edition.functions) {
      const ref = `fn:${one.id}`
      const leads = Object.keys(one.cells).filter((post) => one.cells[post]?.includes('responsible'))
      if (leads.length !== 1)
        yield {
          at: placeOf(edition, one.at, 'cells:'),
          ref,
          text: {
            zh: `${one.id} 有 ${leads.length} 个负责岗位，须恰有一个`,
            en: `${one.id} has ${leads.length} responsible posts; it needs exactly one`,
          },
        }
      else if (one.lead !== 'KA' && leads[0] !== one.lead)
        yield {
          at: placeOf(edition, one.at, 'lead:'),
          ref,
          text: {
            zh: `${one.id} 由 ${one.lead} 牵头，矩阵里负责的却是 ${leads[0]}`,
            en: `${one.id} is led by ${one.lead}, but ${leads[0]} is responsible in the matrix`,
          },
        }
      if (one.workflows.length === 0 && !one.noWorkflow)
        yield {
          at: one.at,
          ref,
          text: {
            zh: `${one.id} 没有流程，也没有写明原因：写上 workflows 或 noWorkflow`,
            en: `${one.id} reaches no workflow and does not say why: give it workflows or noWorkflow`,
          },
        }
    }
  },
)
