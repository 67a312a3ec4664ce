import { expect, it } from 'vitest'
import type { SheetSummary } from '../../wire.ts'
import { answered, columnsOf, treeOf } from './tree.ts'

const text = { zh: '', en: '' }
const item = (id: string, more: Partial<SheetSummary>): SheetSummary => ({
  id,
  sheetId: 1,
  kind: 'letter',
  tree: 'account',
  title: text,
  giver: null,
  taker: { id: 1, title: id },
  parentId: null,
  reason: '',
  status: 'waiting',
  statusText: text,
  given: null,
  sum: '0',
  attempts: 0,
  since: null,
  dueAt: null,
  workdaysLeft: null,
  ...more,
})
const all = [
  item('sheet:1', { kind: 'manager', status: 'issued', sum: '1010' }),
  item('sheet:2', { kind: 'rep', parentId: 'letter:1', given: '600', sum: '590.5' }),
  item('letter:1', { parentId: 'sheet:1', given: '600', sum: '600', status: 'accepted' }),
  item('letter:2', { parentId: 'sheet:1', given: '410', sum: '410', status: 'returned' }),
  item('letter:3', { parentId: 'sheet:2', given: '590.5', sum: '590.5', status: 'settled' }),
]

it('joins a letter with the split made of it, and measures each split by what was given', () => {
  const [head] = treeOf(all, '1000')
  expect([head?.given, head?.split, head?.difference, head?.ratio]).toEqual(['1000', '1010', '10', '1.01'])
  const [one, two] = head?.children ?? []
  expect([one?.id, one?.sheet?.id, one?.difference]).toEqual(['letter:1', 'sheet:2', '-9.5'])
  expect([two?.split, two?.difference, two?.children]).toEqual([null, null, []])
  expect(one?.children.map((child) => child.id)).toEqual(['letter:3'])
  expect(head && answered(head)).toEqual({ done: 2, all: 3 })
})

it('begins with what a reader sees when what is above is not his', () => {
  const own = treeOf([all[4] as SheetSummary], '1000')
  expect(own.map((node) => [node.id, node.given])).toEqual([['letter:3', '590.5']])
  const manager = treeOf(
    all.filter((one) => one.id !== 'sheet:1' && one.id !== 'letter:2'),
    null,
  )
  expect(manager.map((node) => [node.id, node.children.length])).toEqual([['letter:1', 1]])
})

it('shows the columns that have something to say, wherever in the tree it stands', () => {
  const letter = item('letter:9', {})
  expect(columnsOf(treeOf([letter], null))).toEqual({ split: false, due: false, reason: false })
  expect(columnsOf(treeOf([{ ...letter, dueAt: '2018-03-30T09:30:00Z', reason: '偏高' }], null))).toEqual({
    split: false,
    due: true,
    reason: true,
  })
  expect(columnsOf(treeOf(all, '1000')).split).toBe(true)
})
