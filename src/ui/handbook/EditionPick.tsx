import { Dropdown } from 'antd'
import { ChevronDown } from 'lucide-react'
import type { EditionRow } from '../../kernel/handbook/wire.ts'
import { useGo } from '../components/Go.tsx'
import { StatusTag, type Tone } from '../components/StatusTag.tsx'
import { useBook } from './context.ts'
import { useT } from './texts.ts'

export const tones: Record<EditionRow['status'], Tone> = {
  draft: 'neutral',
  published: 'special',
  effective: 'success',
  superseded: 'neutral',
  withdrawn: 'neutral',
}

/** Which edition is read, since when it holds, and a way to another one. `here` is the address without its edition. */
export function EditionPick({ here }: { here: string }) {
  const t = useT()
  const go = useGo()
  const { row, rows, edition } = useBook()
  const line = (
    <span className="kb-read-edition-line">
      {row ? <StatusTag tone={tones[row.status]} text={t(`status.${row.status}`)} /> : null}
      <span>{t('edition', { n: edition.number })}</span>
      {row ? <span className="kb-3">{row.effectiveFrom}</span> : null}
    </span>
  )
  if (rows.length < 2) return <div className="kb-read-edition">{line}</div>
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectedKeys: row ? [String(row.id)] : [],
        items: rows.map((one) => ({
          key: String(one.id),
          label: `${t('edition', { n: one.number })} · ${t(`status.${one.status}`)}${one.effectiveFrom ? ` · ${one.effectiveFrom}` : ''}`,
        })),
        onClick: ({ key }) => {
          const picked = rows.find((one) => String(one.id) === key)
          go(picked?.status === 'effective' ? here : `${here}?edition=${key}`)
        },
      }}
    >
      <button type="button" className="kb-read-edition" title={t('status.pick')}>
        {line}
        <ChevronDown size={14} strokeWidth={1.6} aria-hidden />
      </button>
    </Dropdown>
  )
}
