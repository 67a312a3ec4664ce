import type { Task } from '../../kernel/workflow/wire.ts'

export const boxes = ['todo', 'done', 'started', 'cc'] as const
export type Box = (typeof boxes)[number]
export const sorts = ['due', 'new', 'case'] as const
export type Sort = (typeof sorts)[number]

/** What the inbox shows, as its address keeps it. */
export interface InboxState {
  readonly box: Box
  readonly q: string
  readonly sort: Sort
  /** `''` all, `late`, `stand-in`, or a workflow's id. */
  readonly only: string
}

const oneOf = <T extends string>(all: readonly T[], value: string | null): T =>
  all.find((one) => one === value) ?? (all[0] as T)

export function readInbox(search: string): InboxState {
  const values = new URLSearchParams(search)
  return {
    box: oneOf(boxes, values.get('box')),
    q: values.get('q') ?? '',
    sort: oneOf(sorts, values.get('sort')),
    only: values.get('only') ?? '',
  }
}

/** The address of the inbox, or of a task in it; what is usual is left out. */
export function inboxHref(state: InboxState, task?: number): string {
  const values = new URLSearchParams()
  if (state.box !== 'todo') values.set('box', state.box)
  if (state.q) values.set('q', state.q)
  if (state.sort !== 'due') values.set('sort', state.sort)
  if (state.only) values.set('only', state.only)
  const search = values.toString()
  return `/inbox${task === undefined ? '' : `/${task}`}${search ? `?${search}` : ''}`
}

const fits = (task: Task, only: string): boolean =>
  only === '' ||
  (only === 'late' && task.group === 'overdue') ||
  (only === 'stand-in' && task.why.reason === 'stand-in') ||
  task.workflow === only

export interface Choice {
  readonly only: string
  readonly count: number
}

/** The filters worth offering for these tasks: late ones, those done for a vacant post, and workflows when there are several. */
export function choices(tasks: readonly Task[], only: string): Choice[] {
  const count = (wanted: string) => tasks.filter((task) => fits(task, wanted)).length
  const workflows = [...new Set(tasks.map((task) => task.workflow))].sort()
  return ['late', 'stand-in', ...(workflows.length > 1 ? workflows : [])]
    .map((wanted) => ({ only: wanted, count: count(wanted) }))
    .filter((choice) => (choice.count > 0 && choice.count < tasks.length) || choice.only === only)
}

/** A heading of the list with its tasks; `by` says what `key` is. */
export interface Group {
  readonly by: 'urgency' | 'day' | 'case'
  readonly key: string
  readonly tasks: readonly Task[]
}

const urgency = ['overdue', 'today', 'week', 'later', 'done']

/** Tasks under headings: by urgency, newest day first, or by case. Done tasks always stand under the day they were done. */
export function grouped(
  tasks: readonly Task[],
  { box, sort, only }: Pick<InboxState, 'box' | 'sort' | 'only'>,
  dayOf: (instant: string) => string,
): Group[] {
  const shown = tasks.filter((task) => fits(task, only))
  const by: Group['by'] = sort === 'case' ? 'case' : box === 'done' || sort === 'new' ? 'day' : 'urgency'
  const moment = (task: Task): string => (box === 'done' ? (task.doneAt ?? '') : task.openedAt)
  const keyOf = (task: Task): string =>
    by === 'case' ? String(task.root) : by === 'day' ? dayOf(moment(task)) : task.group
  const groups = new Map<string, Task[]>()
  for (const task of shown) groups.set(keyOf(task), [...(groups.get(keyOf(task)) ?? []), task])
  const list = [...groups].map(([key, ours]) => ({
    by,
    key,
    // Sent back is not new: it stands before what has time.
    tasks:
      by === 'urgency'
        ? ours.sort((a, b) => Number(b.returned !== null) - Number(a.returned !== null))
        : by === 'day'
          ? ours.sort((a, b) => moment(b).localeCompare(moment(a)) || b.id - a.id)
          : ours,
  }))
  if (by === 'urgency') return list.sort((a, b) => urgency.indexOf(a.key) - urgency.indexOf(b.key))
  return by === 'day' ? list.sort((a, b) => b.key.localeCompare(a.key)) : list
}

/** Where a task stands in the list as it is shown, and its neighbours. */
export function around(
  groups: readonly Group[],
  id: number | null,
): { at: number; of: number; before: number | null; after: number | null } {
  const ids = groups.flatMap((group) => group.tasks.map((task) => task.id))
  const at = id === null ? -1 : ids.indexOf(id)
  return {
    at: at + 1,
    of: ids.length,
    before: at > 0 ? (ids[at - 1] ?? null) : null,
    after: at >= 0 ? (ids[at + 1] ?? null) : (ids[0] ?? null),
  }
}
