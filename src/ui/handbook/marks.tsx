import { Tooltip } from 'antd'
import { Link2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Adoption, Statement, Tag } from '../../handbook/model.ts'
import { elementOf, refOf, stepNodesOf } from '../../handbook/words/element.ts'
import { Go, useGo } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useText } from '../i18n/texts.ts'
import { useBook, useHref } from './context.ts'
import { Linked } from './Linked.tsx'
import { useT } from './texts.ts'

/** Where a statement comes from, in a word; the sentence behind it on hover. */
export function SourceTag({ tag }: { tag: Tag }) {
  const t = useT()
  return (
    <span className="kb-source" title={t(`tag.${tag}.why`)}>
      {t(`tag.${tag}`)}
    </span>
  )
}

/** Says plainly that a part is read and printed but not worked by; silent for a running part unless asked. */
export function AdoptionTag({ adoption, always = false }: { adoption: Adoption; always?: boolean }) {
  const t = useT()
  if (adoption === 'running' && !always) return null
  return (
    <Tooltip title={t(adoption === 'running' ? 'runningHint' : 'describedHint')}>
      <span className={`kb-tag kb-tag-${adoption === 'running' ? 'success' : 'neutral'}`}>{t(adoption)}</span>
    </Tooltip>
  )
}

export function Statements({ items }: { items: readonly Statement[] }) {
  return (
    <ul className="kb-read-list">
      {items.map((item) => (
        <li key={item.text.zh}>
          <Linked text={item.text} /> <SourceTag tag={item.tag} />
        </li>
      ))}
    </ul>
  )
}

/** A link to an element by its typed reference: code and name, as people speak of it. */
export function Ref({ to, code = true, name = true }: { to: string; code?: boolean; name?: boolean }) {
  const { edition } = useBook()
  const href = useHref()
  const text = useText()
  const element = elementOf(edition, to)
  if (!element) return <span>{to.slice(to.indexOf(':') + 1)}</span>
  const { id, title } = titleOf(element)
  return (
    <Go href={href(refOf(element))} className="kb-ref">
      {code && id ? <span className="kb-ref-code">{id}</span> : null}
      {name || !id ? <span>{text(title)}</span> : null}
    </Go>
  )
}

/** Printed code and name of an element. */
export function titleOf(element: NonNullable<ReturnType<typeof elementOf>>): {
  id: string
  title: { zh: string; en: string }
} {
  switch (element.is) {
    case 'chapter':
      return { id: element.chapter.id, title: element.chapter.title }
    case 'section': {
      const at = element.chapter.sections.indexOf(element.section) + 1
      return { id: `${element.chapter.id}.${at}`, title: element.section.title }
    }
    case 'workflow': {
      const { workflow, step } = element
      const node = stepNodesOf(workflow).find((one) => one.step === step)
      return node ? { id: node.step, title: node.name } : { id: workflow.id, title: workflow.name }
    }
    case 'post':
      return { id: element.post.id, title: element.post.name }
    case 'function':
      return { id: element.fn.id, title: element.fn.name }
    case 'form':
      return { id: element.form.id, title: element.form.name }
    case 'kpi':
      return { id: element.kpi.id, title: element.kpi.name }
    case 'policy':
      return { id: element.policy.id, title: element.policy.name }
    case 'norm': {
      const part =
        element.value === null
          ? undefined
          : (element.norm.values[element.value] ?? element.norm.rows.find((row) => row.id === element.value))
      return { id: '', title: part?.name ?? element.norm.name }
    }
  }
}

/** Heading of a part with its permanent link; `anchor` is the reference the reader scrolls to. */
export function Heading({
  anchor,
  children,
  level = 2,
  extra,
}: {
  anchor?: string
  children: ReactNode
  level?: 2 | 3
  extra?: ReactNode
}) {
  const t = useT()
  const href = useHref()
  const go = useGo()
  const Tag = level === 2 ? 'h2' : 'h3'
  return (
    <div
      className="kb-read-heading"
      id={anchor ? anchorId(anchor) : undefined}
      tabIndex={anchor ? -1 : undefined}
    >
      <Tag>{children}</Tag>
      {extra}
      {anchor ? (
        <button
          type="button"
          className="kb-icon kb-read-link"
          aria-label={t('link')}
          title={t('link')}
          onClick={() => {
            go(href(anchor), true)
            // Only a page served over https or from this machine may write to the clipboard; the address bar has it anyway.
            void navigator.clipboard?.writeText(location.origin + href(anchor)).then(() => toast(t('linked')))
          }}
        >
          <Link2 size={14} strokeWidth={1.6} aria-hidden />
        </button>
      ) : null}
    </div>
  )
}

/** Id in the page of a reference. */
export const anchorId = (ref: string): string => `at-${ref.replaceAll(/[^\w-]+/g, '-')}`

/** Rows of label and value; rows without a value are left out. */
export function Pairs({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="kb-read-pairs">
      {rows
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

export interface Column<T> {
  readonly id: string
  readonly label: ReactNode
  readonly cell: (row: T) => ReactNode
  readonly end?: boolean
  readonly width?: number | string
}

/** A plain table of the handbook; on a phone each row becomes a card with its labels. */
export function Table<T>(props: {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  marked?: (row: T) => boolean
  anchor?: (row: T) => string | null
  foot?: ReactNode
  /** On a phone a row is one line without labels, for rows that say what they are by themselves. */
  compact?: boolean
}) {
  const t = useT()
  return (
    <div className="kb-read-tablebox">
      <table
        className={props.compact ? 'kb-read-table kb-read-compact' : 'kb-read-table'}
        aria-label={props.label}
      >
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={column.end ? 'kb-right' : ''}
                style={{ width: column.width }}
              >
                {column.label === '' ? <span className="kb-hidden">{t('source')}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => {
            const anchor = props.anchor?.(row) ?? null
            return (
              <tr
                key={props.keyOf(row)}
                id={anchor ? anchorId(anchor) : undefined}
                tabIndex={anchor ? -1 : undefined}
                className={props.marked?.(row) ? 'kb-read-marked' : ''}
              >
                {props.columns.map((column) => (
                  <td
                    key={column.id}
                    className={column.end ? 'kb-right' : ''}
                    data-label={typeof column.label === 'string' ? column.label : undefined}
                  >
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
        {props.foot}
      </table>
    </div>
  )
}
