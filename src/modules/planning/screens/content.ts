import type { TaskContent } from '../../../ui/work/content.ts'

const basis = () => import('./content/BasisContent.tsx')
const draft = () => import('./content/DraftContent.tsx')
const sheet = () => import('./content/SheetContent.tsx')

/** What stands inside the tasks of the annual plan. */
export const taskContent: TaskContent = {
  'PLAN/C-1': basis,
  'PLAN/C-2': draft,
  'PLAN/C-3': draft,
  'PLAN/C-4': draft,
  'PLAN/C-5': sheet,
}
