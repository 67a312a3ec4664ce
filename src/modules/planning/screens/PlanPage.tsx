import { useLocation, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { ArrowRight, Route } from 'lucide-react'
import type { CaseDetail, Task } from '../../../kernel/workflow/wire.ts'
import { Go, useGo } from '../../../ui/components/Go.tsx'
import { Money } from '../../../ui/components/Money.tsx'
import { PageHead } from '../../../ui/components/PageHead.tsx'
import { PageState } from '../../../ui/components/PageState.tsx'
import { StatusTag } from '../../../ui/components/StatusTag.tsx'
import { useListed, useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import type { Plan, PlanBasis } from '../wire.ts'
import { Basis } from './basis/Basis.tsx'
import { Growth, Rate } from './Growth.tsx'
import { Editor } from './grid/Editor.tsx'
import { History } from './history/History.tsx'
import './planning.css'
import { toneOf } from './status.ts'
import { useT } from './texts.ts'
import { Cascade } from './tree/Cascade.tsx'
import { Words } from './words/Words.tsx'

const tabs = ['basis', 'draft', 'cascade', 'words', 'history'] as const
type Tab = (typeof tabs)[number]

/** The tab that matters now, when the address names none. */
const tabFor = (status: Plan['status']): Tab =>
  status === 'basis' ? 'basis' : status === 'cascading' || status === 'cascaded' ? 'cascade' : 'draft'

/** One annual plan: where it stands, what it is based on, its targets, how they are handed down, what was said. */
export function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const plan = useGet<Plan>(/^\d+$/.test(id) ? `/plans/${id}` : null)
  const t = useT()
  if (plan.data) return <Drawn plan={plan.data} />
  return (
    <PageState
      title={t('planSection')}
      path={[{ label: t('plans'), href: '/plans' }]}
      error={plan.error}
      onAgain={() => void plan.refetch()}
    />
  )
}

function Drawn({ plan }: { plan: Plan }) {
  const t = useT()
  const wanted = new URLSearchParams(useLocation().searchStr).get('tab')
  const shown = tabs.filter((one) => one !== 'draft' || plan.may.targets)
  const tab =
    shown.find((one) => one === wanted) ?? shown.find((one) => one === tabFor(plan.status)) ?? 'cascade'
  const wide = tab === 'draft'
  return (
    <div className="kb-page">
      <PageHead
        title={t('plan', { year: plan.year })}
        path={[{ label: t('planSection'), href: '/plans' }]}
        action={<ToTask plan={plan} />}
        titleBelow
      />
      <div className={wide ? 'kb-page kp-plan-page' : 'kb-scroll kp-plan-page'}>
        <Top plan={plan} />
        <nav className="kb-tabs kb-tabbar" aria-label={t('plan', { year: plan.year })}>
          {shown.map((one) => (
            <Go
              key={one}
              href={`/plans/${plan.id}?tab=${one}`}
              className={one === tab ? 'kb-tab kb-tab-on' : 'kb-tab'}
              aria-current={one === tab ? 'page' : undefined}
            >
              {t(one)}
            </Go>
          ))}
        </nav>
        {tab === 'basis' ? <Basis planId={plan.id} plan={plan} /> : null}
        {tab === 'draft' ? <Editor planId={plan.id} sheetId={0} /> : null}
        {tab === 'cascade' ? <Cascade planId={plan.id} /> : null}
        {tab === 'words' ? <Words plan={plan} editable={plan.may.edit} /> : null}
        {tab === 'history' ? <History plan={plan} /> : null}
      </div>
    </div>
  )
}

function Top({ plan }: { plan: Plan }) {
  const t = useT()
  const text = useText()
  const whole = plan.part === 'company'
  const total = useGet<PlanBasis>(whole ? `/plans/${plan.id}/basis` : null, { cut: 'quarter' }).data?.total
  return (
    <div className="kp-top">
      <div className="kb-row">
        <h2 className="kp-title">{t('plan', { year: plan.year })}</h2>
        <StatusTag tone={toneOf(plan.status)} text={`v${plan.version} ${text(plan.statusText)}`} />
        <span className="kb-note">{t('since', { base: plan.baseYear, growth: plan.growthYear })}</span>
        <Go href={`/cases/${plan.caseId}`} className="kp-case">
          <Route size={14} strokeWidth={1.6} aria-hidden /> {t('openCase')}
        </Go>
      </div>
      <Steps caseId={plan.caseId} />
      <dl className="kp-facts">
        <Figures plan={plan} />
        {total ? (
          <>
            <div>
              <dt>{t('growthOf', { year: plan.growthYear })}</dt>
              <dd className="kb-num">
                <Growth now={total.amount} before={total.before} />
              </dd>
            </div>
            <div>
              <dt>{t('returned')}</dt>
              <dd>
                <Money value={total.returned} />
              </dd>
            </div>
            <div>
              <dt>{t('net')}</dt>
              <dd>
                <Money value={total.net} />
              </dd>
            </div>
          </>
        ) : null}
      </dl>
    </div>
  )
}

/** Target, growth and base of one part: the company's, or what the reader was given. */
function Figures({ plan }: { plan: Plan }) {
  const t = useT()
  const whole = plan.part === 'company'
  return (
    <>
      <div>
        <dt>{t(whole ? 'targetOf' : 'givenOf', { year: plan.year })}</dt>
        <dd>
          {plan.total === null ? <span className="kb-3">{t('notYet')}</span> : <Money value={plan.total} />}
        </dd>
      </div>
      <div>
        <dt>{t('onLastYear')}</dt>
        <dd className="kb-num">
          <Rate of={plan.growth} />
        </dd>
      </div>
      <div>
        <dt>{t(whole ? 'baseOf' : 'givenBaseOf', { year: plan.baseYear })}</dt>
        <dd>
          {plan.baseTotal === null ? (
            <span className="kb-3">{t('nothing')}</span>
          ) : (
            <Money value={plan.baseTotal} />
          )}
        </dd>
      </div>
    </>
  )
}

/** The printed steps as one line: done, here, to come. */
function Steps({ caseId }: { caseId: number }) {
  const text = useText()
  const listed = useListed()
  const steps = useGet<CaseDetail>(`/cases/${caseId}`).data?.steps ?? []
  if (steps.length === 0) return null
  // A phone names one step only: where the plan stands, or the last one that was done.
  const on = steps.find((one) => one.state === 'here') ?? steps.findLast((one) => one.state === 'done')
  return (
    <ol className="kp-steps">
      {steps.map((one) => (
        <li
          key={one.step}
          className={`kp-step-${one.state}${one === on ? ' kp-step-on' : ''}`}
          aria-current={one.state === 'here' ? 'step' : undefined}
          title={[text(one.title), listed(one.who)].filter(Boolean).join(' · ')}
        >
          {one.step} {text(one.title)}
        </li>
      ))}
    </ol>
  )
}

/** The task of this plan that waits for the reader. */
function ToTask({ plan }: { plan: Plan }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const todo = useGet<{ items: Task[] }>('/tasks', { box: 'todo', workflow: 'PLAN' }).data?.items
  const task = todo?.find((one) => one.root === plan.caseId && one.status === 'open')
  if (!task) return null
  return (
    <Button type="primary" data-main onClick={() => go(`/inbox/${task.id}`)}>
      {t('toTask', { title: text(task.title) })}
      <ArrowRight size={14} strokeWidth={1.8} aria-hidden />
    </Button>
  )
}
