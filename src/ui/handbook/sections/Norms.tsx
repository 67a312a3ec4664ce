import type { Norm, NormRow, NormValue, Text } from '../../../handbook/model.ts'
import { tasksOf } from '../../../handbook/words/element.ts'
import { calledIn, cellText, isLadder, rangesOf, valueText } from '../../../handbook/words/norms.ts'
import { Go } from '../../components/Go.tsx'
import { useText } from '../../i18n/texts.ts'
import { useBook, useHref } from '../context.ts'
import { Linked } from '../Linked.tsx'
import { Heading, Pairs, Ref, SourceTag, Table } from '../marks.tsx'
import { useT } from '../texts.ts'

/** One parameter table: every number stands here once. `marked` is the value that a link asked for. */
export function NormTable({ norm, marked }: { norm: Norm; marked?: string | null }) {
  const t = useT()
  const text = useText()
  const note = norm.note ? (
    <p className="kb-read-say">
      <Linked text={norm.note} />
    </p>
  ) : null
  if (norm.rows.length > 0)
    return (
      <>
        <RowCard norm={norm} row={norm.rows.find((row) => row.id === marked)} />
        {note}
        <NormRows norm={norm} marked={marked} />
      </>
    )
  return (
    <>
      {note}
      <Table
        label={text(norm.name)}
        compact
        rows={Object.entries(norm.values)}
        keyOf={([id]) => id}
        anchor={([id]) => `norm:${norm.id}.${id}`}
        marked={([id]) => id === marked}
        columns={[
          {
            id: 'name',
            label: t('name'),
            cell: ([, one]) => (
              <>
                <Linked text={one.name} />
                <Note text={one.note} />
              </>
            ),
          },
          { id: 'value', label: t('value'), cell: ([, one]) => <NormValueCell one={one} /> },
          { id: 'tag', label: '', cell: ([, one]) => <SourceTag tag={one.tag} />, width: 64, end: true },
        ]}
      />
    </>
  )
}

/** A value; one that is written elsewhere leads there. */
function NormValueCell({ one }: { one: NormValue }) {
  const text = useText()
  const href = useHref()
  const said = <strong>{text(valueText(one))}</strong>
  return one.as ? <Go href={href(`norm:${one.as}`)}>{said}</Go> : said
}

const Note = ({ text }: { text: Text | undefined }) =>
  text ? (
    <small className="kb-read-rownote">
      <Linked text={text} />
    </small>
  ) : null

/** The row that a link asked for, said in full before the table: who decides on what, and at which steps. */
function RowCard({ norm, row }: { norm: Norm; row: NormRow | undefined }) {
  const t = useT()
  const text = useText()
  const { edition } = useBook()
  if (!row || !isLadder(edition, norm, row)) return null
  const path = `${norm.id}.${row.id}`
  const steps = edition.workflows.flatMap((workflow) =>
    tasksOf(workflow).flatMap((task) => (task.ladder === path ? `wf:${workflow.id}/${task.step}` : [])),
  )
  return (
    <section className="kb-step">
      <Heading anchor={`norm:${path}`}>{text(row.name)}</Heading>
      <Ranges norm={norm} row={row} />
      <Note text={row.note} />
      <Pairs
        rows={[
          [
            t('where'),
            steps.length > 0 ? (
              <span key="steps" className="kb-row">
                {[...new Set(steps)].map((ref) => (
                  <Ref key={ref} to={ref} />
                ))}
              </span>
            ) : null,
          ],
        ]}
      />
    </section>
  )
}

/** Post by post, on which amounts it decides. */
export function Ranges({ norm, row }: { norm: Norm; row: NormRow }) {
  const { edition } = useBook()
  return (
    <dl className="kb-read-pairs kb-read-ranges">
      {rangesOf(edition, norm, row).map(({ post, range }) => (
        <div key={post}>
          <dt>
            <Ref to={`post:${post}`} code={false} />
          </dt>
          <dd>
            <Linked text={range} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A table norm as it is written: rows of matters, columns of posts or classes. */
function NormRows({ norm, marked }: { norm: Norm; marked?: string | null | undefined }) {
  const text = useText()
  const { edition } = useBook()
  // A row that is told in full above the table is landed at there.
  const above = (row: NormRow) => row.id === marked && isLadder(edition, norm, row)
  return (
    <Table<NormRow>
      label={text(norm.name)}
      rows={norm.rows}
      keyOf={(row) => row.id}
      anchor={(row) => (above(row) ? null : `norm:${norm.id}.${row.id}`)}
      marked={(row) => row.id === marked}
      columns={[
        {
          id: 'name',
          label: '',
          cell: (row) => (
            <>
              <strong>{text(row.name)}</strong>
              <Note text={row.note} />
            </>
          ),
        },
        ...norm.columns.map((column) => ({
          id: column.id,
          label: text(column.name),
          cell: (row: NormRow) => {
            const cell = row.cells[column.id]
            return cell ? <Linked text={cellText(cell, calledIn(edition), row.unit ?? column.unit)} /> : ''
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
        {
          id: 'why',
          label: t('why'),
          cell: (one) => (
            <>
              {text(one.why)}
              {one.see.length > 0 ? (
                <span className="kb-note kb-row">
                  {t('see')}
                  {one.see.map((ref) => (
                    <Ref key={ref} to={ref} />
                  ))}
                </span>
              ) : null}
            </>
          ),
        },
        { id: 'tag', label: '', cell: (one) => <SourceTag tag={one.tag} />, width: 64, end: true },
      ]}
    />
  )
}
