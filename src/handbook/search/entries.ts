import type { NormRow, Text } from '../model.ts'
import { isTask, postParts, type Reading, stepNodesOf, stepsOf } from '../words/element.ts'
import { initialsOf, syllablesOf } from '../words/initials.ts'
import { postName } from '../words/names.ts'
import { calledIn, cellText, filled, findNorm, isLadder, ladderText, valueText } from '../words/norms.ts'
import { plainly } from './query.ts'

/** A place of the edition that can be looked for. */
export interface Entry {
  readonly ref: string
  /** What it is, where its reference does not tell. */
  readonly is: 'term' | 'switch' | null
  readonly code: string
  readonly title: Text
  /** Pinyin initials of the title. */
  readonly initials: string
  /** The title as it is typed in pinyin. */
  readonly syllables: readonly string[]
  /** What a reader who looks for it wants to know: who, by when, how much. */
  readonly answer: Text | null
  /** The row of a table that says who may decide how much. */
  readonly ladder: { readonly norm: Reading['norms'][number]; readonly row: NormRow } | null
  /** Sentences that stand there. */
  readonly lines: readonly Text[]
  /** What is searched: title, surroundings (chapter, workflow, posts), sentences; in plain writing, both languages. */
  readonly plain: {
    readonly title: readonly string[]
    readonly around: string
    readonly lines: readonly string[]
  }
}

const known = new WeakMap<Reading, Entry[]>()

/** Everything of an edition that can be looked for; built once per edition. */
export function entriesOf(edition: Reading): Entry[] {
  const before = known.get(edition)
  if (before) return before
  const made = build(edition)
  known.set(edition, made)
  return made
}

interface More {
  readonly is?: Entry['is']
  readonly lines?: readonly Text[]
  readonly around?: readonly Text[]
  readonly answer?: Text | null
  readonly ladder?: Entry['ladder']
}

/** Facts of an answer in one line; those that are not there are left out. */
const facts = (...all: readonly (Text | null | undefined)[]): Text | null => {
  const there = all.filter((one): one is Text => one !== null && one !== undefined && one.zh !== '')
  if (there.length === 0) return null
  return { zh: there.map((one) => one.zh).join(' · '), en: there.map((one) => one.en).join(' · ') }
}
const same = (word: string): Text => ({ zh: word, en: word })

const partTitles = {
  steps: { zh: '办理的步骤', en: 'steps' },
  forms: { zh: '填写和决定的表单', en: 'forms to fill and to decide on' },
} as const
/** Words people use for what such a part holds. */
const partWords = {
  steps: { zh: '步骤 流程 任务 工作', en: 'steps workflows tasks work' },
  forms: { zh: '表单 表格 填表 审批 批准 签', en: 'forms fill fills decide decides approve approves sign' },
} as const

function build(edition: Reading): Entry[] {
  const entry = (ref: string, code: string, title: Text, more: More = {}): Entry => {
    const lines = (more.lines ?? []).map((one) => ({
      zh: filled(edition, one.zh, 'zh'),
      en: filled(edition, one.en, 'en'),
    }))
    return {
      ref,
      is: more.is ?? null,
      code,
      title,
      initials: initialsOf(title.zh),
      syllables: syllablesOf(title.zh),
      answer: more.answer ?? null,
      ladder: more.ladder ?? null,
      lines,
      plain: {
        title: [plainly(title.zh), plainly(title.en)],
        around: plainly((more.around ?? []).map((one) => `${one.zh} ${one.en}`).join(' ')),
        lines: lines.map((one) => plainly(`${one.zh}\n${one.en}`)),
      },
    }
  }
  const chapters = edition.chapters.flatMap((chapter) => [
    entry(`ch:${chapter.id}`, chapter.id, chapter.title),
    ...chapter.sections.map((section, index) =>
      entry(`ch:${chapter.id}/${section.id}`, `${chapter.id}.${index + 1}`, section.title, {
        lines: section.statements.map((one) => one.text),
      }),
    ),
  ])
  const workflows = edition.workflows.flatMap((workflow) => [
    entry(`wf:${workflow.id}`, workflow.id, workflow.name, {
      lines: [
        ...workflow.processes.map((one) => one.name),
        ...workflow.results.map((one) => one.name),
        ...(workflow.note ? [workflow.note] : []),
      ],
    }),
    ...stepsOf(workflow).map((step) => stepEntry(workflow, step)),
  ])
  function stepEntry(workflow: Reading['workflows'][number], step: string): Entry {
    const nodes = stepNodesOf(workflow).filter((one) => one.step === step)
    const tasks = nodes.filter(isTask)
    const posts = [...new Set(tasks.map((one) => one.post))]
    const due = nodes.flatMap((one) => (one.due ? (findNorm(edition, one.due)?.words ?? []) : []))[0]
    const forms = [...new Set(tasks.flatMap((one) => one.forms))]
    const runs = nodes.flatMap((one) => (isTask(one) ? [] : [one.process]))
    const called = edition.workflows.flatMap((one) => one.processes).filter((one) => runs.includes(one.id))
    return entry(`wf:${workflow.id}/${step}`, step, nodes[0]?.name ?? workflow.name, {
      lines: [
        ...nodes.flatMap((one) => [one.name, ...one.outcomes.map((outcome) => outcome.name)]),
        ...nodes.flatMap((one) => (one.note ? [one.note] : [])),
      ],
      around: [
        workflow.name,
        ...nodes.flatMap((one) => [
          ...one.with.map((id) => postName(edition, id)),
          ...(isTask(one) ? one.signers.map((id) => postName(edition, id)) : []),
        ]),
        ...posts.map((id) => postName(edition, id)),
        ...forms.flatMap((id) => edition.forms.find((form) => form.id === id)?.name ?? []),
        ...forms.map(same),
      ],
      answer: facts(
        ...posts.map((id) => postName(edition, id)),
        ...(tasks.length > 0 ? [] : called.map((one) => one.name)),
        due,
        forms.length > 0 ? same(forms.join(' ')) : null,
      ),
    })
  }
  const posts = edition.posts.flatMap((post) => [
    entry(`post:${post.id}`, post.id, post.name, {
      lines: [
        ...post.aliases,
        ...(post.sheet?.mission ?? []).map((one) => one.text),
        ...(post.sheet?.work ?? []).flatMap((part) => [part.title, ...part.items.map((one) => one.text)]),
        ...(post.sheet?.requirements ?? []).flatMap((part) => part.items.map((one) => one.text)),
        ...(post.sheet?.limits ?? []).map((one) => one.text),
      ],
    }),
    ...(edition.workflows.some((one) =>
      stepNodesOf(one).some((step) => isTask(step) && step.post === post.id),
    )
      ? postParts.map((part) =>
          entry(
            `post:${post.id}/${part}`,
            post.id,
            {
              zh: `${post.name.zh}：${partTitles[part].zh}`,
              en: `${post.name.en}: ${partTitles[part].en}`,
            },
            { around: [...post.aliases, partWords[part]] },
          ),
        )
      : []),
  ])
  const policies = edition.policies.flatMap((policy) => [
    entry(`policy:${policy.id}`, policy.id, policy.name, { around: [postName(edition, policy.owner)] }),
    ...policyChapters(policy.body).map(({ title, lines }, index) =>
      entry(`policy:${policy.id}/${index + 1}`, policy.id, title, { lines, around: [policy.name] }),
    ),
  ])
  const forms = edition.forms.map((form) =>
    entry(`form:${form.id}`, form.id, form.name, {
      lines: form.sections.flatMap((section) => [
        section.title,
        ...section.fields.map((field) => field.label),
      ]),
      answer: form.steps.length > 0 ? same(form.steps.map(codeOf).join(' ')) : null,
    }),
  )
  const called = calledIn(edition)
  const norms = edition.norms.flatMap((norm) => [
    entry(`norm:${norm.id}`, '', norm.name, { lines: norm.note ? [norm.note] : [] }),
    ...Object.entries(norm.values).map(([id, value]) =>
      entry(`norm:${norm.id}.${id}`, '', value.name, {
        answer: valueText(value),
        around: [norm.name],
        lines: value.note ? [value.note] : [],
      }),
    ),
    ...norm.rows.map((row) => {
      const ladder = isLadder(edition, norm, row)
      const cells = norm.columns.flatMap(({ id, unit }) => {
        const cell = row.cells[id]
        return cell && cell.kind !== 'none' ? cellText(cell, called, row.unit ?? unit) : []
      })
      return entry(`norm:${norm.id}.${row.id}`, '', row.name, {
        answer: ladder ? ladderText(edition, norm, row) : facts(...cells),
        ladder: ladder ? { norm, row } : null,
        around: [norm.name],
        lines: [...cells, ...(row.note ? [row.note] : [])],
      })
    }),
  ])
  return [
    ...chapters,
    ...workflows,
    ...posts,
    ...edition.functions.map((fn) =>
      entry(`fn:${fn.id}`, fn.id, fn.name, {
        around: Object.keys(fn.cells).map((id) => postName(edition, id)),
      }),
    ),
    ...edition.kpis.map((kpi) =>
      entry(`kpi:${kpi.id}`, kpi.id, kpi.name, { lines: [kpi.formula, kpi.missingBase] }),
    ),
    ...policies,
    ...forms,
    ...norms,
    ...edition.glossary.map((term) =>
      entry(glossaryOf(edition), '', term.term, { is: 'term', lines: [...term.aliases.map(same), term.why] }),
    ),
    ...edition.switches.map((one) =>
      entry(sectionOf(edition, 'switches'), '', one.name, {
        is: 'switch',
        answer: one.values.find((value) => value.id === one.value)?.name ?? null,
        lines: one.values.map((value) => value.name),
      }),
    ),
  ]
}

const codeOf = (step: string): string => step.slice(step.indexOf('/') + 1)

/** The section that is drawn from a part of the model; without one, the last chapter. */
function sectionOf(edition: Reading, content: string): string {
  for (const chapter of edition.chapters)
    for (const section of chapter.sections)
      if (section.content === content) return `ch:${chapter.id}/${section.id}`
  return `ch:${edition.chapters.at(-1)?.id ?? ''}`
}
const glossaryOf = (edition: Reading): string => sectionOf(edition, 'glossary')

/** Chapters of a policy with their sentences; the chapters of both languages stand in the same order. */
function policyChapters(body: Text | undefined): { title: Text; lines: Text[] }[] {
  if (!body) return []
  const [zh, en] = [chaptersOf(body.zh), chaptersOf(body.en)]
  return zh.map((chapter, index) => ({
    title: { zh: chapter.title, en: en[index]?.title ?? chapter.title },
    lines: chapter.lines.map((line, at) => ({ zh: line, en: en[index]?.lines[at] ?? line })),
  }))
}

function chaptersOf(source: string): { title: string; lines: string[] }[] {
  return source
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n')
      return {
        title: title.trim(),
        lines: lines.map((line) => line.replace(/^\{\w+\}\s*/, '').trim()).filter(Boolean),
      }
    })
}
