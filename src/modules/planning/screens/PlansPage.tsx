import { ChevronRight } from 'lucide-react'
import { Empty } from '../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../ui/components/ErrorBox.tsx'
import { Go, useGo } from '../../../ui/components/Go.tsx'
import { Money } from '../../../ui/components/Money.tsx'
import { PageHead } from '../../../ui/components/PageHead.tsx'
import { StatusTag } from '../../../ui/components/StatusTag.tsx'
import { Waiting } from '../../../ui/components/Waiting.tsx'
import { useText } from '../../../ui/i18n/texts.ts'
import { useGet } from '../../../ui/query.ts'
import { StartCase } from '../../../ui/work/StartCase.tsx'
import type { Plan } from '../wire.ts'
import { Rate } from './Growth.tsx'
import './planning.css'
import { toneOf } from './status.ts'
import { useT } from './texts.ts'

/** Annual plans, latest first; whoever may starts the next one here. */
export function PlansPage() {
  const t = useT()
  const plans = useGet<{ items: Plan[] }>('/plans')
  const starts = useGet<{ items: { workflow: string }[] }>('/starts', undefined, { staleTime: 60_000 })
  const mayStart = starts.data?.items.some((one) => one.workflow === 'PLAN') ?? false
  const items = plans.data?.items
  return (
    <div className="kb-page">
      <PageHead
        title={t('planSection')}
        tabs={[
          { id: 'plans', label: t('plans'), count: items?.length ?? null, href: '/plans', current: true },
        ]}
        action={items && items.length > 0 ? <StartCase /> : null}
      />
      <div className="kb-scroll">
        {plans.error && !items ? (
          <div className="kb-pad">
            <ErrorBox error={plans.error} onAgain={() => void plans.refetch()} />
          </div>
        ) : !items ? (
          <Waiting />
        ) : items.length === 0 ? (
          <Empty
            title={mayStart ? t('noPlans') : t('noPlansSeen')}
            hint={mayStart ? t('noPlansHint') : t('noPlansOther')}
            action={
              <div className="kb-row">
                <StartCase />
                {mayStart ? <Go href="/imports">{t('toImport')}</Go> : null}
              </div>
            }
          />
        ) : (
          <PlanList plans={items} />
        )}
      </div>
    </div>
  )
}

function PlanList({ plans }: { plans: readonly Plan[] }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  return (
    <ul className="kp-plans">
      {plans.map((plan) => (
        <li key={plan.id}>
          <Go
            href={`/plans/${plan.id}`}
            className="kp-plan"
            data-row
            onKeyDown={(event) => event.key === 'Enter' && go(`/plans/${plan.id}`)}
          >
            <span className="kp-plan-title">
              <strong>{t('plan', { year: plan.year })}</strong>
              <span className="kb-row">
                <StatusTag tone={toneOf(plan.status)} text={text(plan.statusText)} />
                <span className="kb-note">{t('version', { version: plan.version })}</span>
              </span>
            </span>
            <span className="kp-plan-fact">
              <small>{t(plan.part === 'company' ? 'targetOf' : 'givenOf', { year: plan.year })}</small>
              {plan.total === null ? (
                <span className="kb-3">{t('notYet')}</span>
              ) : (
                <Money value={plan.total} />
              )}
            </span>
            <span className="kp-plan-fact">
              <small>{t(plan.part === 'company' ? 'baseOf' : 'givenBaseOf', { year: plan.baseYear })}</small>
              {plan.baseTotal === null ? (
                <span className="kb-3">{t('nothing')}</span>
              ) : (
                <Money value={plan.baseTotal} />
              )}
            </span>
            <span className="kp-plan-fact">
              <small>{t('onLastYear')}</small>
              <span className="kb-num">
                <Rate of={plan.growth} />
              </span>
            </span>
            <ChevronRight size={16} strokeWidth={1.6} aria-hidden className="kb-3" />
          </Go>
        </li>
      ))}
    </ul>
  )
}
