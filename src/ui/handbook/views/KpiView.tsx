import type { Kpi } from '../../../handbook/model.ts'
import { Go } from '../../components/Go.tsx'
import { useBook } from '../context.ts'
import { Linked } from '../Linked.tsx'
import { Heading, Pairs, Ref, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** One indicator: how it is computed, for whom, with what weight, and what holds when there is no base. */
export function KpiView({ kpi }: { kpi: Kpi }) {
  const t = useT()
  const { edition } = useBook()
  const weights = kpi.posts.map((id) => ({
    id,
    weight: edition.posts
      .find((post) => post.id === id)
      ?.sheet?.kpis.filter((one) => one.kpi === kpi.id)
      .reduce((sum, one) => sum + one.weight, 0),
  }))
  return (
    <>
      <p className="kb-read-say">
        <strong>{t('formula')}</strong>　<Linked text={kpi.formula} />
      </p>
      <Pairs
        rows={[
          [t('unit'), t(`unit.${kpi.unit}`) + (kpi.vat ? ` · ${t(`vat.${kpi.vat}`)}` : '')],
          [t('periods'), kpi.periods.map((period) => t(`period.${period}`)).join(' / ')],
          [
            t('direction'),
            `${t(`direction.${kpi.direction}`)} · ${kpi.scored ? t('scored') : t('notScored')}`,
          ],
          [t('missingBase'), <Linked key="base" text={kpi.missingBase} />],
          [
            '',
            kpi.adoption === 'running' ? (
              <Go key="go" href={`/figures?kpi=${kpi.id}`}>
                {t('toFigure')}
              </Go>
            ) : null,
          ],
        ]}
      />
      <Heading>{t('weights')}</Heading>
      <Table
        label={t('weights')}
        rows={weights}
        keyOf={(one) => one.id}
        columns={[
          { id: 'post', label: t('post'), cell: (one) => <Ref to={`post:${one.id}`} /> },
          {
            id: 'weight',
            label: t('weight'),
            end: true,
            cell: (one) =>
              one.weight ? (
                <span className="kb-num">{one.weight}</span>
              ) : (
                <span className="kb-3">{t('notWeighted')}</span>
              ),
          },
        ]}
      />
    </>
  )
}
