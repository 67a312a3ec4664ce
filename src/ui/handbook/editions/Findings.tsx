import { Button } from 'antd'
import { useState } from 'react'
import type { EditionDetail } from '../../../kernel/handbook/wire.ts'
import { StatusTag } from '../../components/StatusTag.tsx'
import { useText } from '../../i18n/texts.ts'
import { useT } from './texts.ts'

type Problem = EditionDetail['problems'][number]

/** What the checks found, each with its place; notes of described parts are counted and shown on demand. */
export function Findings({ problems }: { problems: readonly Problem[] }) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const grave = problems.filter((one) => one.severity !== 'note')
  const notes = problems.filter((one) => one.severity === 'note')
  return (
    <>
      {grave.length === 0 ? (
        <p>
          <StatusTag tone="success" text={t('clean')} />
        </p>
      ) : (
        <List items={grave} />
      )}
      {notes.length > 0 ? (
        <p className="kb-2 kb-row">
          {t('noteCount', { n: notes.length })}
          <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'hideNotes' : 'showNotes')}
          </Button>
        </p>
      ) : null}
      {open ? <List items={notes} /> : null}
    </>
  )
}

function List({ items }: { items: readonly Problem[] }) {
  const t = useT()
  const text = useText()
  const words = { error: t('errors'), warning: t('warnings'), note: t('notes') }
  const tones = { error: 'error', warning: 'warning', note: 'neutral' } as const
  return (
    <ul className="kb-editions-findings" aria-label={t('finding')}>
      {items.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one unchanging list
        <li key={index}>
          <StatusTag tone={tones[one.severity]} text={words[one.severity]} />
          <span>{text(one.text)}</span>
          <code>{one.at}</code>
        </li>
      ))}
    </ul>
  )
}
