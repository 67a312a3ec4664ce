import type { Form, TaskNode, Workflow } from '../model.ts'
import { type Reading, tasksOf } from './element.ts'
import { findRow } from './norms.ts'

/** A task that a post has a part in. */
export interface Part {
  readonly workflow: Workflow
  readonly task: TaskNode
  /** `does`: works it out; `decides`: passes or refuses, or may decide by limit; `advises`: is heard. */
  readonly how: 'does' | 'decides' | 'advises'
}

/** Every task of an edition that a post does, decides or is heard on, in the order of the workflows. */
export function partsIn(edition: Reading, post: string): Part[] {
  return edition.workflows.flatMap((workflow) =>
    tasksOf(workflow).flatMap((task): Part[] => {
      const how = partOf(edition, task, post)
      return how ? [{ workflow, task, how }] : []
    }),
  )
}

function partOf(edition: Reading, task: TaskNode, post: string): Part['how'] | null {
  if (isJudge(edition, task, post)) return 'decides'
  // Whose lane a task by limit stands in has power of his own, be it in words.
  if (task.post === post)
    return task.ladder !== null || task.outcomes.some((one) => one.negative) ? 'decides' : 'does'
  if (task.signers.includes(post) || task.with.includes(post)) return 'advises'
  return null
}

/** Whether a post may decide a task that rises by limit: it has power of its own in the row, or signs beside who has. */
function isJudge(edition: Reading, task: TaskNode, post: string): boolean {
  const found = task.ladder ? findRow(edition, task.ladder) : null
  if (!found) return false
  const own = found.row.cells[post]
  if (own?.kind === 'unlimited' || (own?.kind === 'value' && typeof own.value === 'number' && own.value > 0))
    return true
  return Object.values(found.row.cells).some((cell) => cell.kind !== 'none' && cell.and.includes(post))
}

/** A form with the tasks in which a post has it in hand. */
export interface FormAt {
  readonly form: Form
  readonly at: readonly Part[]
}
/** The forms a post fills, and those it decides on; a form may be both. */
export function formsOf(edition: Reading, post: string): Record<'does' | 'decides', FormAt[]> {
  const parts = partsIn(edition, post)
  const inHand = (how: Part['how']) =>
    edition.forms.flatMap((form): FormAt[] => {
      const at = parts.filter((one) => one.how === how && one.task.forms.includes(form.id))
      return at.length > 0 ? [{ form, at }] : []
    })
  return { does: inHand('does'), decides: inHand('decides') }
}
