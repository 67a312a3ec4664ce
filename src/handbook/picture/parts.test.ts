import { describe, expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Lang } from '../model.ts'
import { layoutSwimLane } from './layout.ts'
import { cutSwimLane } from './parts.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition
const processes = edition.workflows.flatMap((one) => one.processes)
const most = 810

describe.each(['zh', 'en'] as const)('Swim-lanes cut for paper in %s', (lang: Lang) => {
  const cut = processes.map((process) => {
    const layout = layoutSwimLane(process, lang)
    return { process, layout, parts: cutSwimLane(layout, lang, most) }
  })

  test('are no wider than the paper takes, and each part names every lane', () => {
    for (const { process, layout, parts } of cut)
      for (const part of parts) {
        expect(part.width, process.id).toBeLessThanOrEqual(most)
        for (const lane of layout.lanes) expect(part.svg).toContain(`data-lane="${lane.post}"`)
      }
  })

  test('show every step once and cut none', () => {
    for (const { process, layout, parts } of cut)
      for (const node of layout.nodes.filter((one) => one.kind !== 'documents')) {
        const shown = parts.filter((part) => part.svg.includes(`data-node="${node.id}"`))
        expect(shown, `${process.id} ${node.id}`).toHaveLength(1)
      }
  })

  test('mark each way that goes on with one number on either side', () => {
    expect(cut.some(({ parts }) => parts.length > 2)).toBe(true)
    for (const { process, parts } of cut) {
      const marks = parts.map((part) =>
        [...part.svg.matchAll(/data-continues="(\d+)"/g)].map((one) => one[1]),
      )
      const all = marks.flat()
      for (const mark of new Set(all))
        expect(
          all.filter((one) => one === mark),
          `${process.id} ${mark}`,
        ).toHaveLength(2)
      for (const [at, mine] of marks.entries())
        if (parts.length > 1) expect(mine.length, `${process.id} part ${at + 1}`).toBeGreaterThan(0)
    }
  })
})

test('A narrow flow stays in one piece', () => {
  const process = processes.find((one) => one.id === 'PLAN.rep')
  const layout = layoutSwimLane(process as (typeof processes)[number], 'zh')
  expect(cutSwimLane(layout, 'zh', most)).toHaveLength(1)
})
