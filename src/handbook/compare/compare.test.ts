import { describe, expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Process, TaskNode } from '../model.ts'
import { paper } from '../picture/colours.ts'
import { drawMerged, mergeProcesses } from '../picture/merged.ts'
import { redline, redlineWords } from '../words/redline.ts'
import { type Comparison, compareEditions, type ElementChange, type Part } from './compare.ts'
import { facesOf } from './faces.ts'

type Loose<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? Loose<U>[] : Loose<T[K]> }

const files = await readEditionFolder('handbook')
const reference = (await loadEdition(files)).edition as Edition

/** The reference with some changes made to its model. */
function edited(change: (edition: Loose<Edition>) => void): Edition {
  const copy = structuredClone(reference) as unknown as Loose<Edition>
  change(copy)
  return copy as unknown as Edition
}
const compared = (change: (edition: Loose<Edition>) => void): Comparison =>
  compareEditions(reference, edited(change))
const only = (comparison: Comparison): ElementChange => {
  expect(comparison.changes.map((one) => one.key)).toHaveLength(1)
  return comparison.changes[0] as ElementChange
}
const told = (part: Part | undefined) => [part?.change, part?.before?.zh ?? null, part?.after?.zh ?? null]
const find = <T extends { id: string }>(items: T[], id: string): T => items.find((one) => one.id === id) as T

test('Every element has a name of its own, and equal editions give nothing', () => {
  const keys = facesOf(reference, {}).map((one) => one.key)
  expect(keys.length).toBe(new Set(keys).size)
  const same = compareEditions(reference, reference)
  expect(same.changes).toEqual([])
  expect(same.same).toBe(keys.length)
  expect(same.quiet).toEqual([])
})

test('A comment in a file is no change of the handbook, but the file is named', async () => {
  const { edition } = await loadEdition({ ...files, 'kpis.yaml': `# noted\n${files['kpis.yaml']}` })
  const comparison = compareEditions(reference, edition as Edition)
  expect(comparison.changes).toEqual([])
  expect(comparison.quiet).toEqual(['kpis.yaml'])
})

describe('Each kind of change is found, told old beside new, and nothing else', () => {
  test('document control and change log', () => {
    const change = only(
      compared((edition) => {
        edition.number = '2026.9'
        edition.control.changes.push({
          number: '2026.9',
          date: '2026-09-01',
          text: { zh: '改', en: 'Changed' },
        })
      }),
    )
    expect(change.group).toBe('control')
    expect(change.place).toMatchObject({ number: '0.1' })
    expect(change.parts.map(told)).toEqual([
      ['changed', reference.number, '2026.9'],
      ['added', null, '2026-09-01 改'],
    ])
  })

  test('a statement of a section, and its tag of origin alone', () => {
    const section = (edition: Loose<Edition>) => edition.chapters[1]?.sections[0]?.statements[0]
    const text = only(
      compared((edition) => {
        const one = section(edition)
        if (one) one.text.zh += '另加一句。'
      }),
    )
    expect(text.ref).toBe('ch:1/idea')
    expect(text.parts).toHaveLength(1)
    expect(text.parts[0]).toMatchObject({ prose: true, change: 'changed' })
    const tag = only(
      compared((edition) => {
        const one = section(edition)
        if (one) one.tag = 'law'
      }),
    )
    expect(tag.parts).toHaveLength(1)
    expect(tag.parts[0]).toMatchObject({ before: null, after: null })
  })

  test('headcount and seats', () => {
    const change = only(
      compared((edition) => {
        edition.organisation.headcount += 1
        const seat = edition.organisation.seats.find((one) => one.post === 'REP')
        if (seat) seat.count += 1
      }),
    )
    expect(change.group).toBe('organisation')
    expect(change.parts.map((one) => one.key)).toEqual(['headcount', expect.stringMatching(/^seats:REP:/)])
  })

  test('a post: its superior and the weight of an indicator', () => {
    const change = only(
      compared((edition) => {
        const post = find(edition.posts, 'KAM')
        post.superior = 'SDM'
        const weight = post.sheet?.kpis.find((one) => one.kpi === 'K01')
        if (weight) weight.weight = 22
      }),
    )
    expect(change).toMatchObject({ key: 'post:KAM', code: 'KAM', group: 'post' })
    expect(change.parts.map(told)).toEqual([
      ['changed', '大客户销售主管', '销售部经理'],
      ['changed', '20', '22'],
    ])
  })

  test('a matrix cell, and the rights that follow from it', () => {
    const comparison = compared((edition) => {
      find(edition.functions, 'A1').cells.FIN = ['approves']
    })
    expect(comparison.changes.map((one) => one.key)).toEqual(['fn:A1', 'right:FIN'])
    const [fn, right] = comparison.changes
    expect(told(fn?.parts[0])).toEqual(['changed', '参与', '批准'])
    expect(right?.parts[0]?.label.zh).toBe('计划行与目标')
    expect(right?.parts[0]?.before?.zh).toMatch(/^查看（/)
    expect(right?.parts[0]?.after?.zh).toMatch(/^查看、导出（/)
  })

  test('an indicator', () => {
    const change = only(
      compared((edition) => {
        const kpi = find(edition.kpis, 'K01')
        kpi.scored = !kpi.scored
      }),
    )
    expect(change).toMatchObject({ ref: 'kpi:K01', parts: [{ key: 'scored' }] })
  })

  test('a norm: old and new in words with the unit, and the texts that quote it fill with it', () => {
    const change = only(
      compared((edition) => {
        const value = find(edition.norms, 'norm.planning').values.reviewRounds
        if (value) value.value = 4
      }),
    )
    expect(change.group).toBe('norm')
    expect(told(change.parts[0])).toEqual(['changed', '3 轮', '4 轮'])
    expect(change.parts[0]?.after?.en).toBe('4 rounds')
  })

  test('a switch, a day off, a record and a term', () => {
    const comparison = compared((edition) => {
      find(edition.switches, 'sales.basis').value = 'order'
      const [year] = Object.values(edition.calendar.years)
      year?.off.pop()
      const record = edition.records[0]
      if (record) record.name.zh = '改名'
      edition.glossary.pop()
    })
    expect(comparison.changes.map((one) => `${one.group} ${one.change}`).sort()).toEqual([
      'calendar changed',
      'record changed',
      'switch changed',
      'term removed',
    ])
    expect(told(comparison.changes.find((one) => one.group === 'switch')?.parts[0])).toEqual([
      'changed',
      '验收',
      '订单',
    ])
  })

  test('a form field: new, gone, and bound to something else', () => {
    const change = only(
      compared((edition) => {
        const fields = find(edition.forms, 'FM-18').sections[0]?.fields ?? []
        fields.push({
          id: 'extra',
          label: { zh: '估值', en: 'Estimate' },
          type: 'money',
          required: true,
          tag: 'default',
        })
        const version = find(fields, 'version')
        version.bind = 'plan.other'
        fields.splice(
          fields.findIndex((one) => one.id === 'scenario'),
          1,
        )
      }),
    )
    expect(change).toMatchObject({ code: 'FM-18', change: 'changed' })
    expect(Object.fromEntries(change.parts.map((one) => [one.key, one.change]))).toEqual({
      'field:head/extra': 'added',
      'field:head/version': 'changed',
      'field:head/scenario': 'removed',
    })
  })

  test('a policy chapter by chapter: one put in between moves no other', () => {
    const change = only(
      compared((edition) => {
        const policy = find(edition.policies, 'MP-07')
        if (!policy.body) throw new Error('MP-07 has no text')
        policy.body.zh = policy.body.zh
          .replace('## 报价\n', '## 授权外条件\n\n不得口头答应。\n\n## 报价\n')
          .replace('底线只对谈判组可见', '底线只对谈判组和财务可见')
        policy.body.en = policy.body.en.replace(
          /## Quotations?\n/,
          '## Beyond the mandate\n\nNo promise by word.\n\n$&',
        )
      }),
    )
    expect(change.parts.map((one) => [one.change, one.label.zh])).toEqual([
      ['added', '授权外条件'],
      ['changed', '谈判方案与授权'],
    ])
  })

  test('elements that are new or gone', () => {
    const comparison = compared((edition) => {
      edition.policies.splice(0, 1)
      edition.forms.push({ ...find(edition.forms, 'FM-18'), id: 'FM-99' })
    })
    expect(comparison.changes.map((one) => `${one.key} ${one.change}`).sort()).toEqual([
      'form:FM-99 added',
      'policy:MP-01 removed',
    ])
  })
})

/** A step goes, another comes in its place, one gets another deadline and one another post. */
function redrawn(edition: Loose<Edition>): void {
  const [process] = find(edition.workflows, 'NEG').processes
  if (!process) throw new Error('NEG is not drawn')
  const task = (id: string) => process.nodes.find((one) => one.id === id) as Loose<TaskNode>
  const plan = task('plan')
  plan.due = 'norm.deadlines.negPrepare'
  task('prepare').post = 'KAM'
  const minutes = process.nodes.findIndex((one) => one.id === 'minutes')
  process.nodes.splice(minutes, 1, {
    ...task('minutes'),
    id: 'confirm',
    step: 'N-4a',
    name: { zh: '客户确认纪要', en: 'Customer confirms' },
  })
  for (const flow of process.flows) {
    if (flow.from === 'minutes') flow.from = 'confirm'
    if (flow.to === 'minutes') flow.to = 'confirm'
  }
}

describe('A workflow is compared as a graph', () => {
  test('steps, settings and ways, each once', () => {
    const change = only(compared(redrawn))
    const of = (change_: Part['change']) => change.parts.filter((one) => one.change === change_)
    expect(of('changed').map((one) => one.label.zh)).toEqual(['N-1 信息准备，岗位', 'N-2 编制谈判方案，期限'])
    expect(of('added').map((one) => one.after?.zh)).toEqual([
      'N-4a 客户确认纪要',
      expect.stringMatching(/→ N-4a 客户确认纪要/),
      expect.stringMatching(/^N-4a 客户确认纪要 →/),
    ])
    expect(of('removed')).toHaveLength(3)
    expect(change.pictures).toHaveLength(1)
  })

  test('an outcome and a condition', () => {
    const change = only(
      compared((edition) => {
        const [process] = find(edition.workflows, 'PLAN').processes
        const review = process?.nodes.find((one) => one.id === 'review') as Loose<TaskNode>
        find(review.outcomes, 'reject').comment = 'optional'
        const flow = process?.flows.find((one) => one.condition !== null)
        if (flow) flow.condition = `${flow.condition} and true`
      }),
    )
    expect(change.parts.map((one) => one.key)).toEqual([
      'node:PLAN/review/outcome:reject',
      expect.stringMatching(/condition$/),
    ])
  })

  test('a condition is told by what its norm is called, and a decision by the step before it where two ask the same', () => {
    const change = only(
      compared((edition) => {
        const process = find(edition.workflows, 'EDIT').processes[0]
        for (const flow of process?.flows ?? [])
          if (flow.condition) flow.condition = flow.condition.replace('<', '<=')
      }),
    )
    expect(change.parts.map((one) => [one.label.zh, one.before?.zh, one.after?.zh])).toEqual([
      [
        'E-3 批准：批准？ → E-2 归口岗位提意见，条件',
        '轮次少于“E-2 最多评审轮次”',
        '轮次不超过“E-2 最多评审轮次”',
      ],
      [
        'E-3 批准岗位、权限和指标的变更：批准？ → E-2 归口岗位提意见，条件',
        '轮次少于“E-2 最多评审轮次”',
        '轮次不超过“E-2 最多评审轮次”',
      ],
    ])
  })

  test('a task that moves to another lane is one change: its post', () => {
    const change = only(
      compared((edition) => {
        const process = find(edition.workflows, 'EDIT').processes[0]
        const [issue, approve] = ['issue', 'approve'].map((id) => process?.nodes.find((one) => one.id === id))
        Object.assign(issue as object, { lane: approve?.lane, post: (approve as TaskNode).post })
      }),
    )
    expect(change.parts.map((one) => one.label.zh)).toEqual(['E-4 发布与培训标记，岗位'])
  })

  test('drawn anew at other places it is the same workflow', () => {
    const comparison = compared((edition) => {
      for (const node of edition.workflows[0]?.processes[0]?.nodes ?? []) node.bounds.x += 100
    })
    expect(comparison.changes).toEqual([])
  })

  test.each(['zh', 'en'] as const)('one picture shows both in %s: new, gone and changed', (lang) => {
    const before = reference.workflows.find((one) => one.id === 'NEG')?.processes[0] as Process
    const after = edited(redrawn).workflows.find((one) => one.id === 'NEG')?.processes[0] as Process
    const merged = mergeProcesses(before, after)
    expect(merged.nodes).toEqual({
      prepare: 'changed',
      plan: 'changed',
      confirm: 'added',
      minutes: 'removed',
    })
    expect(Object.values(merged.flows).sort()).toEqual(['added', 'added', 'removed', 'removed'])
    const svg = drawMerged(merged, lang, paper)
    for (const difference of ['added', 'removed', 'changed'])
      expect(svg).toContain(`data-difference="${difference}"`)
    expect(svg).toContain('line-through')
    expect(drawMerged(mergeProcesses(before, before), lang, paper)).not.toContain('data-difference')
  })

  test('a process that is new or gone is drawn alone', () => {
    const process = reference.workflows[0]?.processes[0] as Process
    expect(new Set(Object.values(mergeProcesses(null, process).nodes))).toEqual(new Set(['added']))
    expect(new Set(Object.values(mergeProcesses(process, null).nodes))).toEqual(new Set(['removed']))
  })
})

describe('The redline', () => {
  test('marks words, Chinese ones whole', () => {
    expect(redlineWords('三个工作日内由客户确认', '两个工作日内由客户确认', 'zh')).toEqual([
      { change: 'removed', text: expect.stringMatching(/^三/) },
      { change: 'added', text: expect.stringMatching(/^两/) },
      { change: 'same', text: expect.stringMatching(/工作日内由客户确认$/) },
    ])
    expect(redlineWords('within three days', 'within two days', 'en').map((one) => one.change)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ])
  })
  test('pairs a changed paragraph with the one it was, and leaves the others', () => {
    const blocks = redline(
      '甲：谈判由大客户销售经理主谈。\n乙。',
      '甲：谈判由大客户销售主管主谈。\n丙：全新的一段话。',
      'zh',
    )
    expect(blocks.map((one) => one.change)).toEqual(['changed', 'added', 'removed'])
    expect(redline('a\nb', 'a\nb', 'en').map((one) => one.change)).toEqual(['same', 'same'])
    expect(redline(null, 'a', 'en')).toEqual([{ change: 'added', runs: [{ change: 'added', text: 'a' }] }])
  })
  test('gives both texts back: what stays and what goes, what stays and what comes', () => {
    for (const policy of reference.policies) {
      const [old, now] = [
        policy.body?.zh ?? '',
        (policy.body?.zh ?? '').replaceAll('批准', '核准').split('\n').slice(3).join('\n'),
      ]
      const lines = (text: string) =>
        text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .join('')
      const blocks = redline(old, now, 'zh')
      const side = (leave: string) =>
        blocks
          .flatMap((one) => one.runs.filter((run) => run.change !== leave).map((run) => run.text))
          .join('')
      expect(side('added')).toBe(lines(old))
      expect(side('removed')).toBe(lines(now))
    }
  })
  test('a long text rewritten from end to end is told as well, each line beside the one it was', () => {
    // Held line against line this would take hours.
    const long = (word: string) =>
      Array.from(
        { length: 3_000 },
        (_, n) => `${word} ${n}: whoever signs order ${n * 7} tells house ${n * 13}`,
      )
    const blocks = redline(long('Rule').join('\n'), long('Clause').join('\n'), 'en')
    expect(blocks.every((one) => one.change === 'changed')).toBe(true)
    expect(blocks[1_700]?.runs.filter((run) => run.change !== 'same').map((run) => run.text)).toEqual([
      'Rule',
      'Clause',
    ])
    const words = (word: string) => Array.from({ length: 20_000 }, (_, n) => `${word}${n}`).join(' ')
    expect(redlineWords(words('a'), words('b'), 'en').map((one) => one.change)).toEqual(['removed', 'added'])
  })
})
