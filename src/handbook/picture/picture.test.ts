import { describe, expect, it } from 'vitest'
import { readEditionFolder } from '../load/folder.ts'
import { loadEdition } from '../load.ts'
import type { Edition, Lang, Workflow } from '../model.ts'
import { covers } from './labels.ts'
import { layoutSwimLane, type SwimLaneLayout } from './layout.ts'
import { layoutOrgChart, orgChart } from './org-chart.ts'
import { crossedWords } from './room.ts'
import { drawSwimLane, swimLane } from './swim-lane.ts'
import { widthOf } from './text.ts'

const loaded = await loadEdition(await readEditionFolder('handbook'))
const edition = loaded.edition as Edition
const plan = edition.workflows.find((one) => one.id === 'PLAN') as Workflow
const drawn = edition.workflows.flatMap((one) => one.processes)
const langs: Lang[] = ['zh', 'en']
const cases = drawn.flatMap((process) => langs.map((lang) => ({ process, lang, id: process.id })))

const boxes = (layout: SwimLaneLayout) => layout.nodes
const apart = (a: { x: number; y: number; width: number; height: number }, b: typeof a) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

type Way = SwimLaneLayout['flows'][number]
type Spot = { readonly x: number; readonly y: number }
const partsOf = (way: Way): (readonly [Spot, Spot])[] =>
  way.points.slice(1).map((to, index) => [way.points[index] as Spot, to] as const)
const onWay = (point: Spot, way: Way): boolean =>
  partsOf(way).some(
    ([a, b]) =>
      point.x >= Math.min(a.x, b.x) &&
      point.x <= Math.max(a.x, b.x) &&
      point.y >= Math.min(a.y, b.y) &&
      point.y <= Math.max(a.y, b.y),
  )
const runTogether = (one: Way, other: Way): boolean =>
  partsOf(one).some(([a, b]) =>
    partsOf(other).some(([c, d]) => {
      const along = (axis: 'x' | 'y', across: 'x' | 'y') =>
        a[across] === b[across] &&
        c[across] === d[across] &&
        a[across] === c[across] &&
        Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis])) >
          Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]))
      return along('x', 'y') || along('y', 'x')
    }),
  )

describe.each(cases)('swim-lane of $id in $lang', ({ process, lang }) => {
  const layout = layoutSwimLane(process, lang)
  it('keeps every node inside its lane and apart from the others', () => {
    for (const node of boxes(layout)) {
      for (const other of boxes(layout)) if (other !== node) expect(apart(node, other)).toBe(true)
      const source = process.nodes.find((one) => one.id === node.id)
      const index = process.lanes.findIndex((one) => one.id === source?.lane)
      const lane = layout.lanes[index]
      if (!lane) continue
      expect(node.y).toBeGreaterThanOrEqual(lane.y)
      expect(node.y + node.height).toBeLessThanOrEqual(lane.y + lane.height)
      expect(node.x).toBeGreaterThan(layout.header)
      expect(node.x + node.width).toBeLessThan(layout.width)
    }
  })
  it('draws every way, square, and through no node', () => {
    expect(layout.flows.filter((one) => one.kind === 'flow').length).toBe(process.flows.length)
    for (const flow of layout.flows)
      for (let index = 1; index < flow.points.length; index += 1) {
        const a = flow.points[index - 1] as { x: number; y: number }
        const b = flow.points[index] as { x: number; y: number }
        expect(a.x === b.x || a.y === b.y).toBe(true)
        for (const node of layout.nodes) {
          if (node.id === flow.from || node.id === flow.to) continue
          const line = {
            x: Math.min(a.x, b.x),
            y: Math.min(a.y, b.y),
            width: Math.abs(a.x - b.x),
            height: Math.abs(a.y - b.y),
          }
          expect(apart(line, node)).toBe(true)
        }
      }
  })
  it('lets every way be followed: ways of other ends neither run nor bend on one another', () => {
    const flows = layout.flows.filter((one) => one.kind === 'flow')
    const unclear: string[] = []
    for (const [index, one] of flows.entries())
      for (const other of flows.slice(index + 1)) {
        if (one.from === other.from || one.to === other.to) continue
        const corner = one.points
          .slice(1, -1)
          .some((point) => onWay(point, other) || other.points.slice(1, -1).some((it) => onWay(it, one)))
        if (corner || runTogether(one, other))
          unclear.push(`${one.from} ${one.to} on ${other.from} ${other.to}`)
      }
    expect(unclear).toEqual([])
  })
  it('keeps ways to one goal together once they have met', () => {
    const flows = layout.flows.filter((one) => one.kind === 'flow')
    for (const [index, one] of flows.entries())
      for (const other of flows.slice(index + 1))
        if (one.to === other.to && one.from !== other.from && runTogether(one, other))
          expect(one.points.at(-1), `${one.from} and ${other.from} to ${one.to}`).toEqual(other.points.at(-1))
  })
  it('draws two ways between the same steps as one line', () => {
    const flows = layout.flows.filter((one) => one.kind === 'flow')
    for (const one of flows) {
      const same = flows.filter((it) => it.from === one.from && it.to === one.to)
      if (same.length === 2) expect(same[1]?.points).toEqual(same[0]?.points)
    }
  })
  it('puts no word on another, on a node or off the sheet', () => {
    for (const [index, label] of layout.labels.entries()) {
      for (const other of layout.labels.slice(index + 1))
        expect(apart(label, other), `${label.lines.join(' ')} on ${other.lines.join(' ')}`).toBe(true)
      for (const node of layout.nodes)
        if (node.id !== label.of)
          expect(covers(node, label), `${label.lines.join(' ')} on ${node.id}`).toBe(false)
      expect(label.x).toBeGreaterThanOrEqual(layout.header)
      expect(label.y).toBeGreaterThanOrEqual(0)
      expect(label.x + label.width).toBeLessThanOrEqual(layout.width)
      expect(label.y + label.height).toBeLessThanOrEqual(layout.height)
    }
  })
  it('keeps words below the top of the first lane, and the names of lanes in their column', () => {
    for (const label of layout.labels) expect(label.y).toBeGreaterThanOrEqual(layout.lanes[0]?.y ?? 0)
    for (const line of layout.lanes.flatMap((lane) => lane.lines))
      expect(14 + widthOf(line, 13), line).toBeLessThanOrEqual(layout.header)
  })
  it('runs no way through words that are not its own', () => {
    expect(
      crossedWords(layout.labels, layout.flows).map(
        ({ label, flow }) => `${label.lines.join(' ')} < ${flow.from} ${flow.to}`,
      ),
    ).toEqual([])
  })
  it('writes nothing smaller than 11 pixels', () => {
    const written = [...drawSwimLane(layout, lang).matchAll(/font-size="([\d.]+)"/g)].map((one) =>
      Number(one[1]),
    )
    expect(Math.min(...written)).toBeGreaterThanOrEqual(11)
  })
  it('names every lane, step and way', () => {
    const words = [
      ...layout.lanes.flatMap((one) => one.lines),
      ...layout.nodes.flatMap((one) => one.lines),
      ...layout.labels.flatMap((one) => one.lines),
    ].join('')
    const squeezed = words.replaceAll(' ', '')
    for (const lane of process.lanes) expect(squeezed).toContain(lane.name[lang].replaceAll(' ', ''))
    for (const node of process.nodes) expect(squeezed).toContain(node.name[lang].replaceAll(' ', ''))
    for (const flow of process.flows)
      if (flow.name) expect(squeezed).toContain(flow.name[lang].replaceAll(' ', ''))
  })
})

describe('swimLane', () => {
  it('shows C-1 to C-8 in order from left to right', () => {
    const svg = swimLane(plan, 'zh')
    for (let step = 1; step <= 8; step += 1) expect(svg).toContain(`data-step="C-${step}"`)
    const { nodes } = layoutSwimLane(plan.processes[0] as (typeof drawn)[number], 'zh')
    const x = (step: string) => Math.min(...nodes.filter((one) => one.step === step).map((one) => one.x))
    expect([1, 2, 3, 4, 5, 6, 8].map((step) => x(`C-${step}`))).toEqual(
      [1, 2, 3, 4, 5, 6, 8].map((step) => x(`C-${step}`)).sort((a, b) => a - b),
    )
  })
  it('draws the refusal as a way back', () => {
    const layout = layoutSwimLane(plan.processes[0] as (typeof drawn)[number], 'zh')
    expect(
      layout.flows
        .filter((one) => one.negative)
        .map((one) => `${one.from}>${one.to}`)
        .sort(),
    ).toEqual(['confirm-head-quarter>again', 'passed>decide', 'passed>draft'])
  })
  it('marks where a case stands, by node or by step', () => {
    const svg = swimLane(plan, 'en', { marks: { 'C-1': 'done', review: 'now' } })
    expect(svg).toContain('data-node="basis" data-step="C-1" data-mark="done"')
    expect(svg).toContain('data-node="review" data-step="C-3" data-mark="now"')
    expect(svg).not.toContain('data-node="decide" data-step="C-3" data-mark')
  })
  it('gives the same picture every time and nothing for a workflow that is a title', () => {
    expect(swimLane(plan, 'zh')).toBe(swimLane(plan, 'zh'))
    const title: Workflow = { ...plan, processes: [] }
    expect(swimLane(title, 'zh')).toBe('')
  })
})

describe('orgChart', () => {
  it.each(langs)('puts every post of the department under its superior in %s', (lang) => {
    const layout = layoutOrgChart(edition, lang)
    const at = new Map(layout.boxes.map((one) => [one.id, one]))
    for (const a of layout.boxes) for (const b of layout.boxes) if (a !== b) expect(apart(a, b)).toBe(true)
    for (const [above, below] of [
      ['GM', 'SDM'],
      ['SDM', 'SUP'],
      ['SUP', 'KAM'],
      ['SUP', 'REP'],
      ['RGM', 'BRM'],
    ] as const) {
      expect(layout.lines).toContainEqual({ from: above, to: below, kind: 'line' })
      expect(at.get(below)?.y).toBeGreaterThan(at.get(above)?.y ?? 0)
    }
    expect(layout.lines).toContainEqual({ from: 'BRM', to: 'REP', kind: 'supervision' })
    const svg = orgChart(edition, lang)
    expect(svg).toContain(lang === 'zh' ? '大客户销售代表' : 'KA sales')
    expect(svg).not.toMatch(/undefined|NaN/)
  })
  it.each(langs)('names every post below its superior and still fits an upright page in %s', (lang) => {
    const layout = layoutOrgChart(edition, lang)
    const svg = orgChart(edition, lang)
    for (const post of edition.posts)
      if (post.kind === 'inside' && post.superior) expect(svg).toContain(`data-post="${post.id}"`)
    const staff = layout.boxes.find((one) => one.id === 'support:GM')
    expect(staff?.posts.map((one) => one.id)).toContain('FIN')
    expect(layout.width).toBeLessThanOrEqual(880)
    // Staff of the head office stands in the head office's band.
    const office = layout.bands[0]
    expect((staff?.y ?? 0) + (staff?.height ?? 0)).toBeLessThan((office?.y ?? 0) + (office?.height ?? 0))
  })
})

it.each(langs)('the organisation chart in %s cuts no name', (lang) => {
  expect(orgChart(edition, lang)).not.toContain('…')
})
