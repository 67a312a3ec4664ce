import type { Edition, Place, Ref } from '../model.ts'
import { normOf } from '../words/norms.ts'
import { check, type Finding, placeOf } from './say.ts'
import { ownerOf } from './segments.ts'
import { callsOf, stepCodes, tasksOf } from './steps.ts'

const words: Record<string, { zh: string; en: string }> = {
  post: { zh: '岗位', en: 'post' },
  wf: { zh: '流程', en: 'workflow' },
  kpi: { zh: '指标', en: 'indicator' },
  policy: { zh: '制度', en: 'policy' },
  form: { zh: '表单', en: 'form' },
  fn: { zh: '职能', en: 'function' },
}

function known(edition: Edition): (kind: string, id: string) => boolean {
  const ids: Record<string, Set<string>> = {
    post: new Set(edition.posts.map((one) => one.id)),
    wf: new Set(edition.workflows.map((one) => one.id)),
    kpi: new Set(edition.kpis.map((one) => one.id)),
    policy: new Set(edition.policies.map((one) => one.id)),
    form: new Set(edition.forms.map((one) => one.id)),
    fn: new Set(edition.functions.map((one) => one.id)),
  }
  return (kind, id) => ids[kind]?.has(id) ?? false
}

export const references = check(
  {
    id: 'references',
    answers: [3, 5],
    about: {
      zh: '凡提到的岗位、职能、流程、步骤、表单、指标、制度都确实存在。',
      en: 'Every post, function, workflow, step, form, indicator and policy that is named exists.',
    },
    why: {
      zh: '编号错一个字，链接、权限和打印都会断。改正编号，或先把那一项写出来。',
      en: 'One wrong letter in a code breaks links, rights and print. Correct the code, or write the element first.',
    },
  },
  function* (edition) {
    const is = known(edition)
    function* each(kind: string, ids: readonly string[], from: Place, ref: Ref) {
      for (const id of ids)
        if (!is(kind, id))
          yield {
            at: placeOf(edition, from, id),
            ref,
            text: {
              zh: `没有${words[kind]?.zh} ${id}；改正编号，或先写上它`,
              en: `There is no ${words[kind]?.en} ${id}; correct the code, or write it first`,
            },
          }
    }
    for (const one of edition.posts) {
      const ref = `post:${one.id}`
      yield* each('post', one.superior ? [one.superior] : [], one.at, ref)
      yield* each('kpi', one.sheet?.kpis.map((kpi) => kpi.kpi) ?? [], one.at, ref)
      yield* each('wf', one.sheet?.processes.map((process) => process.workflow) ?? [], one.at, ref)
    }
    for (const one of edition.functions) {
      const ref = `fn:${one.id}`
      yield* each('post', Object.keys(one.cells), one.at, ref)
      yield* each('post', one.lead === 'KA' ? [] : [one.lead], one.at, ref)
      yield* each('wf', one.workflows, one.at, ref)
      yield* each('policy', one.policies, one.at, ref)
      yield* each('kpi', one.kpis, one.at, ref)
    }
    for (const one of edition.kpis) yield* each('post', one.posts, one.at, `kpi:${one.id}`)
    for (const one of edition.policies) {
      const ref = `policy:${one.id}`
      yield* each('post', [one.owner, ...one.with], one.at, ref)
      yield* each('wf', one.workflows, one.at, ref)
      yield* each('form', one.forms, one.at, ref)
    }
    for (const { workflow, node } of tasksOf(edition)) {
      const ref = `wf:${workflow.id}/${node.step}`
      yield* each('post', [node.post, ...node.with, ...node.signers], node.at, ref)
      yield* each('form', node.forms, node.at, ref)
    }
    for (const { workflow, node } of callsOf(edition)) {
      const ref = `wf:${workflow.id}/${node.step}`
      yield* each('post', node.with, node.at, ref)
      if (!ownerOf(edition, node) && !edition.workflows.some((one) => one.id === node.process))
        yield {
          at: node.at,
          ref,
          text: {
            zh: `没有被调用的流程 ${node.process}`,
            en: `There is no process ${node.process} to call`,
          },
        }
    }
    yield* stepsOfForms(edition)
    yield* placesOfTerms(edition, is)
  },
)

/** A term leads to a step, a row of a norm table, a policy or any other element. */
function* placesOfTerms(edition: Edition, is: (kind: string, id: string) => boolean): Iterable<Finding> {
  const steps = stepCodes(edition)
  // Terms may be spread over a folder; then the place is not kept.
  const start: Place =
    edition.files['glossary.yaml'] === undefined
      ? (edition.chapters[0]?.at ?? { file: 'edition.yaml', line: 1, column: 1 })
      : { file: 'glossary.yaml', line: 1, column: 1 }
  const stands = (ref: string): boolean => {
    const [kind = '', name = ''] = ref.split(':')
    if (kind === 'norm') return edition.norms.some((one) => one.id === name) || hasPart(edition, name)
    return kind === 'wf' && name.includes('/') ? steps.has(name) : is(kind, name)
  }
  for (const { term, see } of edition.glossary)
    for (const ref of see)
      if (!stands(ref))
        yield {
          at: placeOf(edition, start, ref),
          text: {
            zh: `用语“${term.zh}”指向 ${ref}，手册里没有；改正它，如 wf:PLAN/C-3 或 norm:norm.limits.price`,
            en: `The term “${term.en}” leads to ${ref}, which is not in the handbook; correct it, as wf:PLAN/C-3 or norm:norm.limits.price`,
          },
        }
}

const hasPart = (edition: Edition, path: string): boolean => {
  const norm = normOf(edition, path)
  const part = path.slice((norm?.id.length ?? 0) + 1)
  return norm !== undefined && (part in norm.values || norm.rows.some((row) => row.id === part))
}

/** A form names its steps as `PLAN/C-3`, or by the code alone while its workflow is not drawn. */
function* stepsOfForms(edition: Edition): Iterable<Finding> {
  const drawn = stepCodes(edition)
  const titles = new Set(edition.workflows.filter((one) => one.processes.length === 0).map((one) => one.id))
  for (const form of edition.forms)
    for (const step of form.steps) {
      const [workflow] = step.split('/')
      if (!step.includes('/') || drawn.has(step) || titles.has(workflow ?? '')) continue
      yield {
        at: placeOf(edition, form.at, step),
        ref: `form:${form.id}`,
        text: { zh: `${form.id} 的步骤 ${step} 不存在`, en: `Step ${step} of ${form.id} does not exist` },
      }
    }
}
