const as = (role: string) => ({ role })

/** Parts of a grid by their role: drawn with another `display`, table elements lose the roles they have of themselves. */
export const roles = {
  grid: (readOnly: boolean) => ({ ...as('grid'), 'aria-readonly': readOnly }),
  rows: as('rowgroup'),
  row: as('row'),
  column: as('columnheader'),
  head: as('rowheader'),
  cell: as('gridcell'),
  chosen: (chosen: boolean) => ({ ...as('gridcell'), 'aria-selected': chosen }),
}
