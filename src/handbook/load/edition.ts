import { createHash } from 'node:crypto'
import type { Edition, Form, Policy, Problem, Workflow } from '../model.ts'
import { readWorkflow } from './bpmn.ts'
import { freeze } from './freeze.ts'
import { numbersOf } from './norms.ts'
import * as shape from './shape.ts'
import * as paper from './shape-paper.ts'
import { type At, placed, placedItems, type Read, Sources } from './sources.ts'

/**
 * Loads an edition from its source files: parse, check the shape, resolve defaults once, keep positions, freeze.
 * Lists may stand in one file (`norms.yaml`) or be spread over a folder (`norms/*.yaml`).
 * @param files text by path, as `readEditionFolder` or a stored edition gives it
 * @returns the edition, or `null` with the problems that prevent it
 */
export async function loadEdition(
  files: Readonly<Record<string, string>>,
): Promise<{ edition: Edition | null; problems: Problem[] }> {
  const problems: Problem[] = foreignBytes(files)
  const from = new Sources(files, problems)
  const head = from.one('edition.yaml', shape.edition)
  const organisation = from.one('organisation.yaml', shape.organisation)
  const rights = from.one('rights.yaml', shape.rights)
  const functions = from.list('functions', shape.handbookFunction, true)
  const kpis = from.list('kpis', shape.kpi, true)
  const glossary = from.list('glossary', paper.term, true)
  const records = from.list('records', paper.record)
  const frame = from.has('form-frame.yaml') ? from.one('form-frame.yaml', paper.formFrame) : null
  const titles = from.has('titles.yaml') ? from.one('titles.yaml', paper.titles) : null
  const posts = from.each('posts', shape.post)
  const forms = from.each('forms', paper.form)
  const tables = numbersOf(from, problems)
  const workflows: Workflow[] = []
  for (const name of Object.keys(files)
    .filter((one) => one.endsWith('.bpmn'))
    .sort()) {
    const read = await readWorkflow(name, files[name] as string)
    problems.push(...read.problems)
    if (read.workflow) workflows.push(read.workflow)
  }
  if (
    !head ||
    !organisation ||
    !rights ||
    !tables.calendar ||
    problems.some((one) => one.severity === 'error')
  )
    return { edition: null, problems }
  const unwritten = titles ? titlesOf(titles) : { posts: [], forms: [], workflows: [] }
  const edition: Edition = {
    ...head.value,
    chapters: placedItems(head, head.value.chapters, ['chapters']).map((chapter, index) => ({
      ...chapter,
      sections: placedItems(head, chapter.sections, ['chapters', index, 'sections']),
    })),
    organisation: {
      ...placed(organisation),
      seats: placedItems(organisation, organisation.value.seats, ['seats']),
    },
    posts: [...posts.map(placed), ...unwritten.posts],
    functions: functions.map(placed),
    rights: {
      ...placed(rights),
      kinds: placedItems(rights, rights.value.kinds, ['kinds']),
      system: placedItems(rights, rights.value.system, ['system']),
    },
    kpis: kpis.map(placed),
    norms: tables.norms,
    calendar: tables.calendar,
    switches: tables.switches,
    records: records.map(placed),
    workflows: [...workflows, ...unwritten.workflows],
    forms: [...forms.map(placed), ...unwritten.forms],
    formFrame: frame?.value.fields ?? [],
    policies: policiesOf(from, titles, files),
    glossary: glossary.map(({ value }) => value),
    hash: hashOf(files),
    files,
  }
  return { edition: freeze(edition), problems }
}

/** What stands as a title until a later edition writes it. */
function titlesOf(titles: Read<ReturnType<typeof paper.titles.parse>>) {
  const described = <T extends object>(items: readonly T[], name: string) =>
    placedItems(titles, items, [name]).map((one) => ({ ...one, adoption: 'described' as const }))
  const { posts, forms, workflows } = titles.value
  return {
    posts: described(posts, 'posts'),
    forms: described(forms, 'forms').map((form): Form => ({ ...form, kinds: [], sections: [] })),
    workflows: described(workflows, 'workflows').map(
      (flow): Workflow => ({ ...flow, processes: [], results: [], groups: [], file: 'titles.yaml' }),
    ),
  }
}

/** Policies with their texts; one without a text stands as a title. */
function policiesOf(
  from: Sources,
  titles: Read<ReturnType<typeof paper.titles.parse>> | null,
  files: Readonly<Record<string, string>>,
): Policy[] {
  const listed: At<ReturnType<typeof paper.policy.parse>>[] = [
    ...from.listIn('policies.yaml', [], paper.policy).map(placed),
    ...(titles ? placedItems(titles, titles.value.policies, ['policies']) : []),
  ]
  return listed.map((policy) => {
    const zh = files[`policies/${policy.id}.zh.md`]
    const en = files[`policies/${policy.id}.en.md`]
    return zh && en
      ? { ...policy, adoption: 'running', body: { zh, en } }
      : { ...policy, adoption: 'described' }
  })
}

// Whoever reads a file that is not UTF-8 as text gets U+FFFD in place of what stood there, and it would be kept for good; a zero or
// half a character is no text either, and no database keeps it.
const foreign = /[\uFFFD\0]|\p{Surrogate}/u

function foreignBytes(files: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(files).flatMap(([file, text]): Problem[] => {
    const at = text.search(foreign)
    if (at < 0) return []
    const before = text.slice(0, at).split('\n')
    return [
      {
        check: 'encoding',
        severity: 'error',
        where: { file, line: before.length, column: (before.at(-1) ?? '').length + 1 },
        message: {
          zh: '这里不是 UTF-8 文本，读出来是乱码；用编辑器另存为 UTF-8',
          en: 'This is no UTF-8 text and cannot be read; save the file as UTF-8 in your editor',
        },
      },
    ]
  })
}

/** SHA-256 over all sources, sorted by path: equal sources, equal hash. */
function hashOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) hash.update(`${name}\0${files[name]}\0`)
  return hash.digest('hex')
}
