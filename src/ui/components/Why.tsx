import { Popover } from 'antd'
import { Shield } from 'lucide-react'
import type { ReactNode } from 'react'
import { Chip } from './Chip.tsx'
import { useT } from './texts.ts'

export interface WhyRow {
  readonly label: string
  readonly value: ReactNode
}

/**
 * Answers "why": the verdict in a sentence, then rows of post, limit, deadline, source. Without children a shield; else they are underlined.
 */
export function Why(props: {
  verdict: ReactNode
  rows?: readonly WhyRow[]
  clause?: string
  /** Edition the clause is of, where it may not be the one in force. */
  edition?: number | undefined
  children?: ReactNode
}) {
  const t = useT()
  const content = (
    <div className="kb-why-box">
      <p className="kb-why-verdict">
        <Shield size={16} strokeWidth={1.6} aria-hidden />
        <span>{props.verdict}</span>
      </p>
      {props.rows?.length || props.clause ? (
        <dl className="kb-pairs">
          {props.rows?.map((row) => (
            <div key={row.label}>
              <dt>{row.label}</dt>
              <dd>{row.value}</dd>
            </div>
          ))}
          {props.clause ? (
            <div>
              <dt>{t('clauseLabel')}</dt>
              <dd>
                <Chip clause={props.clause} edition={props.edition} />
              </dd>
            </div>
          ) : null}
        </dl>
      ) : null}
    </div>
  )
  return (
    <Popover content={content} trigger={['hover', 'focus', 'click']} placement="bottomLeft" arrow={false}>
      <button
        type="button"
        className={props.children ? 'kb-why' : 'kb-icon'}
        aria-label={props.children ? undefined : t('why')}
        data-why
      >
        {props.children ?? <Shield size={16} strokeWidth={1.6} aria-hidden />}
      </button>
    </Popover>
  )
}
