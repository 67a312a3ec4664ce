import {
  AlignmentType,
  BorderStyle,
  HeadingLevel,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { type Block, type Drawing, type Field, inLine, type Words } from './block.ts'
import { smallest } from './lanes.ts'
import { colours, page, runs, runsInLine } from './word-text.ts'

export type Part = Paragraph | Table
export interface Setting {
  /** In twentieths of a point. */
  readonly width: number
  readonly pictures: ReadonlyMap<Drawing, Buffer>
}

const levels = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
] as const
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const hair = { style: BorderStyle.SINGLE, size: 4, color: colours.line } as const
const pen = { style: BorderStyle.SINGLE, size: 4, color: colours.quiet } as const
const open = { top: none, left: none, right: none, bottom: hair }
const boxed = { top: pen, left: pen, right: pen, bottom: pen }
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
function cell(words: Words, look: Look, more: Paragraph[] = []): TableCell {
  return new TableCell({
    width: { size: look.width, type: WidthType.DXA },
    borders: look.boxed ? boxed : open,
    margins: { top: 50, bottom: 50, left: look.narrow ? 30 : 80, right: look.narrow ? 30 : 80 },
    ...(look.fill ? { shading: { fill: look.fill } } : {}),
    ...(look.span ? { columnSpan: look.span } : {}),
    ...(look.boxed ? { verticalAlign: VerticalAlignTable.CENTER } : {}),
    children: [
      new Paragraph({
        spacing: { after: 0, line: 250, lineRule: 'exact' },
        keepNext: look.keep ?? false,
        ...(look.center ? { alignment: AlignmentType.CENTER } : {}),
        children: [
          ...runs(words, {
            size: 17,
            ...(look.bold ? { bold: true } : {}),
            ...(look.color ? { color: look.color } : {}),
          }),
          ...(look.behind ? runs(`\u2003${look.behind}`, { size: 15, color: colours.quiet }) : []),
        ],
      }),
      ...more,
    ],
  })
}

const tableOf = (widths: readonly number[], rows: TableRow[]): Table =>
  new Table({
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    rows,
  })

/** A table wants something behind it, or Word joins it to the next one. */
const gap = (keepNext = false): Paragraph =>
  new Paragraph({ keepNext, spacing: { after: 0, line: 160, lineRule: 'exact' }, children: [] })

function shares(widths: readonly number[], page: number): number[] {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return widths.map((width) => Math.floor((page * width) / whole))
}

/** Pixels of height that an upright page has below the heads of a workflow and a process. */
const belowHeads = 650

function pictures(
  block: Extract<Block, { kind: 'picture' }>,
  setting: Setting,
  next: boolean,
  headed: boolean,
): Paragraph[] {
  // Pixels of Word are 96 to the inch; drawings are printed 0.7 points to the pixel at the most.
  const most = setting.width / 15
  const high = setting.width === page.turned ? 530 : 800
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
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 80, after: 40, line: 240, lineRule: 'auto' },
        keepNext: true,
        children: [
          new ImageRun({
            type: 'png',
            data: setting.pictures.get(part) ?? Buffer.alloc(0),
            transformation: {
              width: Math.floor(part.width * scale),
              height: Math.floor(part.height * scale),
            },
            altText: { name: caption, title: caption, description: caption },
          }),
        ],
      }),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        keepNext: next,
        children: runs(caption, { color: colours.quiet, size: 16 }),
      }),
    ]
  })
}

function fieldCells(field: Field, widths: readonly number[], wide: boolean, keep: boolean): TableCell[] {
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
export function drawAll(blocks: readonly Block[], setting: Setting, whole = false): Part[] {
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
      setting,
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
function bandRow({ text, note }: Band, width: number, span: number): TableRow {
  const behind = typeof text === 'string' && typeof note === 'string' ? note : ''
  const who = new Paragraph({
    spacing: { after: 0, line: 220, lineRule: 'exact' },
    keepNext: true,
    children: runs(note, { size: 15, color: colours.quiet }),
  })
  return new TableRow({
    cantSplit: true,
    tableHeader: true,
    children: [
      cell(
        text,
        { width, span, boxed: true, fill: colours.tint, bold: true, keep: true, behind },
        behind !== '' || inLine(note) === '' ? [] : [who],
      ),
    ],
  })
}

/** A block as paragraphs and tables of Word. */
function draw(block: Block, setting: Setting, keep: Keep, headed: boolean, band?: Band): Part[] {
  const next = keep === 'with next'
  const lastOf = (rows: readonly unknown[]) => (next ? rows.length : rows.length - 1)
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: levels[block.level - 1] ?? HeadingLevel.HEADING_4,
          keepNext: true,
          pageBreakBefore: block.page === true,
          // Word keeps the space above a heading at the top of a page as well.
          ...(block.page === undefined ? {} : { spacing: { before: 0 } }),
          children: runsInLine(block.text),
        }),
      ]
    case 'text':
      return [
        new Paragraph({
          keepNext: next,
          children: runs(block.text, block.quiet ? { color: colours.quiet, size: 17 } : {}, block.origin),
        }),
      ]
    case 'list':
      return block.items.map(
        (item) =>
          new Paragraph({
            numbering: { reference: 'points', level: 0 },
            spacing: { after: 50 },
            keepNext: next,
            children: runs(item.text, {}, item.origin),
          }),
      )
    case 'facts': {
      const widths = shares([1, 4.4], setting.width)
      return [
        tableOf(
          widths,
          block.rows.map(
            ([label, words], at) =>
              new TableRow({
                cantSplit: true,
                children: [
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
      const widths = shares(block.widths, setting.width)
      const ruled = block.mm !== undefined
      const row = (values: readonly Words[], head: boolean, together = head) =>
        new TableRow({
          tableHeader: head,
          cantSplit: true,
          ...(block.mm && !head ? { height: { value: twips(block.mm), rule: 'atLeast' as const } } : {}),
          children: values.map((value, at) =>
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
      const first = band ? [bandRow(band, setting.width, widths.length)] : []
      return [tableOf(widths, [...first, ...rows]), gap(next)]
    }
    case 'band':
      return [tableOf([setting.width], [bandRow(block, setting.width, 1)])]
    case 'fields': {
      const widths = shares([1.15, 1.85, 1.15, 1.85], setting.width)
      return [
        tableOf(widths, [
          ...(band ? [bandRow(band, setting.width, 4)] : []),
          ...block.rows.map((row, at) => {
            const together = keep !== 'no' && at < lastOf(block.rows)
            const most = Math.max(...row.map((field) => field.lines))
            return new TableRow({
              cantSplit: true,
              height: { value: twips(most * 8), rule: 'atLeast' },
              children: row.flatMap((field) =>
                fieldCells(field, widths, field.whole || row.length === 1, together),
              ),
            })
          }),
        ]),
        gap(next),
      ]
    }
    case 'picture':
      return pictures(block, setting, next, headed)
    case 'turned':
      return drawAll(block.blocks, setting)
    case 'whole':
      return drawAll(block.blocks, setting, true)
  }
}
