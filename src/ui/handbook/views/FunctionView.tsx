import type { HandbookFunction } from '../../../handbook/model.ts'
import { useText } from '../../i18n/texts.ts'
import { Heading, Pairs, Ref, Table } from '../marks.tsx'
import { DutyMarks } from '../sections/Matrix.tsx'
import { useT } from '../texts.ts'

/** One function: who leads, what each post has to do with it, its workflows, policies and KPIs. */
export function FunctionView({ fn }: { fn: HandbookFunction }) {
  const t = useT()
  const text = useText()
  const refs = (kind: string, ids: readonly string[]) =>
    ids.length > 0 ? (
      <span className="kb-row">
        {ids.map((id) => (
          <Ref key={id} to={`${kind}:${id}`} />
        ))}
      </span>
    ) : null
  return (
    <>
      <Pairs
        rows={[
          [
            t('lead'),
            fn.lead === 'KA' ? t('leadKa') : <Ref key="lead" to={`post:${fn.lead}`} code={false} />,
          ],
          [t('dutyClass'), t(`duty.${fn.dutyClass}`)],
          [t('belongs.workflows'), refs('wf', fn.workflows) ?? (fn.noWorkflow ? text(fn.noWorkflow) : null)],
          [t('belongs.policies'), refs('policy', fn.policies)],
          [t('belongs.kpis'), refs('kpi', fn.kpis)],
        ]}
      />
      <Heading>{t('responsibilities')}</Heading>
      <Table
        label={t('responsibilities')}
        rows={Object.entries(fn.cells)}
        keyOf={([post]) => post}
        columns={[
          { id: 'post', label: t('post'), cell: ([post]) => <Ref to={`post:${post}`} /> },
          {
            id: 'duty',
            label: t('role'),
            cell: ([, duties]) => (
              <span className="kb-row">
                <DutyMarks duties={duties} />
                <span className="kb-2">{duties.map((duty) => t(`duty.${duty}.name`)).join(' · ')}</span>
              </span>
            ),
          },
        ]}
      />
    </>
  )
}
