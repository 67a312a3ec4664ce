import type { FlowNode } from '../../handbook/model.ts'
import type { CaseDetail, Task, TaskDetail } from '../../kernel/workflow/wire.ts'

/** Where a record is shown: a declared kind on its record page, any other on its module's own page (`plan` 3 → `/plans/3`). */
export const recordHref = (record: { kind: string; id: number }, kinds: readonly { id: string }[]): string =>
  kinds.some((one) => one.id === record.kind)
    ? `/records/${record.kind}/${record.id}`
    : `/${record.kind}s/${record.id}`

/** The tone in which the state of a case is said. */
const caseTones = { running: 'info', resting: 'warning', ended: 'success' } as const
export const toneOf = (one: Pick<CaseDetail, 'state' | 'status'>) =>
  one.status === 'cancelled' ? ('neutral' as const) : caseTones[one.state]

export interface Holding {
  readonly key: string
  readonly step: string
  readonly title: Task['title']
  readonly who: readonly string[]
  readonly task: Task | null
}

/** Open tasks of the case itself with who holds them; what children hold stands with the children. */
export const holdings = (one: Pick<CaseDetail, 'tasks' | 'steps'>): Holding[] =>
  one.tasks.map((task) => ({
    key: String(task.id),
    step: task.step,
    title: task.title,
    who: one.steps.find((step) => step.step === task.step)?.who ?? [],
    task,
  }))

type Open = CaseDetail['children'][number]['open'][number]

/** Open tasks of one kind taken together, each holder named once: seventeen letters are one line, not seventeen. */
export function together(open: readonly Open[]): Open[] {
  const kinds = new Map<string, Open>()
  for (const one of open) {
    const kind = `${one.step} ${one.title.zh}`
    const who = [...(kinds.get(kind)?.who ?? []), ...one.who]
    kinds.set(kind, { ...one, who: [...new Set(who)] })
  }
  return [...kinds.values()]
}

/** Everybody the case waits for, each named once. */
export const waitsFor = (one: Pick<CaseDetail, 'tasks' | 'steps' | 'children'>): string[] => [
  ...new Set([...holdings(one), ...one.children.flatMap((child) => child.open)].flatMap((open) => open.who)),
]

/** Open tasks of mine that belong to this case or to a case it called. */
export const mineIn = (one: Pick<CaseDetail, 'id' | 'root' | 'parent'>, inbox: readonly Task[]): Task[] =>
  inbox.filter((task) => (one.parent === null ? task.root === one.id : task.case === one.id))

/** What whoever handed the task over wrote when doing so: why it was returned, or what was mended. Letters say it themselves. */
export function handedWith(
  task: Pick<TaskDetail, 'from' | 'openedAt' | 'opinions' | 'said'>,
): TaskDetail['opinions'][number] | null {
  if (!task.from || task.said.length > 0) return null
  const last = task.opinions.findLast(({ person, at }) => person?.id === task.from?.id && at <= task.openedAt)
  return last?.comment ? last : null
}

/** Steps as the reader should see them: one before the step reached is behind the case, also where he may not see who did it. */
export function behind(steps: CaseDetail['steps']): CaseDetail['steps'] {
  const reached = steps.findLastIndex((step) => step.state === 'done' || step.state === 'here')
  return steps.map((step, index) =>
    index < reached && step.state === 'waiting' ? { ...step, state: 'done' } : step,
  )
}

interface Drawn {
  readonly marks: Record<string, 'done' | 'now' | 'late'>
  readonly counts: Record<string, { open: number; late: number }>
}
/** What the swim-lane marks: steps done, where the case stands, open tasks at a step (its shares' too) and how many are late. */
export function onDrawing(
  one: Pick<CaseDetail, 'marks'> & {
    readonly children: readonly Pick<CaseDetail['children'][number], 'process' | 'open'>[]
  },
  nodes: readonly FlowNode[],
): Drawn {
  const drawn: Drawn = { marks: {}, counts: {} }
  const shares = (id: string): number => {
    const call = nodes.find((node) => node.id === id && node.kind === 'call')
    return call?.kind === 'call'
      ? one.children
          .filter((child) => child.process === call.process)
          .reduce((sum, child) => sum + child.open.length, 0)
      : 0
  }
  for (const [node, { state, open = 0, late = 0 }] of Object.entries(one.marks)) {
    if (state === 'done') drawn.marks[node] = 'done'
    if (state === 'here') drawn.marks[node] = late > 0 ? 'late' : 'now'
    const waiting = open + shares(node)
    if (waiting > 0) drawn.counts[node] = { open: waiting, late }
  }
  return drawn
}
