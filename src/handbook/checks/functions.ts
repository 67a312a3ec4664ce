import { check, placeOf } from './say.ts'

export const functions = check(
  'functions',
  {
    zh: '每项职能恰有一个负责岗位；由其他部门牵头的，负责的就是那个部门；每项职能有流程，或写明为什么没有。',
    en: 'Every function has exactly one responsible post, the named department where one leads, and reaches a workflow or says why not.',
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
