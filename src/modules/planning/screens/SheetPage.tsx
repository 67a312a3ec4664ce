import { useLocation, useParams } from '@tanstack/react-router'
import type { Task } from '../../../kernel/workflow/wire.ts'
import { Chip } from '../../../ui/components/Chip.tsx'
import { Go } from '../../../ui/components/Go.tsx'
import { PageHead } from '../../../ui/components/PageHead.tsx'
import { PageState } from '../../../ui/components/PageState.tsx'
import { PersonTag } from '../../../ui/components/PersonTag.tsx'
import { StatusTag } from '../../../ui/components/StatusTag.tsx'
import { useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import type { Plan, PlanGrid } from '../wire.ts'
import { Editor } from './grid/Editor.tsx'
import { sheetPath } from './grid/useSheet.ts'
import './planning.css'
import { useT } from './texts.ts'

/** One sheet on its own page: the draft, the head's split or a manager's. */
export function SheetPage() {
  const t = useT()
  const text = useText()
  const params = useParams({ strict: false }) as { id: string; sheet: string }
  const known = /^\d+$/.test(params.id) && /^\d+$/.test(params.sheet)
  const to = /^\d+$/.exec(new URLSearchParams(useLocation().searchStr).get('to') ?? '')?.[0]
  const [planId, sheetId] = [Number(params.id), Number(params.sheet)]
  const plan = useGet<Plan>(known ? `/plans/${planId}` : null)
  const grid = useGet<PlanGrid>(known ? sheetPath(planId, sheetId) : null)
  const error = plan.error ?? grid.error
  if (!grid.data || !plan.data)
    return (
      <PageState
        title={t('planSection')}
        path={[{ label: t('plans'), href: '/plans' }]}
        error={grid.data ? null : error}
        onAgain={() => void grid.refetch()}
      >
        <Go href="/plans">{t('plans')}</Go>
      </PageState>
    )
  const { giver, taker, attempts } = grid.data
  return (
    <div className="kb-page">
      <PageHead
        title={text(grid.data.title)}
        path={[
          { label: t('planSection'), href: '/plans' },
          {
            label: t('plan', { year: plan.data.year }),
            href: `/plans/${planId}?tab=${sheetId === 0 ? 'draft' : 'cascade'}`,
          },
        ]}
      />
      <div className="kp-sheet-top">
        <Chip clause={sheetId === 0 ? 'wf:PLAN/C-2' : 'wf:PLAN/C-5'} />
        {giver ? <PersonTag name={giver.title} role={t('from')} /> : null}
        {taker ? <PersonTag name={taker.title} role={t('to')} /> : null}
        {attempts > 0 ? <StatusTag tone="warning" text={t('attempts', { n: attempts })} /> : null}
        <span className="kb-grow" />
        <Issue plan={plan.data} />
      </div>
      <Editor
        key={`${planId}/${sheetId}/${to}`}
        planId={planId}
        sheetId={sheetId}
        {...(to ? { to: Number(to) } : {})}
      />
    </div>
  )
}

/** Issuing is done in the task; this leads there. */
function Issue({ plan }: { plan: Plan }) {
  const t = useT()
  const text = useText()
  const todo = useGet<{ items: Task[] }>('/tasks', { box: 'todo', workflow: 'PLAN' }).data?.items
  const task = todo?.find((one) => one.root === plan.caseId && one.status === 'open')
  return task ? <Go href={`/inbox/${task.id}`}>{t('toTask', { title: text(task.title) })}</Go> : null
}
