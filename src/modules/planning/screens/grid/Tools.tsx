import { Button, Input, Popover, Segmented } from 'antd'
import { ClipboardCopy, PaintBucket, Redo2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { commandKey } from '../../../../ui/components/PageHead.tsx'
import { toast } from '../../../../ui/components/toasts.tsx'
import { unitName } from '../../../../ui/format/money.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import { useLang } from '../../../../ui/theme/display.ts'
import { useT } from '../texts.ts'
import { textOfCells } from './clipboard.ts'
import { Fill } from './Fill.tsx'
import { tableOf } from './rows.ts'
import { type Layer, shift } from './state.ts'
import type { GridStore, Snapshot } from './store.ts'
import { scalesOf, type Written } from './view.ts'

interface Props {
  readonly store: GridStore
  readonly shot: Snapshot
  readonly written: Written
}

const icon = { size: 16, strokeWidth: 1.6, 'aria-hidden': true } as const

/** The line above the grid: which figure, in which unit, undo, fill, copy, and whether all is written. */
export function Tools({ store, shot, written, inTask }: Props & { inTask: boolean }) {
  const t = useT()
  const text = useText()
  const lang = useLang()
  const { grid, state } = shot
  const [filling, setFilling] = useState(false)
  const editable = grid.rows.some((row) => row.editable)
  const copy = async () => {
    const words = {
      text,
      group: t(grid.kind === 'rep' ? 'groupRep' : 'groupManager'),
      row: t(grid.kind === 'rep' ? 'rowAccount' : 'rowRegion'),
      total: t('quarterTotal'),
    }
    const plain = (value: string) => shift(value, state.layer === 'amount' ? -state.scale : 0)
    const table = textOfCells(tableOf(grid, state.values[state.layer], words, plain))
    try {
      await navigator.clipboard.writeText(table)
      toast(t('copied'))
    } catch {
      toast(t('copyFailed'))
    }
  }
  return (
    <div className="kp-tools">
      <div className="kb-row">
        <Segmented<Layer>
          aria-label={t('layer')}
          value={state.layer}
          options={[
            { value: 'amount', label: t('amounts') },
            { value: 'orders', label: t('orderCounts') },
          ]}
          onChange={(layer) => store.act({ do: 'show', layer })}
        />
        {state.layer === 'amount' ? (
          <Segmented<number>
            aria-label={t('unit')}
            value={state.scale}
            options={scalesOf(lang).map(({ scale, unit }) => ({ value: scale, label: unitName(unit, lang) }))}
            onChange={(scale) => store.act({ do: 'show', scale })}
          />
        ) : null}
        {editable ? (
          <>
            <Button
              type="text"
              icon={<Undo2 {...icon} />}
              disabled={state.done.length === 0}
              aria-label={t('undo')}
              title={`${t('undo')} Ctrl+Z`}
              onClick={() => store.act({ do: 'undo' })}
            />
            <Button
              type="text"
              icon={<Redo2 {...icon} />}
              disabled={state.undone.length === 0}
              aria-label={t('redo')}
              title={`${t('redo')} Ctrl+Y`}
              onClick={() => store.act({ do: 'redo' })}
            />
            {state.layer === 'amount' ? (
              <Popover
                open={filling}
                onOpenChange={setFilling}
                trigger="click"
                placement="bottomLeft"
                arrow={false}
                content={<Fill {...{ store, shot, written }} onDone={() => setFilling(false)} />}
              >
                <Button type="text" icon={<PaintBucket {...icon} />}>
                  {t('fill')}
                </Button>
              </Popover>
            ) : null}
          </>
        ) : null}
        <Button type="text" icon={<ClipboardCopy {...icon} />} onClick={() => void copy()}>
          {t('copyAll')}
        </Button>
        {grid.rows.length > 30 ? <Jump store={store} shot={shot} /> : null}
      </div>
      <Saved store={store} shot={shot} inTask={inTask} />
    </div>
  )
}

/** Goes to the next row with these letters in its name. */
function Jump({ store, shot }: Omit<Props, 'written'>) {
  const t = useT()
  const text = useText()
  const { grid, state } = shot
  const [missed, setMissed] = useState(false)
  const find = (wanted: string, from: number) => {
    if (wanted.trim() === '') return setMissed(false)
    const has = (index: number) =>
      text(grid.rows[index]?.label).toLowerCase().includes(wanted.trim().toLowerCase())
    const order = grid.rows.map((_, index) => (from + index) % grid.rows.length)
    const row = order.find(has)
    setMissed(row === undefined)
    if (row !== undefined) store.act({ do: 'go', spot: { row, column: state.cursor.column } })
  }
  const what = t(grid.kind === 'rep' ? 'rowAccount' : 'rowRegion')
  return (
    <Input
      className="kp-jump"
      allowClear
      data-find
      placeholder={t('find', { what })}
      aria-label={t('find', { what })}
      status={missed ? 'error' : ''}
      onChange={(event) => find(event.target.value, 0)}
      onPressEnter={(event) => find(event.currentTarget.value, state.cursor.row + 1)}
    />
  )
}

function Saved({ store, shot, inTask }: Omit<Props, 'written'> & { inTask: boolean }) {
  const t = useT()
  const text = useText()
  const { grid, state, saving, savedAt } = shot
  if (!grid.rows.some((row) => row.editable))
    return (
      <span className="kb-note kp-saved">{grid.may.edit || inTask ? t('readOnly') : text(grid.may.why)}</span>
    )
  const open = state.unsaved.length
  const time = savedAt === null ? '' : new Date(savedAt).toTimeString().slice(0, 5)
  return (
    <span className="kp-saved">
      <span className="kb-note kp-paste-hint">
        <kbd>{commandKey}V</kbd> {t('pasteHint')}
      </span>
      <span className={open > 0 ? 'kb-note kb-near' : 'kb-note'} role="status">
        {saving
          ? t('saving')
          : open > 0
            ? t('unsaved', { n: open })
            : time
              ? t('savedAt', { time })
              : t('allSaved')}
      </span>
      {open > 0 && !saving ? (
        <Button size="small" onClick={() => void store.save()}>
          {t('save')}
        </Button>
      ) : null}
    </span>
  )
}
