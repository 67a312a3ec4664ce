import { createContext, useContext } from 'react'
import type { OutlineNode } from '../../handbook/outline.ts'
import type { Reading } from '../../handbook/words/element.ts'
import type { EditionRow } from '../../kernel/handbook/wire.ts'
import { useGet } from '../query.ts'

export interface Content {
  readonly edition: Reading
  readonly outline: readonly OutlineNode[]
}
export interface Book extends Content {
  /** Number of the edition in the address of its own; `null` is the effective one. */
  readonly chosen: number | null
  readonly row: EditionRow | undefined
  readonly rows: readonly EditionRow[]
}

const BookContext = createContext<Book | null>(null)
export const BookProvider = BookContext.Provider

/** The edition that is being read. */
export function useBook(): Book {
  const book = useContext(BookContext)
  if (!book) throw new Error('Read outside of an edition')
  return book
}

/** Reads an edition; the effective one unless another is chosen. */
export function useContent(chosen: number | null) {
  const content = useGet<Content>(`/handbook/editions/${chosen ?? 'effective'}/content`, undefined, {
    staleTime: 60_000,
  })
  const editions = useGet<{ items: EditionRow[] }>('/handbook/editions', undefined, { staleTime: 60_000 })
  const rows = editions.data?.items ?? []
  const row = rows.find((one) => (chosen === null ? one.status === 'effective' : one.id === chosen))
  return { content, rows, row }
}

/** Address of an element in an edition, fit to be read out: `/handbook/wf:PLAN/C-3`; without an element the first page. */
export const hrefOf = (ref: string | null, chosen: number | null): string =>
  (ref === null ? '/handbook' : `/handbook/${ref.split('/').map(plainly).join('/')}`) +
  (chosen === null ? '' : `?edition=${chosen}`)

const plainly = (part: string): string => encodeURIComponent(part).replaceAll('%3A', ':')

export function useHref(): (ref: string) => string {
  const { chosen } = useBook()
  return (ref) => hrefOf(ref, chosen)
}
