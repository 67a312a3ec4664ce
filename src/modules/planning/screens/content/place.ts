import type { TaskDetail } from '../../../../kernel/workflow/wire.ts'

/** The plan and sheet that a task is about, from where it leads; the draft is sheet 0. */
export function placeOf(task: Pick<TaskDetail, 'href'>): { planId: number; sheetId: number } | null {
  const found = /^\/plans\/(\d+)(?:\/sheets\/(\d+))?$/.exec(task.href ?? '')
  return found ? { planId: Number(found[1]), sheetId: Number(found[2] ?? 0) } : null
}
