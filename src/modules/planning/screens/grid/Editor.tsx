import { useBlocker } from '@tanstack/react-router'
import { Button, Drawer, Modal } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Empty } from '../../../../ui/components/Empty.tsx'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { Waiting } from '../../../../ui/components/Waiting.tsx'
import { useGet } from '../../../../ui/query.ts'
import { useMedia, useWidth } from '../../../../ui/theme/media.ts'
import type { PlanGrid } from '../../wire.ts'
import { useT } from '../texts.ts'
import { Checks, CheckTag, outOfRange } from './Checks.tsx'
import { CellFacts, Repairs } from './Fill.tsx'
import { GridTable } from './GridTable.tsx'
import '../planning.css'
import './grid.css'
import { LastYear } from './LastYear.tsx'
import { Messages } from './Messages.tsx'
import { PhoneGrid } from './PhoneGrid.tsx'
import type { GridStore, Snapshot } from './store.ts'
import { Tools } from './Tools.tsx'
import { sheetPath, useSheet } from './useSheet.ts'
import { useWritten } from './view.ts'

export interface EditorProps {
  readonly planId: number
  /** 0 is the draft. */
  readonly sheetId: number
  /** The person whose part alone is shown, as his letter has it; nothing of it can be written. */
  readonly to?: number
  /** False shows the sheet read-only, whatever the API would allow. */
  readonly editable?: boolean
  /** Inside a task: no side panel, a height of its own. */
  readonly inTask?: boolean
  readonly onSaved?: () => void
  /** The open sheet's store, and `null` once it is put away. */
  readonly onStore?: (store: GridStore | null) => void
}

/** A sheet of a plan, read and edited: the draft, the head's split or a manager's. */
export function Editor(props: EditorProps) {
  const t = useT()
  const { to } = props
  const grid = useGet<PlanGrid>(sheetPath(props.planId, props.sheetId))
  const shown = useMemo(
    () => (grid.data && to !== undefined ? partOf(grid.data, to) : grid.data),
    [grid.data, to],
  )
  if (grid.error && !grid.data) return <ErrorBox error={grid.error} onAgain={() => void grid.refetch()} />
  if (!shown) return <Waiting rows={8} />
  if (shown.rows.length === 0)
    return props.sheetId === 0 ? (
      <Empty title={t('noDraft')} hint={t('noDraftHint')} />
    ) : (
      <Empty title={t('noSheets')} />
    )
  const writes = to === undefined && props.editable !== false
  return (
    <Opened
      key={`${props.planId}/${props.sheetId}/${to}/${writes}`}
      {...props}
      editable={writes}
      grid={shown}
    />
  )
}

/** A receiver's rows of a sheet. What was given to the one who splits says nothing about them. */
const partOf = (grid: PlanGrid, to: number): PlanGrid => ({
  ...grid,
  rows: grid.rows.filter((row) => row.group?.key === `person:${to}`),
  check: null,
})

function Opened({
  grid,
  editable = true,
  inTask = false,
  onSaved,
  onStore,
}: EditorProps & { grid: PlanGrid }) {
  const { store, shot } = useSheet(grid, { editable, ...(onSaved ? { onSaved } : {}) })
  const written = useWritten(shot.state)
  const phone = useWidth() === 'phone'
  const side = useMedia('(min-width: 1280px)') && !inTask
  useEffect(() => {
    onStore?.(store)
    return () => onStore?.(null)
  }, [store, onStore])
  const parts = { store, shot, written }
  return (
    <div className={inTask ? 'kp-editor kp-in-task' : 'kp-editor'}>
      <Tools {...parts} inTask={inTask} />
      <LastYear store={store} shot={shot} />
      <Messages {...parts} />
      <div className="kp-main">
        {phone ? <PhoneGrid {...parts} inTask={inTask} /> : <GridTable {...parts} bars={!inTask} />}
        {side ? (
          <aside className="kp-side">
            <Side {...parts} />
          </aside>
        ) : null}
      </div>
      {side || (inTask && outOfRange(shot.grid, shot.state) === null) ? null : <Strip {...parts} />}
      <LeaveGuard store={store} shot={shot} />
    </div>
  )
}

type Parts = { store: GridStore; shot: Snapshot; written: ReturnType<typeof useWritten> }

const Side = (parts: Parts) => (
  <>
    <Checks grid={parts.shot.grid} state={parts.shot.state} written={parts.written} />
    <Repairs {...parts} />
    <CellFacts {...parts} />
  </>
)

/** Where there is no room beside the grid: the state of the sums, and the panel on demand. */
function Strip(parts: Parts) {
  const t = useT()
  const [open, setOpen] = useState(false)
  const out = outOfRange(parts.shot.grid, parts.shot.state)
  return (
    <div className="kp-strip">
      {out === null ? null : <CheckTag out={out} />}
      <Repairs {...parts} />
      <Button size="small" type="text" onClick={() => setOpen(true)}>
        {t(out === null ? 'cell' : 'showCheck')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size={340}
        title={t(out === null ? 'cell' : 'sumCheck')}
      >
        <Side {...parts} />
      </Drawer>
    </div>
  )
}

/** Leaving writes what is unsaved; only when that fails it is asked. */
function LeaveGuard({ store, shot }: { store: GridStore; shot: Snapshot }) {
  const t = useT()
  const blocker = useBlocker({
    shouldBlockFn: async () => store.dirty() && !(await store.save()),
    enableBeforeUnload: () => store.dirty(),
    withResolver: true,
  })
  const blocked = blocker.status === 'blocked'
  return (
    <Modal
      open={blocked}
      title={t('leaveTitle', { n: Math.max(1, shot.state.unsaved.length) })}
      onCancel={() => blocker.reset?.()}
      cancelText={t('stay')}
      okText={t('leave')}
      okButtonProps={{ danger: true }}
      onOk={() => {
        // What cannot be read again now is read when the sheet is next opened.
        void store.discard().catch(() => undefined)
        blocker.proceed?.()
      }}
    >
      {t('leaveText')}
    </Modal>
  )
}
