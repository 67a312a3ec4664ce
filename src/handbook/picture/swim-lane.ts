import type { Lang, Workflow } from '../model.ts'
import { type Colours, paper } from './colours.ts'
import { round, text } from './draw.ts'
import { layoutSwimLane, type PlacedFlow, type PlacedNode, type SwimLaneLayout, sizes } from './layout.ts'
import type { Difference } from './merged.ts'
import { escaped, fonts, widthOf } from './text.ts'

export { paper, screen } from './colours.ts'
export { layoutSwimLane, type SwimLaneLayout } from './layout.ts'

/** Where a case stands at a step. */
export type Mark = 'done' | 'now' | 'late'

export interface SwimLaneOptions {
  /** By node id (`review`) or step code (`C-3`). */
  readonly marks?: Readonly<Record<string, Mark>>
  /** Open cases at a node, drawn at its corner. */
  readonly counts?: Readonly<Record<string, { readonly open: number; readonly late: number }>>
  /** Which process of the workflow; the main one if left out. */
  readonly process?: string
  readonly colours?: Colours
  /** What differs from another edition, by node and flow id: drawn as added, removed or changed. */
  readonly differences?: {
    readonly nodes: Readonly<Record<string, Difference>>
    readonly flows: Readonly<Record<string, Difference>>
  }
}

/**
 * Draws a process of a workflow as a swim-lane: one lane per post, steps with their codes, decisions, ways and ways back.
 * @returns an SVG that stands alone, or an empty string for a workflow that is not drawn yet
 */
export function swimLane(workflow: Workflow, lang: Lang, options: SwimLaneOptions = {}): string {
  const process = options.process
    ? workflow.processes.find((one) => one.id === options.process)
    : workflow.processes[0]
  return process ? drawSwimLane(layoutSwimLane(process, lang), lang, options) : ''
}

/** Draws a layout; apart from it so that a screen can lay out once and mark often. */
export function drawSwimLane(layout: SwimLaneLayout, lang: Lang, options: SwimLaneOptions = {}): string {
  const colour = options.colours ?? paper
  return framed(layout.name, layout.width, layout.height, [
    // Told apart so that a screen can keep the names in sight while the rest scrolls.
    `<g data-lanes="${layout.header}">`,
    ...drawLanes(layout, colour),
    '</g>',
    ...drawContent(layout, lang, colour, options),
  ])
}

/** A drawing that stands alone, named for those who cannot see it. */
export const framed = (name: string, width: number, height: number, body: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(name)}" font-family="${fonts}"><title>${escaped(name)}</title>${body.join('')}</svg>`

/** The sheet with its lanes and their names. */
export function drawLanes(layout: SwimLaneLayout, colour: Colours): string[] {
  const { width, height, header } = layout
  const top = layout.lanes[0]?.y ?? 0
  const body: string[] = [
    `<rect x="0.5" y="${top + 0.5}" width="${width - 1}" height="${height - top - 1}" rx="8" fill="${colour.sheet}" stroke="${colour.border}"/>`,
  ]
  for (const [index, lane] of layout.lanes.entries()) {
    if (index > 0)
      body.push(`<path d="M1 ${lane.y + 0.5}H${width - 1}" stroke="${colour.border2}" stroke-width="1"/>`)
    const middle = lane.y + lane.height / 2 - ((lane.lines.length - 1) * 17) / 2
    body.push(
      `<g data-lane="${escaped(lane.post)}">${lane.lines
        .map((line, at) =>
          text(14, middle + at * 17 + 4.5, line, { size: sizes.lane, fill: colour.text, weight: 500 }),
        )
        .join('')}</g>`,
    )
  }
  body.push(
    `<path d="M${header + 0.5} ${top + 1}V${height - 1}" stroke="${colour.border2}" stroke-width="1"/>`,
  )
  return body
}

/** Ways, steps and their words. */
export function drawContent(
  layout: Pick<SwimLaneLayout, 'nodes' | 'flows' | 'labels'>,
  lang: Lang,
  colour: Colours,
  options: SwimLaneOptions = {},
): string[] {
  const markOf = (node: PlacedNode): Mark | undefined =>
    options.marks?.[node.id] ?? (node.step ? options.marks?.[node.step] : undefined)
  const body: string[] = []
  for (const flow of layout.flows) body.push(drawFlow(flow, colour, options.differences?.flows[flow.id]))
  for (const node of layout.nodes)
    body.push(
      drawNode(
        node,
        colour,
        markOf(node),
        options.counts?.[node.id],
        lang,
        options.differences?.nodes[node.id],
      ),
    )
  for (const label of layout.labels) {
    const difference = options.differences?.flows[label.of] ?? options.differences?.nodes[label.of]
    const fill = difference ? toneOf(difference, colour) : label.negative ? colour.warning : colour.text2
    const x =
      label.anchor === 'start'
        ? label.x
        : label.anchor === 'end'
          ? label.x + label.width
          : label.x + label.width / 2
    body.push(
      `<g>${label.lines
        .map((line, at) =>
          text(x, label.y + 11 + at * 14, line, {
            size: 11,
            fill,
            anchor: label.anchor,
            halo: colour.sheet,
            struck: difference === 'removed',
          }),
        )
        .join('')}</g>`,
    )
  }
  return body
}

const toneOf = (difference: Difference, colour: Colours): string =>
  difference === 'removed' ? colour.error : colour.primary

function drawFlow(flow: PlacedFlow, colour: Colours, difference?: Difference): string {
  if (flow.points.length < 2) return ''
  const stroke = difference ? toneOf(difference, colour) : flow.negative ? colour.warning : colour.line
  const dash =
    flow.kind === 'documents'
      ? ' stroke-dasharray="3 3"'
      : difference === 'added'
        ? ' stroke-dasharray="6 3"'
        : difference === 'removed'
          ? ' stroke-dasharray="2 3"'
          : ''
  const end = flow.points.at(-1) as { x: number; y: number }
  const before = flow.points.at(-2) as { x: number; y: number }
  const [dx, dy] = [Math.sign(end.x - before.x), Math.sign(end.y - before.y)]
  // Own arrow heads: a marker needs an id, and ids of several pictures on one page would meet.
  const wing = (side: number) =>
    `${round(end.x - 7 * dx - side * 3.6 * dy)} ${round(end.y - 7 * dy + side * 3.6 * dx)}`
  return `<path d="${rounded(flow.points)}" fill="none" stroke="${stroke}" stroke-width="${difference ? 1.8 : 1.3}"${dash}${difference ? ` data-difference="${difference}"` : ''}/><path d="M${wing(1)}L${round(end.x)} ${round(end.y)} ${wing(-1)}Z" fill="${stroke}"/>`
}

/** Corners with a small radius, so that the eye follows the right line where two cross. */
function rounded(points: readonly { x: number; y: number }[]): string {
  const radius = 5
  let path = `M${round(points[0]?.x ?? 0)} ${round(points[0]?.y ?? 0)}`
  for (let index = 1; index < points.length; index += 1) {
    const at = points[index] as { x: number; y: number }
    const next = points[index + 1]
    const before = points[index - 1] as { x: number; y: number }
    if (!next) {
      path += `L${round(at.x)} ${round(at.y)}`
      continue
    }
    const cut = (from: { x: number; y: number }) => {
      const length = Math.abs(from.x - at.x) + Math.abs(from.y - at.y)
      const by = Math.min(radius, length / 2) / (length || 1)
      return { x: at.x + (from.x - at.x) * by, y: at.y + (from.y - at.y) * by }
    }
    const one = cut(before)
    const two = cut(next)
    path += `L${round(one.x)} ${round(one.y)}Q${round(at.x)} ${round(at.y)} ${round(two.x)} ${round(two.y)}`
  }
  return path
}

function drawNode(
  node: PlacedNode,
  colour: Colours,
  mark: Mark | undefined,
  count: { open: number; late: number } | undefined,
  lang: Lang,
  difference?: Difference,
): string {
  const { x, y, width, height } = node
  const cx = x + width / 2
  const cy = y + height / 2
  const frame = difference
    ? toneOf(difference, colour)
    : mark === 'late'
      ? colour.error
      : mark === 'now'
        ? colour.primary
        : mark === 'done'
          ? colour.success
          : colour.border
  const fill = difference
    ? difference === 'removed'
      ? colour.errorBg
      : difference === 'added'
        ? colour.primaryBg
        : colour.sheet
    : mark === 'late'
      ? colour.errorBg
      : mark === 'now'
        ? colour.primaryBg
        : mark === 'done'
          ? colour.successBg
          : colour.sheet
  const weight = difference ? 1.8 : mark === 'now' || mark === 'late' ? 2 : 1.2
  const line = differing(difference)
  const open = `<g data-node="${escaped(node.id)}"${node.step ? ` data-step="${escaped(node.step)}"` : ''}${mark ? ` data-mark="${mark}"` : ''}${difference ? ` data-difference="${difference}"` : ''}>`
  switch (node.kind) {
    case 'start':
    case 'end':
    case 'milestone': {
      const stroke = mark || difference ? frame : node.kind === 'start' ? colour.success : colour.text2
      const ring = `<circle cx="${cx}" cy="${cy}" r="${width / 2 - 2}" fill="${fill}" stroke="${stroke}" stroke-width="${node.kind === 'end' ? 3 : 1.5}"${line}/>`
      const inner =
        node.kind === 'milestone'
          ? `<circle cx="${cx}" cy="${cy}" r="${width / 2 - 5.5}" fill="none" stroke="${stroke}" stroke-width="1.2"/><path d="M${cx - 3} ${cy + 4}V${cy - 5}h7l-2 2.5 2 2.5h-7" fill="${stroke}"/>`
          : ''
      return `${open}${ring}${inner}</g>`
    }
    case 'exclusive':
    case 'parallel': {
      const cross =
        node.kind === 'exclusive'
          ? `M${cx - 5} ${cy - 5}l10 10M${cx + 5} ${cy - 5}l-10 10`
          : `M${cx - 7} ${cy}h14M${cx} ${cy - 7}v14`
      return `${open}<path d="M${cx} ${y}L${x + width} ${cy} ${cx} ${y + height} ${x} ${cy}Z" fill="${fill}" stroke="${mark || difference ? frame : colour.text3}" stroke-width="${weight}" stroke-linejoin="round"${line}/><path d="${cross}" stroke="${mark || difference ? frame : colour.text2}" stroke-width="1.8" stroke-linecap="round"/></g>`
    }
    case 'documents':
      return `${open}<path d="M${x + 4} ${y}H${x + width - 10}l10 10V${y + height - 4}q0 4-4 4H${x + 4}q-4 0-4-4V${y + 4}q0-4 4-4Z" fill="${colour.fill}" stroke="${colour.border}" stroke-width="1"/>${node.lines
        .map((line, at) => text(x + 12, y + 19 + at * 17, line, { size: sizes.note, fill: colour.text2 }))
        .join('')}</g>`
    default: {
      const dashed = difference ? line : node.described && !mark ? ' stroke-dasharray="5 3"' : ''
      const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="${frame}" stroke-width="${weight}"${dashed}/>`
      const twice =
        node.kind === 'call'
          ? `<rect x="${x + 3}" y="${y + 3}" width="${width - 6}" height="${height - 6}" rx="4" fill="none" stroke="${frame}" stroke-width="1"/>`
          : ''
      const code = node.step
        ? text(x + 10, y + 19, node.step, {
            size: sizes.code,
            fill: mark === 'done' ? colour.success : difference === 'removed' ? colour.error : colour.primary,
            weight: 600,
          })
        : ''
      const first = y + (node.step ? 36 : 24)
      const names = node.lines
        .map((line, at) =>
          text(x + 10, first + at * 18, line, {
            size: sizes.name,
            fill: difference === 'removed' ? colour.error : colour.text,
            weight: 500,
            struck: difference === 'removed',
          }),
        )
        .join('')
      const tick =
        mark === 'done'
          ? `<path d="M${x + width - 20} ${y + 14}l3.5 3.5 6-7" fill="none" stroke="${colour.success}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>`
          : difference === 'changed'
            ? `<path d="M${x + width - 13} ${y}H${x + width - 6}q6 0 6 6V${y + 13}Z" fill="${colour.primary}"/>`
            : ''
      return `${open}${box}${twice}${code}${names}${tick}${count ? pill(node, count, colour, lang) : ''}</g>`
    }
  }
}

/** How the border of a differing node runs: new is dashed, gone is dotted. */
const differing = (difference?: Difference): string =>
  difference === 'added'
    ? ' stroke-dasharray="5 3"'
    : difference === 'removed'
      ? ' stroke-dasharray="2 3"'
      : ''

function pill(node: PlacedNode, count: { open: number; late: number }, colour: Colours, lang: Lang): string {
  if (count.open === 0) return ''
  const words =
    count.late === 0
      ? String(count.open)
      : lang === 'zh'
        ? `${count.open}，迟 ${count.late}`
        : `${count.open}, ${count.late} late`
  const width = Math.ceil(widthOf(words, 11)) + 14
  const x = node.x + node.width - width / 2 - 6
  return `<rect x="${x}" y="${node.y - 9}" width="${width}" height="18" rx="9" fill="${count.late ? colour.error : colour.primary}"/>${text(x + width / 2, node.y + 4, words, { size: 11, fill: colour.onPrimary, weight: 600, anchor: 'middle' })}`
}
