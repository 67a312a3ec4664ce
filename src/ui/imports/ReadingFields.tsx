import { Checkbox, Select } from 'antd'
import { useState } from 'react'
import type { Reading, SheetReading } from '../../kernel/exchange/reading.ts'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { useText } from '../i18n/texts.ts'
import type { Sheet } from './draft.ts'
import type { StepProps } from './step.ts'
import { useT } from './texts.ts'
import { readAnew } from './useRun.ts'

const open = ''

/** How the file is read: what was found out, and what a person may choose instead for this run. Each choice reads the file anew. */
export function ReadingFields({
  run,
  change,
  sheet,
  onError,
}: Pick<StepProps, 'run' | 'change'> & {
  sheet: Sheet | undefined
  onError: (error: unknown) => void
}) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const read = async (part: Partial<Reading>) => {
    setBusy(true)
    onError(null)
    try {
      const next = await readAnew(run, { ...run.reading, ...part })
      change({ mapping: next.mapping })
    } catch (problem) {
      onError(problem)
    } finally {
      setBusy(false)
    }
  }
  const ofSheet = (part: SheetReading) =>
    sheet &&
    void read({
      sheets: { ...run.reading.sheets, [sheet.name]: { ...run.reading.sheets?.[sheet.name], ...part } },
    })
  const chosen = sheet ? run.reading.sheets?.[sheet.name] : undefined
  return (
    <>
      {run.encoding ? (
        <Encodings
          encoding={run.encoding}
          busy={busy}
          choose={(encoding) => void read({ encoding, sheets: undefined })}
        />
      ) : null}
      {sheet ? <HeaderRow sheet={sheet} busy={busy} choose={(headerRow) => ofSheet({ headerRow })} /> : null}
      {sheet && (sheet.hiddenRows > 0 || chosen?.hiddenRows) ? (
        <div>
          <dt>{t('hiddenRows')}</dt>
          <dd>
            <Checkbox
              checked={chosen?.hiddenRows ?? false}
              disabled={busy}
              onChange={(event) => ofSheet({ hiddenRows: event.target.checked })}
            >
              {t('takeHiddenRows')}
            </Checkbox>
          </dd>
        </div>
      ) : null}
      {sheet?.merged ? (
        <div>
          <dt>{t('merged')}</dt>
          <dd>
            <Checkbox
              checked={chosen?.fillMerged ?? false}
              disabled={busy}
              onChange={(event) => ofSheet({ fillMerged: event.target.checked })}
            >
              {t('fillMerged')}
            </Checkbox>
          </dd>
        </div>
      ) : null}
      <div>
        <dt>{t('dates')}</dt>
        <dd>
          <Select
            aria-label={t('dates')}
            value={run.reading.dates ?? open}
            disabled={busy}
            onChange={(value) => void read({ dates: (value || undefined) as Reading['dates'] })}
            options={[
              { value: open, label: t('dates.open') },
              ...(['ymd', 'dmy', 'mdy'] as const).map((order) => ({
                value: order,
                label: t(`dates.${order}`),
              })),
            ]}
          />
        </dd>
      </div>
      <div>
        <dt>{t('decimal')}</dt>
        <dd>
          <Select
            aria-label={t('decimal')}
            value={run.reading.decimal ?? open}
            disabled={busy}
            onChange={(value) => void read({ decimal: (value || undefined) as Reading['decimal'] })}
            options={[
              { value: open, label: t('decimal.open') },
              { value: 'point', label: t('decimal.point') },
              { value: 'comma', label: t('decimal.comma') },
            ]}
          />
        </dd>
      </div>
    </>
  )
}

/** The encoding found, with the beginning of the file as it reads; where it is not clear, all that may be meant stand side by side. */
function Encodings({
  encoding,
  busy,
  choose,
}: {
  encoding: NonNullable<ImportRun['encoding']>
  busy: boolean
  choose: (encoding: Reading['encoding']) => void
}) {
  const t = useT()
  const text = useText()
  const shown = encoding.clear
    ? encoding.candidates.filter((one) => one.encoding === encoding.found)
    : encoding.candidates
  return (
    <div>
      <dt>{t('encoding')}</dt>
      <dd>
        <Select
          aria-label={t('encoding')}
          value={encoding.clear ? encoding.found : undefined}
          placeholder={t('encodingOpen')}
          status={encoding.clear ? '' : 'error'}
          disabled={busy}
          onChange={choose}
          options={encoding.choices.map((one) => ({ value: one.encoding, label: text(one.name) }))}
        />
        <dl className="kb-import-samples">
          {shown.map((one) => (
            <div key={one.encoding}>
              {encoding.clear ? null : <dt>{text(one.name)}</dt>}
              <dd>{one.sample}</dd>
            </div>
          ))}
        </dl>
      </dd>
    </div>
  )
}

function HeaderRow({ sheet, busy, choose }: { sheet: Sheet; busy: boolean; choose: (row: number) => void }) {
  const t = useT()
  const rows = sheet.top.map(({ row, cells }) => ({
    value: row,
    label: t('headerRowOf', { n: row, cells: cells.filter((cell) => cell !== '').join(' · ') }),
  }))
  const beyond = sheet.headerRow > 0 && !rows.some(({ value }) => value === sheet.headerRow)
  return (
    <div>
      <dt>{t('headerRow')}</dt>
      <dd>
        <Select
          aria-label={t('headerRow')}
          value={sheet.headerRow}
          disabled={busy}
          onChange={choose}
          options={[
            ...rows,
            ...(beyond
              ? [
                  {
                    value: sheet.headerRow,
                    label: t('headerRowOf', { n: sheet.headerRow, cells: sheet.headings.join(' · ') }),
                  },
                ]
              : []),
            { value: 0, label: t('noHeaderRow') },
          ]}
        />
      </dd>
    </div>
  )
}
