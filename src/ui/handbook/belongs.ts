import type { Text } from '../../handbook/model.ts'
import { type Element, type Reading, stepNodesOf, stepsOf, tasksOf } from '../../handbook/words/element.ts'

export interface Link {
  readonly ref: string
  readonly code: string
  readonly name: Text
  readonly note?: Text
}
export type Group = 'workflows' | 'forms' | 'posts' | 'functions' | 'kpis' | 'policies' | 'norms'
/** What belongs to an element, and what refers to it, by kind. */
export type Belongs = Readonly<Record<Group, readonly Link[]>>

const order = (links: Link[]): Link[] =>
  [...new Map(links.map((link) => [link.ref, link])).values()].sort((one, other) =>
    one.code.localeCompare(other.code, 'en', { numeric: true }),
  )

/** Everything the edition says belongs with `element`: the right-hand pane of the reader. */
export function belongsTo(edition: Reading, element: Element): Belongs {
  const ids = related(edition, element)
  const pick = <T extends { id: string; name: Text }>(
    from: readonly T[],
    wanted: ReadonlySet<string>,
    kind: string,
    note?: (one: T) => Text | undefined,
  ) =>
    order(
      from
        .filter((one) => wanted.has(one.id))
        .map((one) => ({ ref: `${kind}:${one.id}`, code: one.id, name: one.name, note: note?.(one) })),
    )
  return {
    workflows: pick(edition.workflows, ids.workflows, 'wf'),
    forms: pick(edition.forms, ids.forms, 'form'),
    posts: pick(edition.posts, ids.posts, 'post'),
    functions: pick(edition.functions, ids.functions, 'fn'),
    kpis: pick(edition.kpis, ids.kpis, 'kpi'),
    policies: pick(edition.policies, ids.policies, 'policy'),
    norms: pick(edition.norms, ids.norms, 'norm'),
  }
}

/** Whether anything belongs to an element at all. */
export const hasBelongings = (belongs: Belongs): boolean =>
  Object.values(belongs).some((links) => links.length > 0)

type Ids = Record<Group, Set<string>>

function related(edition: Reading, element: Element): Ids {
  const ids: Ids = {
    workflows: new Set(),
    forms: new Set(),
    posts: new Set(),
    functions: new Set(),
    kpis: new Set(),
    policies: new Set(),
    norms: new Set(),
  }
  const into = (group: Group, values: Iterable<string>) => {
    for (const value of values) ids[group].add(value)
  }
  switch (element.is) {
    case 'workflow': {
      const { workflow, step } = element
      for (const task of tasksOf(workflow).filter((one) => step === null || one.step === step)) {
        into('forms', task.forms)
        into('posts', [task.post, ...task.with])
        if (task.due) into('norms', [normOf(task.due)])
        if (task.ladder) into('norms', [normOf(task.ladder)])
        into('posts', task.signers)
      }
      // A call leads into the flow that it runs.
      for (const call of stepNodesOf(workflow))
        if (call.kind === 'call' && (step === null || call.step === step)) {
          const called = call.process.split('.')[0] ?? ''
          if (called !== workflow.id) into('workflows', [called])
          into('posts', call.with)
        }
      const functions = edition.functions.filter((fn) => fn.workflows.includes(workflow.id))
      into(
        'functions',
        functions.map((fn) => fn.id),
      )
      into(
        'kpis',
        functions.flatMap((fn) => fn.kpis),
      )
      into(
        'policies',
        edition.policies.filter((one) => one.workflows.includes(workflow.id)).map((one) => one.id),
      )
      break
    }
    case 'post': {
      const { post } = element
      into(
        'workflows',
        edition.workflows
          .filter((one) => tasksOf(one).some((task) => task.post === post.id || task.with.includes(post.id)))
          .map((one) => one.id),
      )
      into(
        'workflows',
        (post.sheet?.processes ?? []).map((one) => one.workflow),
      )
      into(
        'kpis',
        (post.sheet?.kpis ?? []).map((one) => one.kpi),
      )
      into(
        'functions',
        edition.functions.filter((fn) => post.id in fn.cells).map((fn) => fn.id),
      )
      into(
        'policies',
        edition.policies.filter((one) => one.owner === post.id).map((one) => one.id),
      )
      into(
        'posts',
        edition.posts
          .filter((one) => one.superior === post.id || one.id === post.superior)
          .map((one) => one.id),
      )
      break
    }
    case 'function':
      into('workflows', element.fn.workflows)
      into('policies', element.fn.policies)
      into('kpis', element.fn.kpis)
      into('posts', Object.keys(element.fn.cells))
      break
    case 'form': {
      const { form } = element
      const workflows = edition.workflows.filter(
        (one) =>
          tasksOf(one).some((task) => task.forms.includes(form.id)) ||
          stepsOf(one).some((step) => form.steps.includes(step)),
      )
      into(
        'workflows',
        workflows.map((one) => one.id),
      )
      into(
        'posts',
        workflows
          .flatMap(tasksOf)
          .filter((task) => task.forms.includes(form.id))
          .map((task) => task.post),
      )
      into(
        'policies',
        edition.policies.filter((one) => one.forms.includes(form.id)).map((one) => one.id),
      )
      break
    }
    case 'kpi':
      into('posts', element.kpi.posts)
      into(
        'functions',
        edition.functions.filter((fn) => fn.kpis.includes(element.kpi.id)).map((fn) => fn.id),
      )
      break
    case 'policy':
      into('workflows', element.policy.workflows)
      into('forms', element.policy.forms)
      into('posts', [element.policy.owner])
      into(
        'functions',
        edition.functions.filter((fn) => fn.policies.includes(element.policy.id)).map((fn) => fn.id),
      )
      break
    case 'norm':
      into(
        'workflows',
        edition.workflows
          .filter((one) =>
            tasksOf(one).some((task) =>
              [task.due, task.ladder].some((path) => path?.startsWith(`${element.norm.id}.`)),
            ),
          )
          .map((one) => one.id),
      )
      break
    case 'chapter':
    case 'section':
      break
  }
  return ids
}

/** `norm.deadlines.plan-basis` names a value; the norm is all but the last part. */
const normOf = (value: string): string => value.slice(0, value.lastIndexOf('.'))
