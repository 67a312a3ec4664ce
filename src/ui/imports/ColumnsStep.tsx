import { Button, Select } from 'antd'
import { useState } from 'react'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { StickyBar } from '../components/StickyBar.tsx'
import { useListed, useText } from '../i18n/texts.ts'
import { type Ask, leftOver, missingColumns, sampleOf, withColumn } from './draft.ts'
import { GiveUp } from './GiveUp.tsx'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'
import { tryRun } from './useRun.ts'

const none = ''

/** Field by field the column it comes from, with an example of the file; then the trial. */
export function ColumnsStep({ run, draft, change, to, reload }: StepProps) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const asks = run.asks.filter((ask) => draft.mapping.sheets[ask.id])
  const missing = missingColumns(run.asks, draft.mapping)
  const start = async () => {
    setBusy(true)
    setError(null)
    try {
      await tryRun(run, draft.mapping, draft.choices)
      to('trial')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body">
          <ErrorBox error={error} onAgain={reload} />
          {run.remembered ? <p className="kb-2">{t('remembered')}</p> : null}
          {asks.map((ask) => (
            <Part key={ask.id} ask={ask} {...{ run, draft, change }} />
          ))}
          <p className="kb-note">{t('nextTime')}</p>
        </div>
      </div>
      <StickyBar
        aside={
          busy
            ? t('trying')
            : missing.length > 0
              ? t('missing', {
                  n: missing.length,
                  names: listed(missing.map((column) => text(column.label))),
                })
              : null
        }
      >
        <Button
          type="primary"
          loading={busy}
          disabled={missing.length > 0}
          onClick={() => void start()}
          data-main
        >
          {t('toTrial')}
        </Button>
        <Button onClick={() => to('sheets')}>{t('back')}</Button>
        <GiveUp run={run} onError={setError} />
      </StickyBar>
    </>
  )
}

function Part({ ask, run, draft, change }: { ask: Ask } & Pick<StepProps, 'run' | 'draft' | 'change'>) {
  const t = useT()
  const text = useText()
  const sheet = run.sheets.find((one) => one.name === draft.mapping.sheets[ask.id])
  const columns = draft.mapping.columns[ask.id] ?? {}
  const rest = leftOver(sheet, columns)
  const matched = ask.columns.filter((column) => columns[column.id]).length
  return (
    <section className="kb-import-part" aria-label={text(ask.label)}>
      <h2>
        {text(ask.label)}{' '}
        <span className="kb-note">
          {sheet?.name} · {t('matched', { n: matched, total: ask.columns.length })}
        </span>
      </h2>
      <table className="kb-import-table kb-cards">
        <thead>
          <tr>
            <th scope="col" style={{ width: '24%' }}>
              {t('field')}
            </th>
            <th scope="col" style={{ width: '34%' }}>
              {t('heading')}
            </th>
            <th scope="col">{t('sample')}</th>
            <th scope="col" className="kb-right" style={{ width: 96 }}>
              {t('how')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ask.columns.map((column) => {
            const heading = columns[column.id] ?? null
            const guessed = run.mapping.columns[ask.id]?.[column.id] ?? null
            return (
              <tr key={column.id}>
                <td>
                  {text(column.label)}
                  {column.required ? (
                    <span className="kb-star" title={t('required')}>
                      {' '}
                      *
                    </span>
                  ) : null}
                </td>
                <td>
                  <Select
                    size="small"
                    showSearch
                    aria-label={text(column.label)}
                    value={heading ?? none}
                    status={column.required && !heading ? 'error' : ''}
                    onChange={(value) =>
                      change({
                        mapping: withColumn(draft.mapping, ask.id, column.id, value === none ? null : value),
                      })
                    }
                    options={[
                      ...(sheet?.headings ?? []).map((one) => ({
                        value: one,
                        label: sheet?.hiddenColumns.includes(one) ? `${one}${t('hiddenSheet')}` : one,
                      })),
                      { value: none, label: t('leaveOut') },
                    ]}
                  />
                </td>
                <td className="kb-2" data-label={t('sample')}>
                  {sampleOf(sheet, heading)}
                </td>
                <td className="kb-right kb-3" data-label={t('how')}>
                  {heading === null ? t('notTaken') : heading === guessed ? t('auto') : t('byHand')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {rest.length > 0 ? (
        <p className="kb-import-left">
          {t('leftOver')}
          {rest.map(({ heading, sample }) => (
            <span key={heading}>
              {heading}
              {sample === '' ? null : <span className="kb-3"> {sample}</span>}
            </span>
          ))}
        </p>
      ) : null}
    </section>
  )
}
