import { useCallback } from 'react'
import { useFormat } from '../../../../ui/format/useFormat.ts'
import { useText } from '../../../../ui/i18n/texts.ts'
import type { PlanGrid } from '../../wire.ts'

/** A column in words: `一季度` of a sheet by quarter, `3 月` of one by month. */
export function useColumnName(): (column: PlanGrid['columns'][number] | undefined) => string {
  const { quarter } = useFormat()
  const text = useText()
  return useCallback(
    (column) => (!column ? '' : column.id.startsWith('Q') ? quarter(column.quarter) : text(column.label)),
    [quarter, text],
  )
}
