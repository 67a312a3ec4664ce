import { CircleAlert } from 'lucide-react'
import type { Task } from '../../kernel/workflow/wire.ts'
import { useFormat } from '../format/useFormat.ts'

const looks = { calm: 'kb-2', near: 'kb-near', late: 'kb-late' } as const

/** How long is left for a task, or for the nearest of several, in the colour of its urgency. */
export function Deadline({
  task,
}: {
  task: Pick<Task, 'dueAt' | 'workdaysLeft'> & Partial<Pick<Task, 'group'>>
}) {
  const { deadline } = useFormat()
  const { text, urgency } = deadline(task.dueAt, task.workdaysLeft)
  const look = task.group === 'overdue' ? 'late' : urgency
  return (
    <span className={`kb-deadline ${looks[look]}`}>
      {look === 'late' ? <CircleAlert size={13} strokeWidth={1.8} aria-hidden /> : null}
      {text}
    </span>
  )
}
