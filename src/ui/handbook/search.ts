import type { Text } from '../../handbook/model.ts'
import { type Reading, stepsOf, tasksOf } from './element.ts'
import { initialsOf } from './initials.ts'

export interface Hit {
  readonly ref: string
  readonly code: string
  readonly title: Text
  /** The sentence the word stands in, when it is not in the title. */
  readonly line: Text | null
}
interface Entry extends Hit {
  readonly lines: readonly Text[]
  /** Pinyin initials of the title. */
  readonly initials: string
}

const known = new WeakMap<Reading, Entry[]>()

/** Everything of an edition that can be looked for; built once per edition. */
function entriesOf(edition: Reading): Entry[] {
  const before = known.get(edition)
  if (before) return before
  const made = build(edition)
  known.set(edition, made)
  return made
}

function build(edition: Reading): Entry[] {
  const entry = (ref: string, code: string, title: Text, lines: readonly Text[] = []): Entry => ({
    ref,
    code,
    title,
    line: null,
    lines,
    initials: initialsOf(title.zh),
  })
  return [
    ...edition.chapters.flatMap((chapter) => [
      entry(`ch:${chapter.id}`, chapter.id, chapter.title),
      ...chapter.sections.map((section, index) =>
        entry(
          `ch:${chapter.id}/${section.id}`,
          `${chapter.id}.${index + 1}`,
          section.title,
          section.statements.map((one) => one.text),
        ),
      ),
    ]),
    ...edition.workflows.flatMap((workflow) => [
      entry(`wf:${workflow.id}`, workflow.id, workflow.name),
      ...stepsOf(workflow).map((step) => {
        const tasks = tasksOf(workflow).filter((task) => task.step === step)
        return entry(
          `wf:${workflow.id}/${step}`,
          step,
          tasks[0]?.name ?? workflow.name,
          tasks.flatMap((task) => [task.name, ...task.outcomes.map((one) => one.name)]),
        )
      }),
    ]),
    ...edition.posts.map((post) =>
      entry(`post:${post.id}`, post.id, post.name, [
        ...post.aliases,
        ...(post.sheet?.mission ?? []).map((one) => one.text),
        ...(post.sheet?.work ?? []).flatMap((part) => [part.title, ...part.items.map((one) => one.text)]),
        ...(post.sheet?.requirements ?? []).flatMap((part) => part.items.map((one) => one.text)),
        ...(post.sheet?.limits ?? []).map((one) => one.text),
      ]),
    ),
    ...edition.functions.map((fn) => entry(`fn:${fn.id}`, fn.id, fn.name)),
    ...edition.kpis.map((kpi) => entry(`kpi:${kpi.id}`, kpi.id, kpi.name, [kpi.formula, kpi.missingBase])),
    ...edition.policies.flatMap((policy) => [
      entry(`policy:${policy.id}`, policy.id, policy.name),
      ...policyChapters(policy.id, policy.body),
    ]),
    ...edition.forms.map((form) =>
      entry(
        `form:${form.id}`,
        form.id,
        form.name,
        form.sections.flatMap((section) => [section.title, ...section.fields.map((field) => field.label)]),
      ),
    ),
    ...edition.norms.flatMap((norm) => [
      entry(`norm:${norm.id}`, '', norm.name),
      ...Object.entries(norm.values).map(([id, value]) => entry(`norm:${norm.id}.${id}`, '', value.name)),
      ...norm.rows.map((row) => entry(`norm:${norm.id}.${row.id}`, '', row.name)),
    ]),
    ...edition.glossary.map((term) =>
      entry(glossaryOf(edition), '', term.term, [
        term.why,
        ...term.aliases.map((one) => ({ zh: one, en: one })),
      ]),
    ),
  ]
}

/** The section that the terms are printed in. */
function glossaryOf(edition: Reading): string {
  for (const chapter of edition.chapters)
    for (const section of chapter.sections)
      if (section.content === 'glossary') return `ch:${chapter.id}/${section.id}`
  return `ch:${edition.chapters.at(-1)?.id ?? ''}`
}

/** Chapters of a policy with their sentences; the chapters of both languages stand in the same order. */
function policyChapters(id: string, body: Text | undefined): Entry[] {
  if (!body) return []
  const [zh, en] = [chapters(body.zh), chapters(body.en)]
  return zh.map((chapter, index) => ({
    ref: `policy:${id}/${index + 1}`,
    code: id,
    title: { zh: chapter.title, en: en[index]?.title ?? chapter.title },
    line: null,
    initials: initialsOf(chapter.title),
    lines: chapter.lines.map((line, at) => ({ zh: line, en: en[index]?.lines[at] ?? line })),
  }))
}

function chapters(source: string): { title: string; lines: string[] }[] {
  return source
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [title = '', ...lines] = part.split('\n')
      return { title: title.trim(), lines: lines.map((line) => line.trim()).filter(Boolean) }
    })
}

const has = (text: Text, wanted: string): boolean =>
  text.zh.toLowerCase().includes(wanted) || text.en.toLowerCase().includes(wanted)

/** Places that name `words`, in either language, by code or by pinyin initials: codes first, then titles, then sentences. */
export function findIn(edition: Reading, words: string, most = 60): Hit[] {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') return []
  const asInitials = /^[a-z]{2,}$/.test(wanted)
  const ranked = entriesOf(edition).flatMap((entry) => {
    const code = entry.code.toLowerCase()
    const line = entry.lines.find((one) => has(one, wanted)) ?? null
    const rank =
      code === wanted
        ? 0
        : code !== '' && code.startsWith(wanted)
          ? 1
          : has(entry.title, wanted)
            ? 2
            : asInitials && entry.initials.includes(wanted)
              ? 3
              : line
                ? 4
                : null
    return rank === null ? [] : [{ entry, rank, line: rank === 4 ? line : null }]
  })
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, most)
    .map(({ entry, line }) => ({ ref: entry.ref, code: entry.code, title: entry.title, line }))
}
