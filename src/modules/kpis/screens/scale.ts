/** Marks of an axis from zero: at most five, at round figures, the last at or above `most`. */
export function marksOf(most: number): number[] {
  if (!(most > 0)) return [0]
  const raw = most / 4
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= raw * 0.999999) ?? raw
  const marks = [0]
  while ((marks.at(-1) as number) < most * 0.999999) marks.push(step * marks.length)
  return marks
}

/** Address of the order lines that a figure counts; `null` where lists have no such filter. */
export function rowsHref(
  figure: { basis: string | null; scope: string; regions?: 'booked' | 'home' | null },
  days: { from: string; to: string },
): string | null {
  const date = figure.basis === 'order' ? 'ordered_on' : figure.basis === 'shipment' ? 'shipped_on' : null
  const [kind, id] = figure.scope.split(':')
  if (date === null || kind === 'person' || figure.regions === 'home') return null
  const query = new URLSearchParams({ [`${date}.from`]: days.from, [`${date}.to`]: days.to })
  if (kind === 'unit' && id) query.set('unit_id', id)
  return `/records/order-line?${query}`
}
