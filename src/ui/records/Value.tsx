import type { KindMeta, OutsideReference, Reference } from '../../kernel/records/wire.ts'
import { Go } from '../components/Go.tsx'
import { Money } from '../components/Money.tsx'
import { Avatar } from '../components/PersonTag.tsx'
import { StatusTag } from '../components/StatusTag.tsx'
import { dateText } from '../format/dates.ts'
import { type MoneyUnit, percent, plain } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { useT } from './texts.ts'

export type FieldMeta = KindMeta['fields'][number]
export const isNumber = (field: FieldMeta): boolean =>
  ['integer', 'decimal', 'money', 'percent'].includes(field.type)

export const isReference = (value: unknown): value is Reference | OutsideReference =>
  typeof value === 'object' && value !== null && 'title' in value
/** A reference to something that the reader may not see: it has neither a name nor a page for him. */
export const isOutside = (value: unknown): value is OutsideReference =>
  isReference(value) && value.title === null

/** How something outside the reader's scope is called: 范围外的客户. */
export function useOutside(): (to: string | undefined) => string {
  const t = useT()
  const text = useText()
  const kinds = useMeta().data?.kinds
  return (to) => {
    const kind = kinds?.find((one) => one.id === to)
    return kind ? t('outsideKind', { kind: text(kind.label) }) : t('outside')
  }
}

/** The exact decimal of an amount, whether the API gave it as money or a history as the bare number. */
export const amountOf = (value: unknown): string | null =>
  value === null || value === undefined || value === ''
    ? null
    : typeof value === 'object' && 'amount' in value
      ? String(value.amount)
      : String(value)

/** A value of a field in words, for sentences and titles. */
export function useValueText(): (field: FieldMeta, value: unknown) => string {
  const t = useT()
  const text = useText()
  const format = useFormat()
  const outside = useOutside()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return ''
    if (isReference(value)) return value.title ?? outside(field.to)
    if (field.type === 'money') return format.money(amountOf(value))
    const plainText = String(value)
    if (field.options)
      return text(field.options.find((option) => option.id === plainText)?.label) || plainText
    if (field.type === 'boolean') return value === true || value === 'true' ? t('yes') : t('no')
    if (field.type === 'date') return format.date(plainText)
    if (field.type === 'moment') return format.moment(plainText)
    if (field.type === 'percent') return percent(plainText)
    return isNumber(field) ? plain(plainText) : plainText
  }
}

/** A value of a field as drawn; `unit` where the unit stands in the column's head. */
export function Value({
  field,
  value,
  unit,
  links = true,
  full = false,
}: {
  field: FieldMeta
  value: unknown
  unit?: MoneyUnit
  links?: boolean
  /** Dates with their year, where a column spans several. */
  full?: boolean
}) {
  const format = useFormat()
  const words = useValueText()
  const t = useT()
  if (value === null || value === undefined || value === '') return <span className="kb-3">—</span>
  if (isReference(value)) {
    if (value.title === null) return <span className="kb-3">{words(field, value)}</span>
    if (field.to === 'person')
      return (
        <span className="kb-person">
          <Avatar name={value.title} size={20} />
          {value.title}
        </span>
      )
    if (field.to === 'unit' || !links) return <>{value.title}</>
    return <Go href={`/records/${field.to}/${value.id}`}>{value.title}</Go>
  }
  if (field.type === 'money')
    return unit ? (
      <span className="kb-num">{format.amount(amountOf(value), unit)}</span>
    ) : (
      <Money value={amountOf(value)} />
    )
  if (field.type === 'boolean')
    return value === true ? (
      <StatusTag tone="neutral" text={field.id === 'returned' ? words(field, true) : t('yes')} />
    ) : (
      // A mark that the program sets says something where it stands; elsewhere it is no news.
      <span className="kb-3">{field.computed ? '—' : t('no')}</span>
    )
  const shown = full && field.type === 'date' ? dateText(String(value), format.lang, '') : words(field, value)
  return isNumber(field) ? <span className="kb-num">{shown}</span> : shown
}
