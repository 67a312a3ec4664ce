import { describe, expect, it } from 'vitest'
import type { FlowNode } from '../../handbook/model.ts'
import type { CaseDetail, Task, TaskDetail } from '../../kernel/workflow/wire.ts'
import {
  behind,
  handedWith,
  holdings,
  mineIn,
  onDrawing,
  recordHref,
  together,
  waitsFor,
} from './caseView.ts'

const title = { zh: '分解计划到经理', en: 'Cascade the plan' }
const task = (id: number, of: { case: number; root: number }) =>
  ({ id, step: 'C-5', title, ...of }) as unknown as Task
const steps: CaseDetail['steps'] = [{ step: 'C-5', title, state: 'here', who: ['程远', '陆知'], dueAt: null }]
const child = (...who: string[]) =>
  ({ open: [{ step: 'C-5', title, who }] }) as unknown as CaseDetail['children'][number]

describe('a case that waits', () => {
  it('names the holders of its own tasks', () => {
    expect(holdings({ tasks: [task(4, { case: 1, root: 1 })], steps })).toMatchObject([
      { key: '4', step: 'C-5', who: ['程远', '陆知'] },
    ])
  })
  it('names everybody once, those of the shares too, and nobody where nobody is', () => {
    const children = [child('韩予安'), child('程远'), child()]
    expect(waitsFor({ tasks: [task(4, { case: 1, root: 1 })], steps, children })).toEqual([
      '程远',
      '陆知',
      '韩予安',
    ])
    expect(waitsFor({ tasks: [], steps, children: [] })).toEqual([])
  })
  it('takes open tasks of one kind together, however many shares hold them', () => {
    const letter = { step: 'C-5', title: { zh: '接受目标责任书', en: 'Accept the target letter' } }
    expect(
      together([
        { ...letter, who: ['韩予安'] },
        { step: 'C-5', title, who: ['程远'] },
        { ...letter, who: ['陆知', '韩予安'] },
      ]),
    ).toEqual([
      { ...letter, who: ['韩予安', '陆知'] },
      { step: 'C-5', title, who: ['程远'] },
    ])
  })
  it('tells me what is mine in it: the whole tree from the top, one share from within', () => {
    const inbox = [
      task(1, { case: 1, root: 1 }),
      task(2, { case: 5, root: 1 }),
      task(3, { case: 9, root: 9 }),
    ]
    expect(mineIn({ id: 1, root: 1, parent: null }, inbox).map((one) => one.id)).toEqual([1, 2])
    expect(mineIn({ id: 5, root: 1, parent: 1 }, inbox).map((one) => one.id)).toEqual([2])
  })
})

describe('a task that was handed over', () => {
  const said = (id: number, at: string, comment: string) =>
    ({ person: { id, name: '程远' }, at, comment }) as unknown as TaskDetail['opinions'][number]
  const task = {
    from: { id: 2 },
    openedAt: '2018-01-02T10:00:00.000Z',
    opinions: [said(1, '2018-01-02T08:00:00.000Z', '已备'), said(2, '2018-01-02T10:00:00.000Z', '缺少依据')],
    said: [],
  } as unknown as TaskDetail
  it('begins with the words of whoever handed it over', () => {
    expect(handedWith(task)?.comment).toBe('缺少依据')
  })
  it('is silent where he wrote none then, or a letter says it', () => {
    expect(handedWith({ ...task, opinions: [...task.opinions, said(2, task.openedAt, '')] })).toBeNull()
    expect(handedWith({ ...task, said: [{ name: '程远', at: task.openedAt, text: '请落实' }] })).toBeNull()
    expect(handedWith({ ...task, from: null })).toBeNull()
  })
  it('does not take for it what he said later', () => {
    expect(
      handedWith({ ...task, opinions: [...task.opinions, said(2, '2018-01-03T08:00:00.000Z', '另一件')] })
        ?.comment,
    ).toBe('缺少依据')
  })
})

it('goes to the page that shows a record', () => {
  expect(recordHref({ kind: 'account', id: 3 }, [{ id: 'account' }])).toBe('/records/account/3')
  expect(recordHref({ kind: 'plan', id: 3 }, [{ id: 'account' }])).toBe('/plans/3')
})

it('marks on the drawing what is done, where it stands, what is late, and what the shares still owe', () => {
  const call = { id: 'managers', kind: 'call', process: 'PLAN.manager' } as unknown as FlowNode
  const share = (process: string, open: number) => ({
    process,
    open: Array.from({ length: open }, () => ({ step: 'C-5', title, who: [] })),
  })
  expect(
    onDrawing(
      {
        marks: {
          basis: { state: 'done' },
          draft: { state: 'here', open: 1, late: 0 },
          review: { state: 'here', open: 2, late: 1 },
          sign: { state: 'waiting' },
          managers: { state: 'here' },
          track: { state: 'described' },
        },
        children: [share('PLAN.manager', 1), share('PLAN.manager', 2), share('PLAN.other', 4)],
      },
      [call],
    ),
  ).toEqual({
    marks: { basis: 'done', draft: 'now', review: 'late', managers: 'now' },
    counts: { draft: { open: 1, late: 0 }, review: { open: 2, late: 1 }, managers: { open: 3, late: 0 } },
  })
})

it('shows a manager with a share that the steps before his are behind', () => {
  const step = (code: string, state: CaseDetail['steps'][number]['state']) => ({
    ...steps[0]!,
    step: code,
    state,
  })
  const seen = [
    step('C-1', 'waiting'),
    step('C-4', 'waiting'),
    step('C-5', 'here'),
    step('C-6', 'described'),
    step('C-7', 'waiting'),
  ]
  expect(behind(seen).map((one) => one.state)).toEqual(['done', 'done', 'here', 'described', 'waiting'])
  const begun = [step('C-1', 'waiting'), step('C-2', 'waiting')]
  expect(behind(begun)).toEqual(begun)
})
