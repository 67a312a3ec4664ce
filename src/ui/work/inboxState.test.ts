import { describe, expect, it } from 'vitest'
import type { Task } from '../../kernel/workflow/wire.ts'
import { around, choices, grouped, inboxHref, readInbox } from './inboxState.ts'

const task = (id: number, more: Partial<Task> = {}): Task => ({
  id,
  case: 1,
  root: 1,
  workflow: 'PLAN',
  editionId: 1,
  workflowName: { zh: '年度计划', en: 'Annual plan' },
  step: 'C-3',
  node: 'review',
  title: { zh: '审议', en: 'Review' },
  caseTitle: { zh: '2018 年度计划', en: 'Plan 2018' },
  post: 'SDM',
  round: 1,
  openedAt: `2018-01-0${id}T01:00:00.000Z`,
  dueAt: null,
  doneAt: null,
  workdaysLeft: null,
  group: 'later',
  from: null,
  returned: null,
  record: null,
  recordTitle: null,
  amount: null,
  outcomes: [],
  outcome: null,
  why: {
    text: { zh: '', en: '' },
    post: 'SDM',
    reason: 'post',
    standsIn: null,
    clause: 'wf:PLAN/C-3',
    edition: '1.0',
    deadline: { zh: '', en: '' },
    deadlineNote: null,
    late: false,
    makeUp: false,
  },
  status: 'open',
  ...more,
})
const usual = { box: 'todo', q: '', sort: 'due', only: '' } as const
const day = (instant: string) => instant.slice(0, 10)
const ids = (groups: ReturnType<typeof grouped>) =>
  groups.map((group) => [group.key, group.tasks.map((one) => one.id)])

const by = (name: string): NonNullable<Task['returned']> => ({
  by: { id: 9, name, post: 'SDM' },
  at: '2018-01-03T01:00:00.000Z',
  outcome: { zh: '不通过', en: 'Reject' },
  why: '一季度偏高',
})

it('work that was sent back stands at the top of its heading, the rest as it came', () => {
  const groups = grouped(
    [task(1), task(2), task(3, { returned: by('周明礼') })],
    { box: 'todo', sort: 'due', only: '' },
    (at) => at,
  )
  expect(groups.map((group) => group.tasks.map((one) => one.id))).toEqual([[3, 1, 2]])
})

describe('the inbox in its address', () => {
  it('comes back as it went', () => {
    const state = { box: 'started', q: '华东 & 华北', sort: 'case', only: 'late' } as const
    expect(readInbox(inboxHref(state, 7).split('?')[1] ?? '')).toEqual(state)
    expect(inboxHref(state, 7)).toMatch(/^\/inbox\/7\?/)
  })
  it('leaves out what is usual and takes nothing it does not know', () => {
    expect(inboxHref(usual)).toBe('/inbox')
    expect(inboxHref(usual, 3)).toBe('/inbox/3')
    expect(readInbox('box=all&sort=<b>')).toEqual(usual)
  })
})

describe('what Cheng sees on Monday morning', () => {
  const week = [
    task(1, { group: 'later' }),
    task(2, { group: 'overdue' }),
    task(3, { group: 'today', root: 9 }),
    task(4, { group: 'overdue' }),
  ]
  it('stands by urgency, the late ones first, each in the order the server gave', () => {
    expect(ids(grouped(week, usual, day))).toEqual([
      ['overdue', [2, 4]],
      ['today', [3]],
      ['later', [1]],
    ])
  })
  it('stands by day, newest first, or by case when she asks', () => {
    expect(ids(grouped(week, { ...usual, sort: 'new' }, () => '2018-01-02'))).toEqual([
      ['2018-01-02', [4, 3, 2, 1]],
    ])
    expect(ids(grouped(week, { ...usual, sort: 'case' }, day))).toEqual([
      ['1', [1, 2, 4]],
      ['9', [3]],
    ])
  })
  it('stands under the day it was done once it is done', () => {
    const done = [
      task(1, { group: 'done', doneAt: '2018-01-05T02:00:00.000Z' }),
      task(2, { group: 'done', doneAt: '2018-01-08T02:00:00.000Z' }),
    ]
    expect(ids(grouped(done, { ...usual, box: 'done' }, day))).toEqual([
      ['2018-01-08', [2]],
      ['2018-01-05', [1]],
    ])
  })
  it('is narrowed by what divides it, and by nothing else', () => {
    expect(choices(week, '')).toEqual([{ only: 'late', count: 2 }])
    expect(choices([...week, task(5, { workflow: 'BUDG' })], '')).toEqual([
      { only: 'late', count: 2 },
      { only: 'BUDG', count: 1 },
      { only: 'PLAN', count: 4 },
    ])
    expect(ids(grouped(week, { ...usual, only: 'late' }, day))).toEqual([['overdue', [2, 4]]])
    expect(choices([task(1)], 'late')).toEqual([{ only: 'late', count: 0 }])
  })
  it('knows which one comes next', () => {
    const groups = grouped(week, usual, day)
    expect(around(groups, 4)).toEqual({ at: 2, of: 4, before: 2, after: 3 })
    expect(around(groups, 1)).toEqual({ at: 4, of: 4, before: 3, after: null })
    expect(around(groups, 77)).toEqual({ at: 0, of: 4, before: null, after: 2 })
    expect(around([], null)).toEqual({ at: 0, of: 0, before: null, after: null })
  })
})
