import { Button } from 'antd'
import { useState } from 'react'
import type { ProblemRow } from '../../../kernel/handbook/wire.ts'
import { StatusTag } from '../../components/StatusTag.tsx'
import { useText } from '../../i18n/texts.ts'
import { useT } from './texts.ts'

/** What the checks found, each with its place; notes of described parts are counted and shown on demand. */
export function Findings({ problems }: { problems: readonly ProblemRow[] }) {
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
        <ByCheck items={grave} />
      )}
      {notes.length > 0 ? (
        <p className="kb-2 kb-row kb-editions-notes">
          {t('noteCount', { n: notes.length })}
          <Button type="link" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'hideNotes' : 'showNotes')}
          </Button>
        </p>
      ) : null}
      {open ? <ByCheck items={notes} /> : null}
    </>
  )
}

/** Findings of one check stand together, so that how to mend them is said once. */
export function ByCheck({ items }: { items: readonly ProblemRow[] }) {
  const t = useT()
  const text = useText()
  const checks = [...new Set(items.map((one) => one.check))]
  return checks.map((check) => {
    const found = items.filter((one) => one.check === check)
    const mend = found[0]?.mend
    return (
      <div key={check} className="kb-editions-check">
        <ul className="kb-editions-findings" aria-label={t('finding')}>
          {found.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one unchanging list
            <li key={index}>
              <StatusTag tone={tones[one.severity]} text={t(`severity.${one.severity}`)} />
              <span>{text(one.text)}</span>
              <code>{one.at}</code>
            </li>
          ))}
        </ul>
        {mend ? (
          <p className="kb-2">
            <strong>{t('mend')}</strong> {text(mend)}
          </p>
        ) : null}
      </div>
    )
  })
}

const tones = { error: 'error', warning: 'warning', note: 'neutral' } as const
