import type { Norm, NormRow } from '../../../handbook/model.ts'
import { cellText, valueText } from '../../../handbook/words/norms.ts'
import { useText } from '../../i18n/texts.ts'
import { useBook } from '../context.ts'
import { tasksOf } from '../element.ts'
import { Heading, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** One parameter table: every number stands here once. `marked` is the value that a link asked for. */
export function NormTable({ norm, marked }: { norm: Norm; marked?: string | null }) {
  const t = useT()
  const text = useText()
  if (norm.rows.length > 0) return <NormRows norm={norm} marked={marked} />
  return (
    <Table
      label={text(norm.name)}
      rows={Object.entries(norm.values)}
      keyOf={([id]) => id}
      anchor={([id]) => `norm:${norm.id}.${id}`}
      marked={([id]) => id === marked}
      columns={[
        { id: 'name', label: t('name'), cell: ([, one]) => text(one.name) },
        { id: 'value', label: t('value'), cell: ([, one]) => <strong>{text(valueText(one))}</strong> },
        { id: 'tag', label: '', cell: ([, one]) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}

/** A table norm as it is written: rows of matters, columns of posts or classes. */
function NormRows({ norm, marked }: { norm: Norm; marked?: string | null | undefined }) {
  const text = useText()
  return (
    <Table<NormRow>
      label={text(norm.name)}
      rows={norm.rows}
      keyOf={(row) => row.id}
      anchor={(row) => `norm:${norm.id}.${row.id}`}
      marked={(row) => row.id === marked}
      columns={[
        { id: 'name', label: '', cell: (row) => text(row.name) },
        ...norm.columns.map((column) => ({
          id: column.id,
          label: text(column.name),
          cell: (row: NormRow) => {
            const cell = row.cells[column.id]
            return cell ? text(cellText(cell, row.unit ?? column.unit)) : ''
          },
        })),
        { id: 'tag', label: '', cell: (row) => <SourceTag tag={row.tag} />, width: 64, end: true },
      ]}
    />
  )
}

export function Norms() {
  const text = useText()
  const { edition } = useBook()
  return edition.norms.map((norm) => (
    <div key={norm.id}>
      <Heading level={3} anchor={`norm:${norm.id}`}>
        {text(norm.name)}
      </Heading>
      <NormTable norm={norm} />
    </div>
  ))
}

/** The alternatives of the handbook and which one is in force. */
export function Switches() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Table
      label={t('chosen')}
      rows={edition.switches}
      keyOf={(one) => one.id}
      columns={[
        { id: 'name', label: t('name'), cell: (one) => text(one.name) },
        {
          id: 'value',
          label: t('chosen'),
          cell: (one) =>
            one.values.map((value, index) => (
              <span key={value.id} className={value.id === one.value ? '' : 'kb-3'}>
                {index > 0 ? ' / ' : ''}
                {value.id === one.value ? <strong>{text(value.name)}</strong> : text(value.name)}
              </span>
            )),
        },
        { id: 'where', label: t('where'), cell: (one) => text(one.where) },
        { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}

/** What the workflows leave behind and the indicators count, with the steps that write it. */
export function Records() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  const steps = (id: string) =>
    edition.workflows.flatMap((flow) =>
      tasksOf(flow)
        .filter((task) => task.produces.includes(id))
        .map((task) => `wf:${flow.id}/${task.step}`),
    )
  return (
    <Table
      label={t('records')}
      rows={edition.records}
      keyOf={(one) => one.id}
      columns={[
        { id: 'code', label: t('records'), cell: (one) => `${one.id} ${text(one.name)}` },
        {
          id: 'steps',
          label: t('steps'),
          cell: (one) => (
            <span className="kb-row">
              {[...new Set(steps(one.id))].map((step) => (
                <Ref key={step} to={step} name={false} />
              ))}
            </span>
          ),
        },
      ]}
    />
  )
}

export function Glossary() {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  return (
    <Table
      label={t('term')}
      rows={edition.glossary}
      keyOf={(one) => one.term.zh}
      columns={[
        { id: 'term', label: t('term'), cell: (one) => <strong>{text(one.term)}</strong> },
        {
          id: 'alias',
          label: t('alias'),
          cell: (one) => (
            <span lang={/\p{Script=Han}/u.test(one.aliases.join('')) ? 'zh-CN' : undefined}>
              {one.aliases.join(' · ')}
            </span>
          ),
        },
        { id: 'why', label: t('why'), cell: (one) => text(one.why) },
        { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}
