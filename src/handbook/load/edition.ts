import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Edition, Policy, Problem, Workflow } from '../model.ts'
import { readWorkflow } from './bpmn.ts'
import { freeze } from './freeze.ts'
import * as shape from './shape.ts'
import { readYaml, type YamlFile } from './yaml.ts'

/**
 * Loads an edition from its source files: parse, check the shape, resolve defaults once, keep positions, freeze.
 * @param files text by path, as `readEditionFolder` or a stored edition gives it
 * @returns the edition, or `null` with the problems that prevent it
 */
export async function loadEdition(
  files: Readonly<Record<string, string>>,
): Promise<{ edition: Edition | null; problems: Problem[] }> {
  const problems: Problem[] = []
  const yaml = (name: string) => readYaml(name, files[name] ?? '', problems)
  const take = <T>(file: YamlFile, name: string, schema: z.ZodType<T>): T | null =>
    parse(file, name, schema, problems)

  const names = Object.keys(files).sort()
  const main = yaml('edition.yaml')
  const head = take(main, 'edition.yaml', shape.edition)
  const one = <T>(name: string, schema: z.ZodType<T>) => {
    const file = yaml(name)
    return { file, value: take(file, name, schema) }
  }
  const organisation = one('organisation.yaml', shape.organisation)
  const functions = one('functions.yaml', z.array(shape.handbookFunction))
  const rights = one('rights.yaml', shape.rights)
  const kpis = one('kpis.yaml', z.array(shape.kpi))
  const norms = one('norms.yaml', shape.norms)
  const glossary = one('glossary.yaml', z.array(shape.term))
  const titles = one('titles.yaml', shape.titles)
  const posts = names
    .filter((name) => name.startsWith('posts/'))
    .map((name) => ({ name, ...one(name, shape.post) }))
  const forms = names
    .filter((name) => name.startsWith('forms/'))
    .map((name) => ({ name, ...one(name, shape.form) }))
  const workflows: Workflow[] = []
  for (const name of names.filter((candidate) => candidate.endsWith('.bpmn'))) {
    const read = await readWorkflow(name, files[name] as string)
    problems.push(...read.problems)
    if (read.workflow) workflows.push(read.workflow)
  }
  if (
    !head ||
    !organisation.value ||
    !functions.value ||
    !rights.value ||
    !kpis.value ||
    !norms.value ||
    !glossary.value ||
    !titles.value
  )
    return { edition: null, problems }
  const placed = <T extends object>(file: YamlFile, items: readonly T[], at: (string | number)[] = []) =>
    items.map((item, index) => ({ ...item, at: file.placeOf([...at, index]) }))
  const titlesFile = titles.file
  const titlePosts = placed(titlesFile, titles.value.posts, ['posts'])
  const titleForms = placed(titlesFile, titles.value.forms, ['forms']).map((form) => ({
    ...form,
    adoption: 'described' as const,
    sections: [],
  }))
  const titleFlows = placed(titlesFile, titles.value.workflows, ['workflows']).map((flow) => ({
    ...flow,
    adoption: 'described' as const,
    processes: [],
    results: [],
    file: 'titles.yaml',
  }))
  const policies: Policy[] = placed(titlesFile, titles.value.policies, ['policies']).map((policy) => {
    const zh = files[`policies/${policy.id}.zh.md`]
    const en = files[`policies/${policy.id}.en.md`]
    return zh && en
      ? { ...policy, adoption: 'running', body: { zh, en } }
      : { ...policy, adoption: 'described' }
  })
  const edition: Edition = {
    ...head,
    chapters: head.chapters.map((chapter, index) => ({
      ...chapter,
      at: main.placeOf(['chapters', index]),
      sections: chapter.sections.map((section, inner) => ({
        ...section,
        at: main.placeOf(['chapters', index, 'sections', inner]),
      })),
    })),
    organisation: {
      ...organisation.value,
      seats: placed(organisation.file, organisation.value.seats, ['seats']),
      at: organisation.file.placeOf([]),
    },
    posts: [
      ...posts.flatMap(({ file, value }) => (value ? [{ ...value, at: file.placeOf([]) }] : [])),
      ...titlePosts.map((post) => ({ ...post, adoption: 'described' as const })),
    ],
    functions: placed(functions.file, functions.value),
    rights: {
      ...rights.value,
      kinds: placed(rights.file, rights.value.kinds, ['kinds']),
      system: placed(rights.file, rights.value.system, ['system']),
      at: rights.file.placeOf([]),
    },
    kpis: placed(kpis.file, kpis.value),
    norms: placed(norms.file, norms.value.norms, ['norms']),
    calendar: { ...norms.value.calendar, at: norms.file.placeOf(['calendar']) },
    switches: placed(norms.file, norms.value.switches, ['switches']),
    workflows: [...workflows, ...titleFlows],
    forms: [
      ...forms.flatMap(({ file, value }) => (value ? [{ ...value, at: file.placeOf([]) }] : [])),
      ...titleForms,
    ],
    policies,
    glossary: glossary.value,
    hash: hashOf(files),
    files,
  }
  return {
    edition: problems.some((problem) => problem.severity === 'error') ? null : freeze(edition),
    problems,
  }
}

/** SHA-256 over all sources, sorted by path: equal sources, equal hash. */
function hashOf(files: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) hash.update(`${name}\0${files[name]}\0`)
  return hash.digest('hex')
}

function parse<T>(file: YamlFile, name: string, schema: z.ZodType<T>, problems: Problem[]): T | null {
  if (file.value === null || file.value === undefined) {
    if (!problems.some((problem) => problem.where.file === name))
      problems.push({
        check: 'shape',
        severity: 'error',
        where: { file: name, line: 1, column: 1 },
        message: { zh: `缺少文件 ${name}`, en: `The file ${name} is missing` },
      })
    return null
  }
  const outcome = schema.safeParse(file.value)
  if (outcome.success) return outcome.data
  for (const issue of outcome.error.issues)
    problems.push({
      check: 'shape',
      severity: 'error',
      where: file.placeOf(issue.path as (string | number)[]),
      message: {
        zh: `${issue.path.join('.')} 的写法不对：${issue.message}`,
        en: `${issue.path.join('.')} is not as it should be: ${issue.message}`,
      },
    })
  return null
}
