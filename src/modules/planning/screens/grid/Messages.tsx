import { Button } from 'antd'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { ConflictDialog } from '../../../../ui/conflict/Conflict.tsx'
import { plain } from '../../../../ui/format/money.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useT } from '../texts.ts'
import type { Spot } from './state.ts'
import type { Clash, GridStore, Snapshot } from './store.ts'
import { useColumnName } from './useColumnName.ts'
import type { Written } from './view.ts'

const same = (words: string) => ({ zh: words, en: words })

/** What was not taken, what another person changed, and what could not be written, each with what to do. */
export function Messages({ store, shot, written }: { store: GridStore; shot: Snapshot; written: Written }) {
  const t = useT()
  const text = useText()
  const columnName = useColumnName()
  // The cells that the person put off deciding about.
  const [off, put] = useState<readonly Clash[] | null>(null)
  const { grid, state, problem, clashes, changed, merged } = shot
  const where = ({ row, column }: Spot) => ({
    row: text(grid.rows[row]?.label),
    column: columnName(grid.columns[column]),
  })
  const bad = state.refused ? [state.refused, ...(state.refused.also ?? [])] : []
  const placeOf = (row: string, column: string) =>
    `${text(grid.rows.find((one) => one.key === row)?.label)} ${columnName(grid.columns.find((one) => one.id === column))}`
  return (
    <div className="kp-messages">
      {bad.length > 0 ? (
        <div className="kb-error" role="alert">
          <p>
            <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
            <strong>
              {state.typing === null
                ? t('notNumbers', { n: bad.length })
                : t('notNumber', { text: state.refused?.text ?? '' })}
            </strong>
          </p>
          {state.typing === null ? (
            <ul>
              {bad.slice(0, 8).map((one) => (
                <li key={`${one.spot.row}:${one.spot.column}:${one.text}`}>
                  <button
                    type="button"
                    className="kp-link"
                    onClick={() => store.act({ do: 'go', spot: one.spot })}
                  >
                    {t('badCell', { ...where(one.spot), text: one.text })}
                  </button>
                </li>
              ))}
              {bad.length > 8 ? <li>…</li> : null}
            </ul>
          ) : null}
          <span className="kb-note">{t('entryHint')}</span>
        </div>
      ) : null}
      {state.left > 0 ? <p className="kb-warn">{t('pasteLeft', { n: state.left })}</p> : null}
      {merged > 0 && clashes.length === 0 ? <p className="kb-warn">{t('merged', { n: merged })}</p> : null}
      {clashes.length > 0 ? (
        <div className="kb-error" role="alert">
          <p>
            <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
            <strong>{t('clash', { n: clashes.length })}</strong>
          </p>
          <Button size="small" onClick={() => put(null)}>
            {t('clashChoose')}
          </Button>
        </div>
      ) : null}
      {clashes.length > 0 && off !== clashes ? (
        <ConflictDialog
          clash={{
            ...changed,
            act: 'save',
            what: grid.title,
            differences: clashes.map((clash) => {
              const show = clash.layer === 'amount' ? written.exact : plain
              return {
                ...changed,
                key: clash.row + clash.column + clash.layer,
                label: same(placeOf(clash.row, clash.column)),
                mine: show(clash.mine),
                theirs: show(clash.theirs),
              }
            }),
            also: merged > 0 ? [same(t('cells', { n: merged }))] : [],
          }}
          onChoose={(side) => (side === null ? put(clashes) : void store.settle(side))}
        />
      ) : null}
      {problem ? (
        <ErrorBox error={problem}>
          <div className="kb-row">
            <Button size="small" onClick={() => void store.save()}>
              {t('save')}
            </Button>
            <Button size="small" type="text" onClick={() => void store.discard()}>
              {t('discard')}
            </Button>
          </div>
        </ErrorBox>
      ) : null}
    </div>
  )
}
