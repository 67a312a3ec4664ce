import { Select } from 'antd'
import { useState } from 'react'
import { put } from '../../../../ui/api.ts'
import { ErrorBox } from '../../../../ui/components/ErrorBox.tsx'
import { useText } from '../../../../ui/i18n/texts.ts'
import { again } from '../../../../ui/query.ts'
import type { PlanGrid } from '../../wire.ts'
import { useT } from '../texts.ts'
import type { GridStore, Snapshot } from './store.ts'

type Regions = NonNullable<PlanGrid['regions']>

/** What the figures of last year are; whoever drafts the plan chooses by which regions it goes, and the figures of its year with it. */
export function LastYear({ store, shot }: { store: GridStore; shot: Snapshot }) {
  const t = useT()
  const text = useText()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { grid } = shot
  const choose = async (regions: Regions) => {
    setBusy(true)
    setError(null)
    try {
      // What is typed is written first: the sheet is read anew with the other sales beside it.
      if (store.dirty() && !(await store.save())) return
      await put(`/plans/${grid.planId}/regions`, { rev: store.snapshot().grid.rev, regions })
      await store.discard()
      await again('/plans')
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const chooses = grid.kind === 'draft' && grid.rows.some((row) => row.editable)
  return (
    <div className="kp-last-year kb-note">
      {chooses && grid.regions ? (
        <Select<Regions>
          size="small"
          aria-label={t('regions')}
          value={grid.regions}
          loading={busy}
          disabled={busy}
          popupMatchSelectWidth={false}
          options={[
            { value: 'booked', label: t('regions_booked') },
            { value: 'home', label: t('regions_home') },
          ]}
          onChange={(to) => void choose(to)}
        />
      ) : null}
      <span>
        {t('lastYearBy', { what: text(grid.lastYearNote) })}
        {chooses ? t('regionsHint') : ''}
      </span>
      {error ? <ErrorBox error={error} onAgain={() => setError(null)} /> : null}
    </div>
  )
}
