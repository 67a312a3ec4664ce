import type { Edition, Lang, Post } from '../model.ts'
import { type Colours, paper } from './colours.ts'
import { text } from './draw.ts'
import { escaped, fonts, widthOf, wrap } from './text.ts'

interface Box {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: readonly string[]
  readonly notes: readonly string[]
  /** Posts named inside, each on lines of its own, from the top of the box. */
  readonly posts: readonly { readonly id: string; readonly lines: readonly string[]; readonly y: number }[]
  readonly kind: 'key-account' | 'line' | 'support'
}
interface Line {
  readonly from: string
  readonly to: string
  readonly kind: 'line' | 'supervision'
}
export interface OrgChartLayout {
  readonly width: number
  readonly height: number
  readonly bands: readonly { readonly name: string; readonly y: number; readonly height: number }[]
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
}

const box = { width: 144, gap: 12, row: 30, head: 84 }
const size = { title: 14, note: 13, line: 18, heading: 12 }

/**
 * Lays out the posts under their superiors, in bands by level. Posts without seats stand in a column of names below their superior, so
 * that the whole chart fits a page and a screen.
 */
export function layoutOrgChart(edition: Edition, lang: Lang): OrgChartLayout {
  const inside = edition.posts.filter((one) => one.kind === 'inside')
  const byId = new Map(inside.map((one) => [one.id, one]))
  const seats = (id: string) => edition.organisation.seats.filter((one) => one.post === id)
  // Posts with seats stand for themselves, and so do those above them; an edition that counts no seats shows whatever it describes.
  const counted = inside.some((one) => seats(one.id).length > 0)
  const shown = new Set<string>()
  for (const post of inside)
    if (counted ? seats(post.id).length > 0 : post.sheet)
      for (
        let at: Post | undefined = post;
        at && !shown.has(at.id);
        at = at.superior ? byId.get(at.superior) : undefined
      )
        shown.add(at.id)
  const children = (id: string) => inside.filter((one) => shown.has(one.id) && one.superior === id)
  const above = (post: Post): string | null => {
    const superior = post.superior ? byId.get(post.superior) : undefined
    return superior && !shown.has(superior.id) ? above(superior) : (superior?.id ?? null)
  }
  const support = (id: string) => inside.filter((one) => !shown.has(one.id) && above(one) === id)
  const levels = edition.organisation.levels.filter((level) =>
    inside.some((one) => shown.has(one.id) && (one.level ?? 'hq') === level.id),
  )
  const bandOf = (post: Post) =>
    Math.max(
      0,
      levels.findIndex((one) => one.id === (post.level ?? 'hq')),
    )

  // Rows are counted level by level: a post stands below its superior of the same level, else in its level's first row.
  const rowOf = new Map<string, number>()
  const roots = inside.filter((one) => shown.has(one.id) && !(one.superior && shown.has(one.superior)))
  let first = 0
  for (let level = 0; level < levels.length; level += 1) {
    const mine = inside.filter((one) => shown.has(one.id) && bandOf(one) === level)
    const depth = (post: Post): number => {
      const above = mine.find((one) => one.id === post.superior)
      return above ? depth(above) + 1 : 0
    }
    for (const one of mine) rowOf.set(one.id, first + depth(one))
    first += Math.max(-1, ...mine.map(depth)) + 1
  }

  const titled = inside
    .filter((one) => shown.has(one.id))
    .map((post) => ({
      post,
      title: wrap(post.name[lang], size.title, box.width - 20, 3),
      notes: seats(post.id).flatMap((one) =>
        wrap(seatText(edition, one, lang), size.note, box.width - 14, 2),
      ),
      kind: seats(post.id).some((one) => one.inHeadcount) ? ('key-account' as const) : ('line' as const),
    }))
  const groups = inside
    .filter((one) => shown.has(one.id) && support(one.id).length > 0)
    .map((post) => ({
      post,
      posts: support(post.id).map((one) => ({
        id: one.id,
        lines: wrap(one.name[lang], size.note, box.width - 12, 3),
      })),
    }))
  const heightOf = (one: { title: readonly string[]; notes: readonly string[] }) =>
    18 + one.title.length * 19 + one.notes.length * size.line
  const columnOf = (one: (typeof groups)[number]) =>
    38 + one.posts.reduce((sum, each) => sum + each.lines.length, 0) * size.line + one.posts.length * 4
  const rows = Math.max(0, ...rowOf.values()) + 1
  const rowHeight = Array.from({ length: rows }, (_, row) =>
    Math.max(46, ...titled.filter((one) => rowOf.get(one.post.id) === row).map(heightOf)),
  )
  const rowTop: number[] = []
  let y = 16
  const beginsBand = (row: number) =>
    levels.some(
      (_, level) =>
        Math.min(
          ...titled.flatMap(({ post }) => (bandOf(post) === level ? [rowOf.get(post.id) ?? 0] : [])),
        ) === row,
    )
  const rowBelow = (post: Post) => Math.min(rows - 1, (rowOf.get(post.id) as number) + 1)
  for (let row = 0; row < rows; row += 1) {
    // A column of names ends before the next level begins.
    if (beginsBand(row))
      for (const one of groups) {
        const top = rowTop[rowBelow(one.post)]
        if (top !== undefined) y = Math.max(y, top + columnOf(one) + box.row)
      }
    rowTop.push(y)
    y += (rowHeight[row] as number) + box.row
  }

  const boxes: Box[] = []
  let column = 0
  const at = (index: number) => box.head + 14 + index * (box.width + box.gap)
  const set = (post: Post): number => {
    const below = children(post.id).map(set)
    const centre =
      below.length > 0 ? ((below[0] as number) + (below.at(-1) as number)) / 2 : at(column++) + box.width / 2
    const one = titled.find((it) => it.post.id === post.id)
    if (one)
      boxes.push({
        id: post.id,
        x: centre - box.width / 2,
        y: rowTop[rowOf.get(post.id) as number] as number,
        width: box.width,
        height: heightOf(one),
        title: one.title,
        notes: one.notes,
        posts: [],
        kind: one.kind,
      })
    const group = groups.find((it) => it.post.id === post.id)
    if (group) {
      let line = 32
      boxes.push({
        id: `support:${post.id}`,
        x: at(column++),
        y: rowTop[rowBelow(post)] as number,
        width: box.width,
        height: columnOf(group),
        title: [lang === 'zh' ? '支持部门与岗位' : 'Supporting posts'],
        notes: [],
        posts: group.posts.map((one) => {
          const y = line
          line += one.lines.length * size.line + 4
          return { ...one, y }
        }),
        kind: 'support',
      })
    }
    return centre
  }
  for (const root of roots) set(root)

  const lines: Line[] = boxes.flatMap((one): Line[] => {
    const above = one.id.startsWith('support:') ? one.id.slice('support:'.length) : byId.get(one.id)?.superior
    return above && shown.has(above) ? [{ from: above, to: one.id, kind: 'line' }] : []
  })
  // Whoever is sent to a place is supervised there day to day by the post that heads it.
  for (const sent of titled.filter(
    (one) => one.kind === 'key-account' && one.post.level && one.post.level !== 'hq',
  ))
    for (const head of titled.filter((one) => one.kind === 'line' && bandOf(one.post) >= bandOf(sent.post)))
      if (edition.organisation.relations.some((one) => one.id === 'supervision'))
        lines.push({ from: head.post.id, to: sent.post.id, kind: 'supervision' })

  const width = Math.max(box.head, ...boxes.map((one) => one.x + one.width)) + 14
  const height = Math.max(y - box.row + 16, ...boxes.map((one) => one.y + one.height + 16))
  const bands = levels.map((level, index) => {
    const mine = titled
      .filter((one) => bandOf(one.post) === index)
      .map((one) => rowOf.get(one.post.id) as number)
    const top = (rowTop[Math.min(...mine)] as number) - 16
    const next = titled
      .filter((one) => bandOf(one.post) === index + 1)
      .map((one) => rowOf.get(one.post.id) as number)
    const bottom = next.length > 0 ? (rowTop[Math.min(...next)] as number) - 16 : height
    return { name: level.name[lang], y: top, height: bottom - top }
  })
  return { width, height, bands, boxes, lines }
}

function seatText(
  edition: Edition,
  seat: { count: number; perUnit: number | null; provisional: boolean; level: string },
  lang: Lang,
): string {
  const unit = edition.organisation.levels.find((one) => one.id === seat.level)?.name[lang] ?? ''
  const parts =
    lang === 'zh'
      ? [
          `${seat.count} 人`,
          ...(seat.perUnit !== null && seat.perUnit !== seat.count ? [`每${unit} ${seat.perUnit} 人`] : []),
          ...(seat.provisional ? ['暂定'] : []),
        ]
      : [
          `${seat.count} ${seat.count === 1 ? 'seat' : 'seats'}`,
          ...(seat.perUnit !== null && seat.perUnit !== seat.count
            ? [`${seat.perUnit} per ${unit.toLowerCase()}`]
            : []),
          ...(seat.provisional ? ['provisional'] : []),
        ]
  return parts.join(lang === 'zh' ? '，' : ', ')
}

/**
 * Draws the organisation chart: posts under their business superior in solid lines, daily supervision on the spot in dashed ones.
 * @returns an SVG that stands alone
 */
export function orgChart(edition: Edition, lang: Lang, options: { readonly colours?: Colours } = {}): string {
  const colour = options.colours ?? paper
  const layout = layoutOrgChart(edition, lang)
  const { width, height } = layout
  const at = new Map(layout.boxes.map((one) => [one.id, one]))
  const supervised = layout.lines.some((one) => one.kind === 'supervision')
  const foot = supervised ? 30 : 0
  const out: string[] = [
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${colour.sheet}" stroke="${colour.border}"/>`,
  ]
  for (const [index, band] of layout.bands.entries()) {
    if (index > 0) out.push(`<path d="M1 ${band.y + 0.5}H${width - 1}" stroke="${colour.border2}"/>`)
    out.push(text(12, band.y + band.height / 2 + 5, band.name, { size: 13, fill: colour.text2, weight: 500 }))
  }
  out.push(`<path d="M${box.head + 0.5} 1V${height - 1}" stroke="${colour.border2}"/>`)
  for (const line of layout.lines) {
    const from = at.get(line.from) as Box
    const to = at.get(line.to) as Box
    if (line.kind === 'line') {
      const x1 = from.x + from.width / 2
      const x2 = to.x + to.width / 2
      const turn = from.y + from.height + 14
      out.push(
        `<path d="M${x1} ${from.y + from.height}V${turn}H${x2}V${to.y}" fill="none" stroke="${colour.line}" stroke-width="1.3" stroke-linejoin="round"/>`,
      )
    } else {
      const side = from.x > to.x
      const y = Math.min(to.y + to.height / 2, from.y + from.height / 2)
      const path =
        Math.abs(from.y - to.y) < 2
          ? `M${side ? from.x : from.x + from.width} ${y}H${side ? to.x + to.width : to.x}`
          : `M${side ? from.x : from.x + from.width} ${from.y + from.height / 2}H${to.x + to.width / 2}V${to.y + to.height}`
      out.push(
        `<path d="${path}" fill="none" stroke="${colour.primary}" stroke-width="1.2" stroke-dasharray="4 3"/>`,
      )
    }
  }
  for (const one of layout.boxes) {
    const fill =
      one.kind === 'key-account' ? colour.primaryBg : one.kind === 'support' ? colour.fill : colour.sheet
    const stroke = one.kind === 'key-account' ? colour.primary : colour.border
    const centre = one.x + one.width / 2
    out.push(
      `<g${one.kind === 'support' ? '' : ` data-post="${escaped(one.id)}"`}${one.kind === 'key-account' ? ' data-home="1"' : ''}><rect x="${one.x}" y="${one.y}" width="${one.width}" height="${one.height}" rx="6" fill="${fill}" stroke="${stroke}" stroke-width="1.2"/>${one.title
        .map((words, row) =>
          text(centre, one.y + 24 + row * 19, words, {
            size: one.kind === 'support' ? size.heading : size.title,
            fill: one.kind === 'support' ? colour.text2 : colour.text,
            weight: 600,
            anchor: 'middle',
          }),
        )
        .join('')}${one.notes
        .map((words, row) =>
          text(centre, one.y + 24 + one.title.length * 19 + row * size.line, words, {
            size: size.note,
            fill: colour.text2,
            anchor: 'middle',
          }),
        )
        .join('')}</g>`,
    )
    for (const each of one.posts)
      out.push(
        `<g data-post="${escaped(each.id)}"><rect x="${one.x + 4}" y="${one.y + each.y}" width="${one.width - 8}" height="${each.lines.length * size.line + 3}" rx="4" fill="${fill}"/>${each.lines
          .map((words, row) =>
            text(one.x + 10, one.y + each.y + 14 + row * size.line, words, {
              size: size.note,
              fill: colour.text,
            }),
          )
          .join('')}</g>`,
      )
  }
  if (supervised) out.push(legend(edition, lang, colour, height + 20))
  const name = edition.chapters.flatMap((one) => one.sections).find((one) => one.content === 'org-chart')
    ?.title[lang]
  const title = escaped(name ?? (lang === 'zh' ? '组织架构图' : 'Organisation chart'))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + foot}" viewBox="0 0 ${width} ${height + foot}" role="img" aria-label="${title}" font-family="${fonts}"><title>${title}</title>${out.join('')}</svg>`
}

function legend(edition: Edition, lang: Lang, colour: Colours, y: number): string {
  const business = edition.organisation.relations.find((one) => one.id === 'business')?.name[lang]
  const daily = edition.organisation.relations.find((one) => one.id === 'supervision')?.name[lang]
  let x = box.head
  const entry = (stroke: string, dash: string, words: string | undefined) => {
    if (!words) return ''
    const drawn = `<path d="M${x} ${y - 4}h28" stroke="${stroke}" stroke-width="1.3"${dash}/>${text(x + 36, y, words, { size: 12, fill: colour.text2 })}`
    x += 60 + widthOf(words, 12)
    return drawn
  }
  return entry(colour.line, '', business) + entry(colour.primary, ' stroke-dasharray="4 3"', daily)
}
