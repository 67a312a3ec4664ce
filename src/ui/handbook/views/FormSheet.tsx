import { Fragment, useMemo } from 'react'
import type { Edition, Form } from '../../../handbook/model.ts'
import { type Block, type Field, flat, inLine } from '../../../handbook/print/block.ts'
import { formBlocks } from '../../../handbook/print/form.ts'
import { speaker } from '../../../handbook/print/words.ts'
import { useLang } from '../../theme/display.ts'
import { useBook } from '../context.ts'
import './form-sheet.css'

/** A form as it looks on paper: the very blocks that are printed, drawn for the screen. */
export function FormSheet({ form }: { form: Form }) {
  const lang = useLang()
  const { edition } = useBook()
  // A form reads no source files, which the browser does not get. Its name stands above already.
  const blocks = useMemo(
    () =>
      flat(formBlocks(edition as Edition, speaker(edition as Edition, lang), form)).filter(
        (one) => one.kind !== 'heading' && one.kind !== 'turned',
      ),
    [edition, lang, form],
  )
  return (
    <div className="kb-formsheet">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the paper's own order
        <Drawn key={index} block={block} />
      ))}
    </div>
  )
}

function Drawn({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return <p className="kb-note">{inLine(block.text)}</p>
    case 'band':
      return (
        <div className="kb-formsheet-band">
          <h2>{inLine(block.text)}</h2>
          <small>{inLine(block.note)}</small>
        </div>
      )
    case 'fields':
      return (
        <dl className="kb-formsheet-fields">
          {block.rows.flatMap((row) =>
            row.map((field) => (
              <Box key={inLine(field.label)} field={field} whole={field.whole || row.length === 1} />
            )),
          )}
        </dl>
      )
    case 'table':
      return <Lines block={block} />
    default:
      return null
  }
}

function Box({ field, whole }: { field: Field; whole: boolean }) {
  return (
    <div className={whole ? 'kb-formsheet-whole' : undefined}>
      <dt>{inLine(field.label)}</dt>
      <dd style={{ minHeight: `${Math.round(field.lines) * 22 + 12}px` }}>
        {field.ticks.map((tick) => (
          <span key={inLine(tick)} className="kb-formsheet-tick">{`□ ${inLine(tick)}`}</span>
        ))}
        {inLine(field.hint) ? <span className="kb-3">{inLine(field.hint)}</span> : null}
      </dd>
    </div>
  )
}

/** Empty rows to write in: paper needs as many as there is room, a screen a few to be understood. */
const few = 3

function Lines({ block }: { block: Block & { kind: 'table' } }) {
  const alike = block.rows.every((row) =>
    row.slice(1).every((cell, at) => inLine(cell) === inLine(block.rows[0]?.[at + 1] ?? '')),
  )
  const rows = block.mm && alike ? block.rows.slice(0, few) : block.rows
  const sum = block.widths.reduce((all, one) => all + one, 0)
  const label = block.head.map(inLine).join(' · ')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section className="kb-formsheet-wide" tabIndex={0} aria-label={label}>
      <table style={{ minWidth: block.head.length * 84 }}>
        <colgroup>
          {block.widths.map((width, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are told by their place
            <col key={at} style={{ width: `${(100 * width) / sum}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {block.head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are told by their place
              <th key={at} scope="col">
                {inLine(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows to write in have no name
            <tr key={index}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns are told by their place
                <td key={at}>
                  {(typeof cell === 'string' ? cell : inLine(cell)).split('\n').map((line, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one cell
                    <Fragment key={place}>
                      {place > 0 ? <br /> : null}
                      {line}
                    </Fragment>
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
