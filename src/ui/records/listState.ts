/** What a list shows, wholly kept in the address bar: view, search, sort, filters, columns. */
export interface ListState {
  readonly view: string | null
  readonly q: string
  readonly sort: string | null
  readonly columns: readonly string[] | null
  /** As the API takes them: `amount.from`, `owner_id`, `grade.in`, `missing`. */
  readonly filters: Readonly<Record<string, string>>
}

const own = new Set(['view', 'q', 'sort', 'cols', 'create', 'cursor', 'limit', 'total', 'sums'])

/** Reads the address bar's query. */
export function readState(search: string): ListState {
  const query = new URLSearchParams(search)
  const filters: Record<string, string> = {}
  for (const [name, value] of query) if (!own.has(name) && value !== '') filters[name] = value
  const columns = query.get('cols')
  return {
    view: query.get('view'),
    q: query.get('q') ?? '',
    sort: query.get('sort'),
    columns: columns ? columns.split(',').filter(Boolean) : null,
    filters,
  }
}

/** The query of the address bar; the same state always gives the same text. */
export function writeState(state: ListState): string {
  const query = new URLSearchParams()
  if (state.view) query.set('view', state.view)
  if (state.q) query.set('q', state.q)
  if (state.sort) query.set('sort', state.sort)
  if (state.columns) query.set('cols', state.columns.join(','))
  for (const name of Object.keys(state.filters).sort()) query.set(name, state.filters[name] as string)
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** What the API is asked for: the same for rows, sums and export, so that they agree. */
export function apiQuery(state: ListState): Record<string, string> {
  return {
    ...state.filters,
    ...(state.q ? { q: state.q } : {}),
    ...(state.sort ? { sort: state.sort } : {}),
  }
}

/** A column's next sort: ascending, descending, then the list's own; `falling` begins with the most, as amounts are looked at. */
export function nextSort(sort: string | null, field: string, falling = false): string | null {
  const [first, second] = falling ? [`-${field}`, field] : [field, `-${field}`]
  if (sort === first) return second
  return sort === second ? null : first
}

/** The filter without everything that concerns one field (`amount`, `amount.from`, …). */
export function withoutFilter(filters: ListState['filters'], field: string): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name.split('.')[0] !== field))
}

export interface View {
  readonly id: string
  readonly filter: Readonly<Record<string, string>>
  readonly sort?: string
}

/** Whether a state is exactly a view: same filters, no search. */
export function isView(state: ListState, view: View): boolean {
  const a = Object.entries(state.filters)
  return (
    state.q === '' &&
    a.length === Object.keys(view.filter).length &&
    a.every(([name, value]) => view.filter[name] === value)
  )
}
