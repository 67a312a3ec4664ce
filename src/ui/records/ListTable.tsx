import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { useGo } from '../components/Go.tsx'
import { Grade } from '../components/StatusTag.tsx'
import { type MoneyUnit, plain, unitFor } from '../format/money.ts'
import { useFormat } from '../format/useFormat.ts'
import { useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { useDisplay, useLang } from '../theme/display.ts'
import { usePrinting, useWidth } from '../theme/media.ts'
import { nextSort } from './listState.ts'
import { useT } from './texts.ts'
import { useListPlace } from './useListPlace.ts'
import { amountOf, type FieldMeta, isNumber, Value } from './Value.tsx'

const widths: Partial<Record<FieldMeta['type'], string>> = {
  date: '96px',
  moment: '132px',
  money: 'minmax(128px, .8fr)',
  decimal: '88px',
  integer: '88px',
  percent: '80px',
  boolean: '96px',
  choice: 'minmax(84px, .7fr)',
}
/** Room for a code that is read as a whole, such as CN-2017-1455960. */
const codeWidth = 148
const isCode = (kind: KindMeta, field: FieldMeta, kinds: readonly KindMeta[]): boolean => {
  // A record that is named by its code is told apart by the last digits of it.
  const to = field.type === 'reference' ? kinds.find((one) => one.id === field.to) : null
  return field.id === kind.code || (to?.code !== null && to !== null && to?.code === to?.title)
}
const widthOf = (field: FieldMeta, title: boolean, code: boolean): string =>
  title
    ? 'minmax(180px, 2fr)'
    : code
      ? `minmax(${codeWidth}px, 1.1fr)`
      : (widths[field.type] ?? 'minmax(104px, 1.1fr)')

export interface TableProps {
  readonly kind: KindMeta
  readonly fields: readonly FieldMeta[]
  readonly items: readonly RecordItem[]
  readonly sort: string | null
  readonly onSort: (sort: string | null) => void
  readonly onEnd: () => void
  readonly total?: number | undefined
  readonly empty: ReactNode
}

/** The one unit of a list's amounts; the first page decides, so that the head does not change under the reader. */
export const listUnit = (fields: readonly FieldMeta[], items: readonly RecordItem[]): MoneyUnit =>
  unitFor(
    items
      .slice(0, 100)
      .flatMap((item) =>
        fields.filter((field) => field.type === 'money').map((field) => amountOf(item[field.id])),
      ),
  )

/** Whether the dates of a list lie in other years than this one: then all of them tell their year. */
const spansYears = (fields: readonly FieldMeta[], items: readonly RecordItem[], today: string): boolean =>
  items.some((item) =>
    fields.some(
      ({ id, type }) => type === 'date' && item[id] && String(item[id]).slice(0, 4) !== today.slice(0, 4),
    ),
  )

/** Rows of a list, drawn only where they are seen; on a phone as cards. Enter or a click opens, J and K walk. */
export function ListTable(props: TableProps) {
  const { kind, fields, items, onEnd } = props
  const t = useT()
  const printing = usePrinting()
  const phone = useWidth() === 'phone' && !printing
  const { density } = useDisplay()
  const scroller = useRef<HTMLDivElement>(null)
  const height = phone ? 68 : density === 'dense' ? 36 : 44
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  })
  // The virtualizer keeps sizes, which a change of density makes wrong.
  useEffect(() => {
    if (height > 0) rows.measure()
  }, [height, rows])
  const seen = rows.getVirtualItems()
  const shown = printing ? items.map((_, index) => ({ index, size: height, start: index * height })) : seen
  const onRow = useListPlace({ items, scroller, rows, total: props.total, onEnd })
  const last = seen[seen.length - 1]?.index ?? 0
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 20) onEnd()
  }, [last, items.length, onEnd])
  const format = useFormat()
  const text = useText()
  const unit = listUnit(fields, items)
  const full = spansYears(fields, items, format.today)
  const kinds = useMeta().data?.kinds ?? []
  const columns = fields.map((field) => ({
    title: field.id === kind.title,
    code: isCode(kind, field, kinds),
    field,
  }))
  const template = columns.map(({ field, title, code }) => widthOf(field, title, code)).join(' ')
  const width = columns.reduce(
    (sum, { title, code }) => sum + (title ? 200 : code ? codeWidth + 16 : 112),
    48,
  )
  return (
    <div className="kb-scroll" ref={scroller}>
      <table
        aria-rowcount={props.total ?? -1}
        aria-label={text(kind.plural)}
        className="kb-list"
        style={phone ? {} : { minWidth: width }}
      >
        {phone ? null : (
          <thead>
            <tr className="kb-list-head" style={{ gridTemplateColumns: template }}>
              {fields.map((field) => (
                <HeadCell
                  key={field.id}
                  field={field}
                  unit={field.type === 'money' ? format.unit(unit) : ''}
                  sort={props.sort ?? kind.list.sort}
                  onSort={() => props.onSort(nextSort(props.sort, field.id, field.beside))}
                />
              ))}
            </tr>
          </thead>
        )}
        <tbody style={{ height: rows.getTotalSize(), position: 'relative', display: 'block' }}>
          {shown.map((row) => {
            const item = items[row.index] as RecordItem
            const at = { height: row.size, transform: `translateY(${row.start}px)` }
            return phone ? (
              <Card
                key={item.id}
                {...{ kind, fields, item, unit, full, onRow, index: row.index }}
                style={at}
              />
            ) : (
              <Row
                key={item.id}
                {...{ kind, fields, item, unit, full, onRow, index: row.index }}
                style={{ ...at, gridTemplateColumns: template }}
              />
            )
          })}
        </tbody>
      </table>
      {items.length === 0 ? props.empty : null}
      {props.total !== undefined && items.length < props.total ? (
        <p className="kb-print-only">
          {t('printedPart', { n: plain(items.length), total: plain(props.total) })}
        </p>
      ) : null}
    </div>
  )
}

function HeadCell(props: { field: FieldMeta; unit: string; sort: string; onSort: () => void }) {
  const { field, unit, sort } = props
  const t = useT()
  const text = useText()
  const lang = useLang()
  const label = text(field.label) + (unit === '' ? '' : lang === 'zh' ? `（${unit}）` : ` (${unit})`)
  const up = sort === field.id
  const down = sort === `-${field.id}`
  return (
    <th
      scope="col"
      aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}
      className={isNumber(field) ? 'kb-right' : ''}
    >
      {field.sortable ? (
        <button type="button" onClick={props.onSort} title={t('sortBy', { field: text(field.label) })}>
          {label}
          {up ? <ArrowUp size={12} aria-hidden /> : down ? <ArrowDown size={12} aria-hidden /> : null}
        </button>
      ) : (
        label
      )}
    </th>
  )
}

interface RowProps {
  kind: KindMeta
  fields: readonly FieldMeta[]
  item: RecordItem
  unit: MoneyUnit
  /** Dates tell their year. */
  full: boolean
  index: number
  onRow: (item: RecordItem, index: number) => void
  style: React.CSSProperties
}

function useOpen({ kind, item, index, onRow }: RowProps) {
  const go = useGo()
  const href = `/records/${kind.id}/${item.id}`
  return {
    tabIndex: 0,
    'data-row': item.id,
    onFocus: () => onRow(item, index),
    onClick: (event: React.MouseEvent) => {
      if ((event.target as HTMLElement).closest('a,button')) return
      if (window.getSelection()?.toString()) return
      onRow(item, index)
      if (event.metaKey || event.ctrlKey) window.open(href)
      else go(href)
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) go(href)
    },
  }
}

function Row(props: RowProps) {
  const { kind, fields, item, unit, full, index, style } = props
  const t = useT()
  const open = useOpen(props)
  return (
    <tr className="kb-list-row" style={style} aria-rowindex={index + 2} {...open}>
      {fields.map((field) => (
        <td key={field.id} className={isNumber(field) ? 'kb-right' : ''}>
          {field.id === 'grade' ? (
            item.grade ? (
              <Grade grade={item.grade as string} />
            ) : (
              <span className="kb-3">{t('ungraded')}</span>
            )
          ) : (
            <span
              className={field.id === kind.title ? 'kb-list-title' : field.id === kind.code ? 'kb-2' : ''}
            >
              <Value
                field={field}
                value={item[field.id]}
                full={full}
                {...(field.type === 'money' ? { unit } : {})}
              />
            </span>
          )}
        </td>
      ))}
    </tr>
  )
}

function Card(props: RowProps) {
  const { kind, fields, item, unit, full, style } = props
  const text = useText()
  const format = useFormat()
  const open = useOpen(props)
  const amount = fields.find((field) => field.type === 'money')
  const rest = fields
    .filter((field) => field.id !== kind.title && field.id !== 'grade' && field !== amount)
    .filter((field) => item[field.id] !== null && item[field.id] !== false && item[field.id] !== '')
    .slice(0, 3)
  return (
    <tr className="kb-card" style={style} {...open}>
      <td>
        <div className="kb-card-top">
          <Grade grade={item.grade as string | null} />
          <strong className="kb-grow">{String(item[kind.title] ?? '')}</strong>
          {amount ? (
            <span className="kb-card-amount">
              <small className="kb-3">{text(amount.label)}</small>{' '}
              <Value field={amount} value={item[amount.id]} unit={unit} />{' '}
              {item[amount.id] ? <small className="kb-3">{format.unit(unit)}</small> : null}
            </span>
          ) : null}
        </div>
        <div className="kb-card-rest">
          {rest.map((field) => (
            <span key={field.id}>
              <span className={field.type === 'date' ? 'kb-3' : 'kb-hidden'}>{text(field.label)} </span>
              <Value field={field} value={item[field.id]} links={false} full={full} />
            </span>
          ))}
        </div>
      </td>
    </tr>
  )
}
