import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { StickyBar } from '../components/StickyBar.tsx'
import { plain } from '../format/money.ts'
import { useListed, useText } from '../i18n/texts.ts'
import { type Ask, missingSheets, type Sheet, withSheet } from './draft.ts'
import { GiveUp } from './GiveUp.tsx'
import { ReadingFields } from './ReadingFields.tsx'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'

const none = ''

/** Which sheet holds what, the options of the import, and the first rows so that one can see it. */
export function SheetsStep({ run, draft, change, to }: StepProps) {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const [seen, setSeen] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const missing = missingSheets(run.asks, draft.mapping)
  const chosen = run.asks.map((ask) => draft.mapping.sheets[ask.id]).find((name) => name)
  const shown =
    run.sheets.find((sheet) => sheet.name === (seen ?? chosen)) ??
    run.sheets.find((sheet) => !sheet.hidden && sheet.rows > 0)
  const unclear = run.encoding?.clear === false
  const pick = (ask: Ask, name: string) => {
    const sheet = run.sheets.find((one) => one.name === name) ?? null
    setSeen(sheet?.name ?? null)
    change({ mapping: withSheet(draft.mapping, ask, sheet) })
  }
  return (
    <>
      <div className="kb-scroll">
        <div className="kb-pad kb-import-body">
          <p className="kb-2">{t(run.remembered ? 'remembered' : 'guessed')}</p>
          <dl className="kb-import-asks">
            {run.asks.map((ask) => (
              <div key={ask.id}>
                <dt>
                  {text(ask.label)}{' '}
                  <span className="kb-note">{ask.required ? t('required') : t('optional')}</span>
                </dt>
                <dd>
                  <Select
                    aria-label={text(ask.label)}
                    value={draft.mapping.sheets[ask.id] ?? none}
                    onChange={(name) => pick(ask, name)}
                    status={ask.required && !draft.mapping.sheets[ask.id] ? 'error' : ''}
                    options={[
                      ...run.sheets.map((sheet) => ({
                        value: sheet.name,
                        label: `${sheet.name}${sheet.hidden ? t('hiddenSheet') : ''} · ${t('sheetRows', { n: plain(sheet.rows) })}`,
                      })),
                      { value: none, label: t('leaveOut') },
                    ]}
                  />
                </dd>
              </div>
            ))}
            {run.options.map((option) => (
              <div key={option.id}>
                <dt>{text(option.label)}</dt>
                <dd>
                  {option.free === undefined ? (
                    <Select
                      aria-label={text(option.label)}
                      value={String(draft.choices[option.id] ?? option.options[0]?.id ?? '')}
                      onChange={(value) => change({ choices: { ...draft.choices, [option.id]: value } })}
                      options={option.options.map((one) => ({ value: one.id, label: text(one.label) }))}
                    />
                  ) : (
                    <Input
                      aria-label={text(option.label)}
                      value={String(draft.choices[option.id] ?? option.free)}
                      maxLength={40}
                      onChange={({ target }) =>
                        change({ choices: { ...draft.choices, [option.id]: target.value } })
                      }
                    />
                  )}
                </dd>
              </div>
            ))}
            <ReadingFields key={shown?.name} run={run} change={change} sheet={shown} onError={setError} />
          </dl>
          {run.dropped.length > 0 ? (
            <ul className="kb-import-notices">
              {run.dropped.map((said) => (
                <li key={said.zh}>{text(said)}</li>
              ))}
            </ul>
          ) : null}
          {run.sheets.length > 1 ? (
            <nav className="kb-row kb-import-sheets" aria-label={t('sheet')}>
              {run.sheets.map((sheet) => (
                <button
                  key={sheet.name}
                  type="button"
                  aria-pressed={sheet === shown}
                  onClick={() => setSeen(sheet.name)}
                >
                  {sheet.name}
                  {sheet.hidden ? t('hiddenSheet') : ''}
                </button>
              ))}
            </nav>
          ) : null}
          {shown && shown.notices.length > 0 ? (
            <section className="kb-import-notices" aria-label={t('notices', { sheet: shown.name })}>
              <ul>
                {shown.notices.map((said) => (
                  <li key={said.zh}>{text(said)}</li>
                ))}
              </ul>
            </section>
          ) : null}
          {shown ? <FirstRows sheet={shown} /> : <p className="kb-2">{t('noPreview')}</p>}
          <ErrorBox error={error} />
        </div>
      </div>
      <StickyBar
        aside={
          unclear
            ? t('chooseEncoding')
            : missing.length > 0
              ? t('missingSheet', {
                  names: listed(missing.map((ask) => text(ask.label))),
                })
              : null
        }
      >
        <Button
          type="primary"
          disabled={unclear || missing.length > 0}
          onClick={() => to('columns')}
          data-main
        >
          {t('toColumns')}
        </Button>
        <GiveUp run={run} onError={setError} />
      </StickyBar>
    </>
  )
}

/** The first rows of a sheet as they stand in the file. */
function FirstRows({ sheet }: { sheet: Sheet }) {
  const t = useT()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section className="kb-import-sheet" tabIndex={0} aria-label={t('preview', { sheet: sheet.name })}>
      <table className="kb-import-table">
        <thead>
          <tr>
            {sheet.headings.map((heading, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file may have a heading twice
              <th key={at} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.sample.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file stand where they stand
            <tr key={line}>
              {sheet.headings.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells likewise
                <td key={at}>{row[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
