import { type Block, type Field, inLine, type Words } from './block.ts'
import { smallest } from './lanes.ts'
import {
  type Cell,
  colours,
  type Paragraph,
  type Part,
  page,
  paragraph,
  type Row,
  runs,
  runsInLine,
  type Table,
} from './word-text.ts'

const twips = (mm: number): number => Math.round(mm * 56.7)

interface Look {
  readonly width: number
  readonly boxed?: boolean
  readonly fill?: string
  readonly span?: number
  readonly bold?: boolean
  readonly color?: string
  readonly center?: boolean
  readonly keep?: boolean
  /** Quiet words that go on behind the others. */
  readonly behind?: string
  /** One of many columns: a code must find room beside its borders. */
  readonly narrow?: boolean
}
function cell(words: Words, look: Look, more: readonly Paragraph[] = []): Cell {
  const first = paragraph(
    [
      ...runs(words, { size: 17, bold: look.bold, color: look.color }),
      ...(look.behind ? runs(`\u2003${look.behind}`, { size: 15, color: colours.quiet }) : []),
    ],
    {
      spacing: { after: 0, line: 250, lineRule: 'exact' },
      keepNext: look.keep ?? false,
      center: look.center,
    },
  )
  return {
    width: look.width,
    boxed: look.boxed === true,
    air: look.narrow ? 30 : 80,
    fill: look.fill,
    span: look.span,
    children: [first, ...more],
  }
}

const tableOf = (widths: readonly number[], rows: readonly Row[]): Table => ({ kind: 'table', widths, rows })

/** A table wants something behind it, or Word joins it to the next one. */
const gap = (keepNext = false): Paragraph =>
  paragraph([], { keepNext, spacing: { after: 0, line: 160, lineRule: 'exact' } })

function shares(widths: readonly number[], page: number): number[] {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width) => Math.floor((page * width) / whole))
}

/** Pixels of height that an upright page has below the heads of a workflow and a process. */
const belowHeads = 650

function pictures(
  block: Extract<Block, { kind: 'picture' }>,
  width: number,
  next: boolean,
  headed: boolean,
): Paragraph[] {
  // Pixels of Word are 96 to the inch; drawings are printed 0.7 points to the pixel at the most.
  const most = width / 15
  const high = width === page.turned ? 530 : 800
  const tallest = Math.max(...block.parts.map((part) => part.height))
  // Behind its heads a drawing is made a little smaller where that keeps it on their page and still readable.
  const below = headed && belowHeads / tallest >= smallest * (4 / 3) ? belowHeads / tallest : 1
  const scale = Math.min(0.93, below, high / tallest, ...block.parts.map((part) => most / part.width))
  return block.parts.flatMap((part, at) => {
    const caption =
      block.parts.length > 1
        ? `${inLine(block.caption)} (${at + 1}/${block.parts.length})`
        : inLine(block.caption)
    return [
      paragraph([], {
        center: true,
        spacing: { before: 80, after: 40, line: 240, lineRule: 'auto' },
        keepNext: true,
        picture: {
          drawing: part,
          caption,
          width: Math.floor(part.width * scale),
          height: Math.floor(part.height * scale),
        },
      }),
      paragraph(runs(caption, { color: colours.quiet, size: 16 }), { center: true, keepNext: next }),
    ]
  })
}

function fieldCells(field: Field, widths: readonly number[], wide: boolean, keep: boolean): Cell[] {
  const [label = 0, box = 0] = widths
  const ticks = field.ticks.map((tick) => `□ ${inLine(tick)}`).join('   ')
  return [
    cell(field.label, { width: label, boxed: true, fill: colours.label, keep }),
    cell(ticks || field.hint, {
      keep,
      width: wide ? box * 2 + label : box,
      boxed: true,
      ...(wide ? { span: 3 } : {}),
      ...(ticks ? {} : { color: colours.quiet }),
    }),
  ]
}

/** Whether a block may be torn apart by the end of a page, is not, or is not torn from what follows it either. */
type Keep = 'no' | 'inside' | 'with next'

/** Blocks after one another: a form's band becomes the first row of what it heads, facts stay with the picture they tell of. */
export function drawAll(blocks: readonly Block[], width: number, whole = false): Part[] {
  return blocks.flatMap((block, at) => {
    const [before, after] = [blocks[at - 1], blocks[at + 1]]
    const headed = after?.kind === 'table' || after?.kind === 'fields'
    if (block.kind === 'band' && headed) return []
    const tells = after?.kind === 'picture' && block.kind === 'facts'
    // A note says what the table or list behind it is about: neither it nor its heading ends a page alone.
    const leads = block.kind === 'text' && (after?.kind === 'table' || after?.kind === 'list')
    const keep: Keep = (whole && after) || tells || leads ? 'with next' : whole ? 'inside' : 'no'
    const parts = draw(
      block,
      width,
      keep,
      before?.kind === 'facts',
      before?.kind === 'band' ? before : undefined,
    )
    if (tells) return [...parts.slice(0, -1), gap(true)]
    // A gap behind a full page would make an empty one before a heading that begins a page.
    return gapped(block) && after?.kind === 'heading' ? parts.slice(0, -1) : parts
  })
}

/** Whether a block ends with the gap that follows a table. */
const gapped = (block: Block | undefined): boolean =>
  block?.kind === 'whole'
    ? gapped(block.blocks.at(-1))
    : block?.kind === 'table' || block?.kind === 'facts' || block?.kind === 'fields'

type Band = Extract<Block, { kind: 'band' }>

/** Who fills a section stands behind its title; in two languages on lines of their own. */
function bandRow({ text, note }: Band, width: number, span: number): Row {
  const behind = typeof text === 'string' && typeof note === 'string' ? note : ''
  const who = paragraph(runs(note, { size: 15, color: colours.quiet }), {
    spacing: { after: 0, line: 220, lineRule: 'exact' },
    keepNext: true,
  })
  return {
    head: true,
    cells: [
      cell(
        text,
        { width, span, boxed: true, fill: colours.tint, bold: true, keep: true, behind },
        behind !== '' || inLine(note) === '' ? [] : [who],
      ),
    ],
  }
}

/** A block as paragraphs and tables of Word. */
function draw(block: Block, width: number, keep: Keep, headed: boolean, band?: Band): Part[] {
  const next = keep === 'with next'
  const lastOf = (rows: readonly unknown[]) => (next ? rows.length : rows.length - 1)
  switch (block.kind) {
    case 'heading':
      return [
        paragraph(runsInLine(block.text), {
          heading: block.level,
          keepNext: true,
          pageBreakBefore: block.page === true,
          // Word keeps the space above a heading at the top of a page as well.
          ...(block.page === undefined ? {} : { spacing: { before: 0 } }),
        }),
      ]
    case 'text':
      return [
        paragraph(runs(block.text, block.quiet ? { color: colours.quiet, size: 17 } : {}, block.origin), {
          keepNext: next,
        }),
      ]
    case 'list':
      return block.items.map((item) =>
        paragraph(runs(item.text, {}, item.origin), { point: true, spacing: { after: 50 }, keepNext: next }),
      )
    case 'facts': {
      const widths = shares([1, 4.4], width)
      return [
        tableOf(
          widths,
          block.rows.map(
            ([label, words], at): Row => ({
              cells: [
                cell(label, {
                  width: widths[0] ?? 0,
                  color: colours.quiet,
                  keep: keep !== 'no' && at < lastOf(block.rows),
                }),
                cell(words, { width: widths[1] ?? 0 }),
              ],
            }),
          ),
        ),
        gap(next),
      ]
    }
    case 'table': {
      const widths = shares(block.widths, width)
      const ruled = block.mm !== undefined
      const row = (values: readonly Words[], head: boolean, together = head): Row => ({
        head,
        atLeast: block.mm && !head ? twips(block.mm) : undefined,
        cells: values.map((value, at) =>
          cell(value, {
            width: widths[at] ?? 0,
            boxed: ruled,
            narrow: widths.length > 10,
            keep: together,
            ...(head ? { fill: colours.tint, bold: true, center: ruled } : {}),
          }),
        ),
      })
      const rows = [
        row(block.head, true),
        ...block.rows.map((values, at) => row(values, false, keep !== 'no' && at < lastOf(block.rows))),
      ]
      const first = band ? [bandRow(band, width, widths.length)] : []
      return [tableOf(widths, [...first, ...rows]), gap(next)]
    }
    case 'band':
      return [tableOf([width], [bandRow(block, width, 1)])]
    case 'fields': {
      const widths = shares([1.15, 1.85, 1.15, 1.85], width)
      return [
        tableOf(widths, [
          ...(band ? [bandRow(band, width, 4)] : []),
          ...block.rows.map((row, at) => {
            const together = keep !== 'no' && at < lastOf(block.rows)
            const most = Math.max(...row.map((field) => field.lines))
            return {
              atLeast: twips(most * 8),
              cells: row.flatMap((field) =>
                fieldCells(field, widths, field.whole || row.length === 1, together),
              ),
            }
          }),
        ]),
        gap(next),
      ]
    }
    case 'picture':
      return pictures(block, width, next, headed)
    case 'turned':
      return drawAll(block.blocks, width)
    case 'whole':
      return drawAll(block.blocks, width, true)
  }
}
