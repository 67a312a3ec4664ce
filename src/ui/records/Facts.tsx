import type { KindMeta, RecordList, RecordPage } from '../../kernel/records/wire.ts'
import { Go } from '../components/Go.tsx'
import { plain } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useGet } from '../query.ts'
import { useMissing, useOpenCases } from './Doing.tsx'
import { useT } from './texts.ts'
import { amountOf, Value } from './Value.tsx'

interface Props {
  readonly kind: KindMeta
  readonly record: RecordPage
  readonly related: readonly { kind: string; column: string; other: KindMeta }[]
}

/** The strip of facts: what the heading does not say already, what the related records add up to, last the next step. */
export function Facts({ kind, record, related }: Props) {
  const text = useText()
  const fields = kind.page.facts.flatMap((id) => {
    const field = kind.fields.find((one) => one.id === id)
    return !field || field.to === 'person' || id === kind.code || id === kind.title ? [] : [field]
  })
  const summed = related.filter((one) => one.other.list.sums.length > 0)
  return (
    <dl className="kb-facts">
      {fields.map((field) => (
        <div key={field.id}>
          <dt>{text(field.label)}</dt>
          <dd>
            <Value field={field} value={record[field.id]} />
          </dd>
        </div>
      ))}
      {summed.map((one) => (
        <RelatedSum key={one.kind} {...one} record={record} base={`/records/${kind.id}/${record.id}`} />
      ))}
      <Next kind={kind} record={record} />
    </dl>
  )
}

function RelatedSum(props: {
  base: string
  record: RecordPage
  kind: string
  column: string
  other: KindMeta
}) {
  const text = useText()
  const { money } = useFormat()
  const { other } = props
  const sum = other.fields.find((field) => field.id === other.list.sums[0])
  const totals = useGet<RecordList>(`/records/${props.kind}`, {
    [props.column]: props.record.id,
    limit: 1,
    total: 1,
    sums: 1,
  }).data
  if (!sum) return null
  const value = amountOf(totals?.sums?.[sum.id]) ?? '0'
  return (
    <div>
      <dt>
        {text(other.plural)} {totals?.total === undefined ? '' : plain(totals.total)} · {text(sum.label)}
      </dt>
      <dd>
        <Go href={`${props.base}?tab=${props.kind}`}>
          {totals === undefined ? '…' : sum.type === 'money' ? money(value) : plain(value)}
        </Go>
      </dd>
    </div>
  )
}

function Next({ kind, record }: { kind: KindMeta; record: RecordPage }) {
  const t = useT()
  const text = useText()
  const missing = useMissing({ kind, record })
  const [open] = useOpenCases(`/records/${kind.id}/${record.id}`)
  const { length } = record.missing
  return (
    <div>
      <dt>{t('next')}</dt>
      <dd title={missing || undefined}>
        {open ? (
          <Go href={`/cases/${open.id}`}>{text(open.title)}</Go>
        ) : length > 0 ? (
          <span className="kb-near">{t('fillOther', { n: length })}</span>
        ) : (
          <span className="kb-3">{t('nothingNext')}</span>
        )}
      </dd>
    </div>
  )
}
