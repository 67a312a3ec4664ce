import { useCallback } from 'react'
import { useText } from '../../../../ui/i18n/texts.ts'
import type { PlanGrid } from '../../wire.ts'
import { useT } from '../texts.ts'

/** A column in words: `1 季度` of a sheet by quarter, `3 月` of one by month. */
export function useColumnName(): (column: PlanGrid['columns'][number] | undefined) => string {
  const t = useT()
  const text = useText()
  return useCallback(
    (column) =>
      !column ? '' : column.id.startsWith('Q') ? t('quarterN', { n: column.quarter }) : text(column.label),
    [t, text],
  )
}
