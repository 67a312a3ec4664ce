import { check } from './say.ts'

export const policies = check(
  {
    id: 'policies',
    answers: [10],
    about: {
      zh: '每个流程有制度管；写出正文的制度写明用什么表单。',
      en: 'Every workflow is covered by a policy, and every written policy names its forms.',
    },
    why: {
      zh: '流程说怎么走，制度说为什么、谁负责、违反了怎样；没有制度管的流程没有依据。给制度补上 workflows、owner 和 forms。',
      en: 'Workflows say how, policies say why, who answers and what follows a breach; a flow without a policy stands on nothing. Give the policy its workflows, owner and forms.',
    },
  },
  function* (edition) {
    for (const one of edition.workflows)
      if (!edition.policies.some((policy) => policy.workflows.includes(one.id)))
        yield {
          at: one.at,
          ref: `wf:${one.id}`,
          text: { zh: `没有制度管流程 ${one.name.zh}`, en: `No policy covers the workflow ${one.name.en}` },
        }
    for (const one of edition.policies)
      if (one.body && one.forms.length === 0)
        yield {
          at: one.at,
          ref: `policy:${one.id}`,
          text: { zh: `${one.id} 没有写明表单`, en: `${one.id} names no form` },
        }
  },
)
