import type { ComponentType } from 'react'
import type { TaskDetail } from '../../kernel/workflow/wire.ts'

/** What a module's own content inside a task is given. */
export interface TaskContentProps {
  readonly task: TaskDetail
  /** False when the task is done or another person's: show, do not edit. */
  readonly editable: boolean
  /** What a written change asks for: the panel reads figures, locks and revisions of the task again. */
  readonly onSaved: () => Promise<void>
  /** Values that the completion sends under a form's id, e.g. `('FM-19', { lines: [...] })`. */
  readonly onForm: (form: string, value: unknown) => void
  /** A save that the panel waits for before it completes; `null` takes it back. It rejects when it could not save. */
  readonly onBefore: (save: (() => Promise<void>) | null) => void
}

/**
 * A module's contents by what they are for: a node (`PLAN/C-5/split`), a step (`PLAN/C-5`) or a form (`FM-19`);
 * the narrowest wins. Each is fetched when a task first needs it.
 */
export type TaskContent = Readonly<
  Record<string, () => Promise<{ default: ComponentType<TaskContentProps> }>>
>

const contents = new Map<string, TaskContent[string]>()

/** Adds the contents of a module; the shell calls it once per module, before anything is drawn. */
export function registerTaskContent(more: TaskContent): void {
  for (const [key, load] of Object.entries(more)) contents.set(key, load)
}

/** The keys a task may find content under, narrowest first. */
export const contentKeys = (task: Pick<TaskDetail, 'workflow' | 'step' | 'node' | 'forms'>): string[] => [
  `${task.workflow}/${task.step}/${task.node}`,
  `${task.workflow}/${task.step}`,
  ...task.forms.map((form) => form.id),
]

/** What draws the inside of this task, with the key it was found under; `null` when no module has anything of its own. */
export function contentOf(
  task: Pick<TaskDetail, 'workflow' | 'step' | 'node' | 'forms'>,
): { key: string; load: TaskContent[string] } | null {
  for (const key of contentKeys(task)) {
    const load = contents.get(key)
    if (load) return { key, load }
  }
  return null
}
