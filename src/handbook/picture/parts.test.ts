import { describe, expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition, Lang } from '../model.ts'
import { layoutSwimLane } from './layout.ts'
import { cutSwimLane, spaced } from './parts.ts'

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

describe.each(['zh', 'en'] as const)('Marks of ways that go on in %s', (lang: Lang) => {
  test('never lie on one another, however close the ways run, and none is cut off by the edge', () => {
    for (const process of processes)
      for (const part of cutSwimLane(layoutSwimLane(process, lang), lang, most)) {
        const rings = [...part.svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="9.5"/g)].map(
          ([, x, y]) => [Number(x), Number(y)] as const,
        )
        for (const [at, [x, y]] of rings.entries())
          for (const [otherX, otherY] of rings.slice(at + 1))
            if (x === otherX) expect(Math.abs(y - otherY), process.id).toBeGreaterThanOrEqual(20)
      }
  })
})

test('Heights too close to each other move apart by as little as it takes, within their bounds', () => {
  expect(spaced([40, 80, 200], 12, 300)).toEqual([40, 80, 200])
  expect(spaced([100, 100, 200], 12, 300)).toEqual([89.5, 110.5, 200])
  expect(spaced([5, 9], 12, 300)).toEqual([12, 33])
  expect(spaced([290, 296], 12, 300)).toEqual([279, 300])
})

test('A narrow flow stays in one piece', () => {
  const process = processes.find((one) => one.id === 'PLAN.rep')
  const layout = layoutSwimLane(process as (typeof processes)[number], 'zh')
  expect(cutSwimLane(layout, 'zh', most)).toHaveLength(1)
})
