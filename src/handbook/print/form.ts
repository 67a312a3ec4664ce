import type { Edition, Form, FormField, TaskNode } from '../model.ts'
import { findRow } from '../words/norms.ts'
import { type Block, type Field, heading, table, whole } from './block.ts'
import { inPairs } from './both.ts'
import { columnsOf, isLandscape } from './form-room.ts'
import type { Speaker } from './words.ts'

/** Of the fields that every form begins with, those that only the program can fill. */
const ofProgram = new Set(['edition', 'source', 'status', 'signatures', 'proof'])

/** A form as a sheet of paper that a person can fill by hand: head, sections with who fills them, and signatures of those who decide. */
export function formBlocks(edition: Edition, s: Speaker, one: Form): Block[] {
  const blocks: Block[] = [
    heading(3, `${one.id} ${s.t(one.name)}`, true),
    { kind: 'text', quiet: true, text: sourceLine(edition, s, one) },
    { kind: 'fields', rows: frame(edition, s) },
    ...one.sections.flatMap((section): Block[] => {
      const fields = section.fields.filter((field) => s.t(field.label) !== '')
      const band: Block = { kind: 'band', text: s.t(section.title), note: filler(edition, s, section.steps) }
      if (section.repeat) return repeated(s, one, fields, band)
      return boxes(s, band, fields)
    }),
    ...signatures(edition, s, one),
  ]
  return isLandscape(one) ? [{ kind: 'turned', blocks }] : blocks
}

/** Lines of handwriting up to which a section is not torn apart by the end of a page. */
const together = 9

/** A section of boxes under its title: on one page as long as that leaves no great gap on the page before. */
function boxes(s: Speaker, band: Block, fields: readonly FormField[]): Block[] {
  const blocks: Block[] = [band, { kind: 'fields', rows: inPairs(fields.map((field) => fieldOf(s, field))) }]
  // Counted by the fields, not by their rows, so that it comes out alike in both languages.
  const long = fields.filter((field) => field.type === 'long').length
  const lines = 3 * long + Math.ceil((fields.length - long) / 2)
  return lines <= together ? whole(blocks) : blocks
}

/** Form number, edition and the steps that use it. */
function sourceLine(edition: Edition, s: Speaker, one: Form): string {
  const parts = [
    `${s.say('formCode')} ${one.id}`,
    `${s.t(edition.title)} ${s.say('edition').replace('{n}', edition.number)}`,
    one.steps.length > 0
      ? `${s.say('usedAt')} ${s.list(one.steps.map((step) => step.replace('/', ' ')))}`
      : '',
  ]
  const required = one.sections.some((section) => section.fields.some((field) => field.required))
  return [...parts, required ? s.say('required') : ''].filter((part) => part !== '').join(' · ')
}

/** The tasks that a step of a form's section stands for: those that bear the form, else all of that code. */
function tasksOf(edition: Edition, step: string, form?: string): TaskNode[] {
  const [flow, code] = step.split('/')
  const tasks = (edition.workflows.find((each) => each.id === flow)?.processes ?? [])
    .flatMap((process) => process.nodes)
    .filter((node): node is TaskNode => node.kind === 'task' && node.step === code)
  const bearing = tasks.filter((task) => form !== undefined && task.forms.includes(form))
  return bearing.length > 0 ? bearing : tasks
}

/** Who fills a section, and at which step. */
function filler(edition: Edition, s: Speaker, steps: readonly string[]): string {
  const told = steps.map((step) => {
    const posts = [...new Set(tasksOf(edition, step).map((task) => s.post(task.post)))]
    return `${step.replace('/', ' ')}${s.paren(s.list(posts))}`
  })
  return told.length > 0 ? `${s.say('filledBy')}${s.list(told)}` : ''
}

function frame(edition: Edition, s: Speaker): Field[][] {
  const own = edition.formFrame.filter((field) => !ofProgram.has(field.id))
  const line = (label: string): Field => ({ label, ticks: [], hint: '', lines: 1, whole: false })
  const known = new Set(own.map((field) => field.id))
  const fields = [
    ...(known.has('entity') ? [] : [line(s.say('company'))]),
    ...own
      .map((field) => fieldOf(s, field))
      .map((field) => ({ ...field, hint: '', lines: 1, whole: field.ticks.length > 3 })),
    ...(known.has('drafter') ? [] : [line(s.say('drafter'))]),
    ...(known.has('date') ? [] : [line(s.say('date'))]),
  ]
  // The company stands first, as the head of the paper.
  const first = own.findIndex((field) => field.id === 'entity')
  if (first > 0) fields.unshift(...fields.splice(first, 1))
  return inPairs(fields)
}

/** Label with its unit, and what marks a field that must be filled. */
export function labelOf(s: Speaker, field: FormField): string {
  const vat = field.vat && field.vat !== 'none' ? s.say(field.vat) : ''
  const label = s.t(field.label)
  const told = s.list([
    s.t(field.unit) || (field.type === 'percent' ? '%' : ''),
    /VAT|税/.test(label) ? '' : vat,
  ])
  return `${label}${s.paren(told)}${field.required ? ' *' : ''}`
}

function fieldOf(s: Speaker, field: FormField): Field {
  const ticks =
    field.type === 'yesno'
      ? [s.say('yes'), s.say('no')]
      : field.type === 'attachment'
        ? [s.say('attached')]
        : (field.options ?? []).map((option) => s.t(option.name))
  const long = field.type === 'long'
  return {
    label: labelOf(s, field),
    ticks,
    hint: field.type === 'computed' ? s.say('byProgram') : '',
    lines: long ? 3 : field.type === 'text' ? 1.25 : 1,
    whole: long || ticks.length > 4 || ticks.join('').length > (s.lang === 'zh' ? 14 : 26),
  }
}

/**
 * A table with empty rows, on one page; a table too wide for the paper goes on in a second one with the same row numbers. Who has more to
 * write takes a second sheet: fewer rows leave the signatures on the page of what they sign.
 */
function repeated(s: Speaker, form: Form, fields: readonly FormField[], band: Block): Block[] {
  const many = form.sections.filter((section) => section.repeat).length
  const empty = many > 2 ? 4 : many > 1 || isLandscape(form) ? 5 : 6
  const chunks = columnsOf(form, fields)
  const blocks = chunks.map((columns, at): Block[] => {
    const cell = (field: FormField): string => {
      if (field.type === 'yesno') return `□${s.say('yes')} □${s.say('no')}`
      return ''
    }
    return [
      at > 0 ? { kind: 'text', text: s.say('rowsGoOn'), quiet: true } : band,
      ...table(
        [s.say('row'), ...columns.map(({ field }) => labelOf(s, field))],
        [10, ...columns.map(({ mm }) => mm)],
        Array.from({ length: empty }, (_, row) => [
          String(row + 1),
          ...columns.map(({ field }) => cell(field)),
        ]),
      ).map((block) => ({ ...block, mm: 9 }) as Block),
    ]
  })
  const codes = fields
    .filter((field) => (field.options ?? []).length > 0)
    .map(
      (field) =>
        `${s.t(field.label)}${s.colon}${(field.options ?? [])
          .map((option, at) => `${at + 1} ${s.t(option.name)}`)
          .join(s.lang === 'zh' ? '，' : ', ')}`,
    )
  const last = blocks.at(-1)
  if (codes.length > 0 && last)
    last.push({
      kind: 'text',
      text: `${s.say('byCode')}${codes.join(s.lang === 'zh' ? '；' : '; ')}`,
      quiet: true,
    })
  return blocks.flatMap(whole)
}

/** A line for each post that decides at a step of the form: its outcomes to tick, comment, signature and date. */
function signatures(edition: Edition, s: Speaker, one: Form): Block[] {
  const deciding = one.steps.flatMap((step) =>
    tasksOf(edition, step, one.id)
      .filter(
        (task) =>
          task.outcomes.some((outcome) => outcome.negative) ||
          task.signers.length > 0 ||
          task.ladder !== null,
      )
      .map((task) => ({ step, task })),
  )
  const seen = new Set<string>()
  const rows = deciding.flatMap(({ step, task }) => {
    const row = task.ladder ? findRow(edition, task.ladder)?.row : undefined
    const posts = task.signers.length > 0 ? task.signers : [task.post]
    return posts.flatMap((post) => {
      const key = `${step} ${task.id} ${post}`
      if (seen.has(key)) return []
      seen.add(key)
      return [
        [
          `${step.replace('/', ' ')} ${s.t(task.name)}`,
          `${s.post(post)}${row ? `\n${s.say('byLimit')}${s.t(row.name)}` : ''}`,
          task.outcomes.map((outcome) => `□ ${s.t(outcome.name)}`).join('\n'),
          '',
          '',
          '',
        ],
      ]
    })
  })
  if (rows.length === 0) return []
  const blocks: Block[] = [
    { kind: 'band', text: s.say('decisions'), note: '' },
    ...table(
      [s.say('step'), s.say('post'), s.say('decision'), s.say('opinion'), s.say('signature'), s.say('date')],
      [2, 1.9, 2.8, 2.6, 2, 1.3],
      rows,
    ).map((block) => ({ ...block, mm: 13 }) as Block),
  ]
  // A few stand together; many may go on overleaf.
  return rows.length <= 6 ? whole(blocks) : blocks
}
