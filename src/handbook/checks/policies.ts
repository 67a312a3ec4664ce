import { check } from './say.ts'

export const policies = check(
  'policies',
  {
    zh: '每个流程有制度管；写出正文的制度若管到流程，就写明用什么表单。',
    en: 'Every workflow is covered by a policy, and a written policy that covers a workflow names its forms.',
  },
  function* (edition) {
    for (const one of edition.workflows)
      if (!edition.policies.some((policy) => policy.workflows.includes(one.id)))
        yield {
          at: one.at,
          ref: `wf:${one.id}`,
          adoption: one.adoption,
          text: { zh: `没有制度管流程 ${one.name.zh}`, en: `No policy covers the workflow ${one.name.en}` },
        }
    for (const one of edition.policies)
      if (one.body && one.workflows.length > 0 && one.forms.length === 0)
        yield {
          at: one.at,
          ref: `policy:${one.id}`,
          severity: 'warning',
          text: { zh: `${one.id} 没有写明表单`, en: `${one.id} names no form` },
        }
  },
)
