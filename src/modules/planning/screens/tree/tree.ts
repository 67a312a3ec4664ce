import Big from 'big.js'
import type { SheetSummary } from '../../wire.ts'

/** One person in the cascade: what he was given, and what he handed on. */
export interface Node {
  readonly id: string
  readonly person: { readonly id: number; readonly title: string } | null
  readonly given: string | null
  /** Sum handed on; `null` for whoever splits nothing (yet). */
  readonly split: string | null
  /** split − given; `null` without both. */
  readonly difference: string | null
  readonly ratio: string | null
  readonly letter: SheetSummary | null
  readonly sheet: SheetSummary | null
  readonly children: readonly Node[]
}

/**
 * The tree of a plan's sheets and letters as far as the reader sees them: a letter and the split its receiver made of it are one
 * person. `total` is what the head has to hand down.
 */
export function treeOf(items: readonly SheetSummary[], total: string | null): Node[] {
  const under = new Map<string, SheetSummary[]>()
  const ids = new Set(items.map((item) => item.id))
  for (const item of items)
    if (item.parentId && ids.has(item.parentId))
      under.set(item.parentId, [...(under.get(item.parentId) ?? []), item])
  const nodeOf = (letter: SheetSummary | null, sheet: SheetSummary | null): Node => {
    const given = letter
      ? (letter.given ?? letter.sum)
      : sheet?.kind === 'manager'
        ? total
        : (sheet?.given ?? null)
    const split = sheet ? sheet.sum : null
    const both = given !== null && split !== null
    return {
      id: (letter ?? sheet)?.id ?? '',
      person: letter?.taker ?? sheet?.taker ?? null,
      given,
      split,
      difference: both ? new Big(split).minus(given).toFixed() : null,
      ratio: both && new Big(given).gt(0) ? new Big(split).div(given).round(4).toFixed() : null,
      letter,
      sheet,
      children: sheet ? (under.get(sheet.id) ?? []).filter(isLetter).map(withSheet) : [],
    }
  }
  const isLetter = (item: SheetSummary) => item.kind === 'letter'
  const withSheet = (letter: SheetSummary): Node =>
    nodeOf(letter, (under.get(letter.id) ?? []).find((item) => item.kind !== 'letter') ?? null)
  return items
    .filter((item) => !item.parentId || !ids.has(item.parentId))
    .map((item) => (item.kind === 'letter' ? withSheet(item) : nodeOf(null, item)))
}

/** Which columns of the tree have anything to say for any of its people. */
export function columnsOf(nodes: readonly Node[]): { split: boolean; due: boolean; reason: boolean } {
  const all = nodes.flatMap(function below(node): Node[] {
    return [node, ...node.children.flatMap(below)]
  })
  return {
    split: all.some((node) => node.split !== null),
    due: all.some((node) => node.letter?.dueAt),
    reason: all.some((node) => node.letter?.reason),
  }
}

/** How many letters below a node were answered with yes, or settled, of all. */
export function answered(node: Node): { done: number; all: number } {
  return node.children.reduce(
    (sum, child) => {
      const own = child.letter?.status === 'accepted' || child.letter?.status === 'settled' ? 1 : 0
      const below = answered(child)
      return { done: sum.done + own + below.done, all: sum.all + 1 + below.all }
    },
    { done: 0, all: 0 },
  )
}
