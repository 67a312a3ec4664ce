import { expect, test } from 'vitest'
import { readEditionFolder } from '../load/folder.ts'
import { loadEdition } from '../load.ts'
import { pathsOf } from './paths.ts'
import { keyOf, tellWalk } from './told.ts'

const { edition, problems } = await loadEdition(await readEditionFolder('handbook'))
if (!edition) throw new Error(JSON.stringify(problems))

// A calendar of days that all are working days: what counts here is that nobody is asked before the one before him is done.
const days = {
  due: (deadline: { workdays?: number }, opened: string) =>
    deadline.workdays === undefined ? null : plus(opened, deadline.workdays),
  next: (day: string) => plus(day, 1),
}
const plus = (day: string, count: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

const posts = new Set(edition.posts.map((one) => one.id))
const processes = edition.workflows.flatMap((workflow) => workflow.processes)

test.each(processes.map((one) => [one.id, one] as const))(
  '%s: on every path each task has a holder and a deadline in words, and the end is the one that was drawn',
  (_, process) => {
    const faults: string[] = []
    for (const path of pathsOf(edition, process).paths) {
      const told = tellWalk(edition, process, path.moves.map(keyOf), days, '2026-01-05')
      const ends = path.moves.flatMap((move) => move.result ?? [])
      if (told.waiting.length > 0) faults.push(`waits for ${told.waiting[0]?.node}`)
      if (told.result !== ends.at(-1)) faults.push(`ends as ${told.result}, drawn as ${ends.at(-1)}`)
      for (const [index, one] of told.done.entries()) {
        const node = path.moves[index]?.node
        if (node?.kind !== 'task') continue
        if (one.post !== node.post || !posts.has(node.post))
          faults.push(`${one.node}: not the post of its lane`)
        if (!one.person?.zh.startsWith('示例')) faults.push(`${one.node}: nobody holds ${one.post}`)
        if (!one.dueWords) faults.push(`${one.node}: no deadline in words`)
        if (one.opened < '2026-01-05' || (one.due ?? one.opened) < one.opened)
          faults.push(`${one.node}: due ${one.due} before it opens on ${one.opened}`)
      }
    }
    expect([...new Set(faults)]).toEqual([])
  },
)

test('a choice that cannot be made is named', () => {
  const plan = processes.find((one) => one.id === 'PLAN')
  if (!plan) throw new Error('PLAN is gone')
  expect(() => tellWalk(edition, plan, ['basis.done', 'sign.sign'], days, '2026-01-05')).toThrow('sign.sign')
})
