import type { Edition, Form, HandbookFunction, Policy, Post, TaskNode, Workflow } from '../model.ts'
import { swimLane } from '../picture/swim-lane.ts'
import { filled } from '../words/norms.ts'
import { type Block, heading, picture, table } from './block.ts'
import type { Speaker } from './words.ts'

type Level = 3 | 4

export function functionBlocks(edition: Edition, s: Speaker, one: HandbookFunction): Block[] {
  return [
    heading(3, `${one.id} ${s.t(one.name)}`),
    {
      kind: 'text',
      text: `${s.say('lead')}: ${one.lead === 'KA' ? s.post('SUP') : s.post(one.lead)}`,
      quiet: true,
    },
    {
      kind: 'list',
      items: one.workflows.map(
        (id) => `${id} ${s.t(edition.workflows.find((flow) => flow.id === id)?.name)}`,
      ),
    },
  ]
}

/** The sheet of a post: mission, duties, indicators with weights, workflows, requirements, limits. */
export function postBlocks(_edition: Edition, s: Speaker, one: Post): Block[] {
  const { sheet } = one
  const title = heading(3, `${one.id} ${s.t(one.name)}${sheet ? '' : s.mark('described')}`)
  if (!sheet) return [title]
  const part = (name: string, blocks: Block[]): Block[] =>
    blocks.length > 0 ? [heading(4, name), ...blocks] : []
  const list = (items: readonly string[]): Block[] => (items.length > 0 ? [{ kind: 'list', items }] : [])
  return [
    title,
    ...(one.superior
      ? [{ kind: 'text', text: `${s.say('superior')}: ${s.post(one.superior)}`, quiet: true } as const]
      : []),
    ...part(s.say('mission'), list(sheet.mission.map((item) => s.t(item.text)))),
    ...part(
      s.say('duties'),
      sheet.work.flatMap((group): Block[] => [
        { kind: 'text', text: s.t(group.title) },
        ...list(group.items.map((item) => s.t(item.text))),
      ]),
    ),
    ...part(
      s.say('kpis'),
      table(
        [s.say('group'), s.say('code'), s.say('name'), s.say('weight')],
        [2, 1, 5, 1],
        sheet.kpis.map((kpi) => [s.group(kpi.group), kpi.kpi, s.kpi(kpi.kpi), `${kpi.weight}%`]),
      ),
    ),
    ...part(
      s.say('processes'),
      table(
        [s.say('code'), s.say('role')],
        [1, 6],
        sheet.processes.map((process) => [process.workflow, s.t(process.role)]),
      ),
    ),
    ...part(
      s.say('requirements'),
      sheet.requirements.flatMap((group): Block[] => [
        { kind: 'text', text: s.t(group.group) },
        ...list(group.items.map((item) => s.t(item.text))),
      ]),
    ),
    ...part(s.say('limits'), list(sheet.limits.map((item) => s.t(item.text)))),
  ]
}

/** A workflow as people walk through it: its picture, then every step with who, by when, on which form, with which outcomes. */
export function workflowBlocks(_edition: Edition, s: Speaker, one: Workflow): Block[] {
  const title = heading(3, `${one.id} ${s.t(one.name)}${s.mark(one.adoption)}`)
  const steps = one.processes.flatMap((process) =>
    process.nodes.filter((node): node is TaskNode => node.kind === 'task').map((node) => ({ process, node })),
  )
  steps.sort((a, b) => a.node.step.localeCompare(b.node.step, 'en', { numeric: true }))
  return [
    title,
    ...(one.note ? [{ kind: 'text', text: s.t(one.note), quiet: true } as const] : []),
    ...one.processes.flatMap((process) =>
      picture(swimLane(one, s.lang, { process: process.id }), `${s.say('figure')}${s.t(process.name)}`),
    ),
    ...table(
      [s.say('step'), s.say('what'), s.say('who'), s.say('due'), s.say('forms'), s.say('outcomes')],
      [1, 3, 2.4, 2.6, 1.4, 2.4],
      steps.map(({ node }) => [
        node.step,
        `${s.t(node.name)}${s.mark(node.adoption)}`,
        s.post(node.post),
        s.due(node.due),
        node.forms.join(s.lang === 'zh' ? '、' : ', '),
        node.outcomes.map((outcome) => s.t(outcome.name)).join(s.lang === 'zh' ? '、' : ', '),
      ]),
    ),
  ]
}

/** A form as a sheet of paper: the fields as blanks, rows that repeat as a table with empty lines. */
export function formBlocks(_edition: Edition, s: Speaker, one: Form): Block[] {
  const title = heading(3, `${one.id} ${s.t(one.name)}${s.mark(one.adoption)}`)
  return [
    title,
    ...one.sections.flatMap((section): Block[] => {
      const fields = section.fields.filter((field) => s.t(field.label) !== '')
      const head: Block = { kind: 'text', text: s.t(section.title) }
      if (section.repeat)
        return [
          head,
          ...table(
            fields.map((field) => s.t(field.label)),
            fields.map(() => 1),
            Array.from({ length: 4 }, () => fields.map(() => ' ')),
          ),
        ]
      return [
        head,
        {
          kind: 'blanks',
          rows: fields.map((field) => [
            `${s.t(field.label)}${field.required ? ' *' : ''}`,
            field.type === 'computed'
              ? s.say('byProgram')
              : (field.options ?? []).map((option) => `□ ${s.t(option.name)}`).join('  '),
          ]),
        },
      ]
    }),
  ]
}

/** A policy's chapters; its Markdown knows headings, lists and paragraphs only. */
export function policyBlocks(edition: Edition, s: Speaker, one: Policy): Block[] {
  const title = heading(3, `${one.id} ${s.t(one.name)}${s.mark(one.adoption)}`)
  const owner: Block = { kind: 'text', text: `${s.say('owner')}: ${s.post(one.owner)}`, quiet: true }
  return [title, owner, ...(one.body ? markdown(filled(edition, s.t(one.body), s.lang), 4) : [])]
}

/** Headings, lists and paragraphs of a Markdown text; emphasis marks fall away. */
export function markdown(source: string, level: Level): Block[] {
  const blocks: Block[] = []
  const plain = (line: string) =>
    line
      .replace(/^\{(seed|reading|practice|default|law)\}\s*/, '')
      .replaceAll(/\*\*|__|`/g, '')
      .trim()
  for (const part of source.split(/\n\s*\n/)) {
    const lines = part.split('\n').filter((line) => line.trim() !== '')
    const items: string[] = []
    for (const line of lines) {
      if (/^#+\s/.test(line)) blocks.push(heading(level, plain(line.replace(/^#+\s/, ''))))
      else if (/^\s*([-*]|\d+\.)\s/.test(line)) items.push(plain(line.replace(/^\s*([-*]|\d+\.)\s/, '')))
      else if (items.length > 0 && /^\s+/.test(line)) items[items.length - 1] += plain(line)
      else blocks.push({ kind: 'text', text: plain(line) })
    }
    if (items.length > 0) blocks.push({ kind: 'list', items })
  }
  return blocks.filter((block) => block.kind !== 'text' || block.text !== '')
}
