/** The sheet whose grid has the focus: the cell its cursor comes to takes it. */
let held: string | null = null
if (typeof document !== 'undefined')
  document.addEventListener('focusin', ({ target }) => {
    if (!(target as Element).closest?.('.kp-grid')) held = null
  })

export const sheetKey = ({ planId, sheetId }: { planId: number; sheetId: number }): string =>
  `${planId}/${sheetId}`
export const holdFocus = (sheet: string): void => {
  held = sheet
}
export const hasFocus = (sheet: string): boolean => held === sheet
