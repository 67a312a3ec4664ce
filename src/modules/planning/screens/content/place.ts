import type { TaskDetail } from '../../../../kernel/workflow/wire.ts'

/** The plan and sheet that a task is about, from where it leads; the draft is sheet 0, `to` whoever was given this part of it. */
export function placeOf(
  task: Pick<TaskDetail, 'href'>,
): { planId: number; sheetId: number; to?: number } | null {
  const found = /^\/plans\/(\d+)(?:\/sheets\/(\d+))?(?:\?to=(\d+))?$/.exec(task.href ?? '')
  if (!found) return null
  const [, plan, sheet, to] = found
  return { planId: Number(plan), sheetId: Number(sheet ?? 0), ...(to ? { to: Number(to) } : {}) }
}
