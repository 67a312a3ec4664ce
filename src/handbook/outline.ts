import type { Edition, Ref, Text } from './model.ts'

export interface OutlineNode {
  readonly ref: Ref
  /** Printed number, e.g. `3.2`; empty for elements that bear a code of their own. */
  readonly number: string
  readonly title: Text
  readonly level: number
  readonly children: readonly OutlineNode[]
}

const leaf = (
  ref: Ref,
  code: string,
  name: Text,
  level: number,
  children: OutlineNode[] = [],
): OutlineNode => ({
  ref,
  number: code,
  title: name,
  level,
  children,
})

/** Chapters, sections and the elements drawn in them: the contents of print and reader alike. */
export function outline(edition: Edition): OutlineNode[] {
  return edition.chapters.map((chapter) =>
    leaf(
      `ch:${chapter.id}`,
      chapter.id,
      chapter.title,
      1,
      chapter.sections.map((section, index) =>
        leaf(
          `ch:${chapter.id}/${section.id}`,
          `${chapter.id}.${index + 1}`,
          section.title,
          2,
          elementsOf(edition, section.content),
        ),
      ),
    ),
  )
}

function elementsOf(edition: Edition, content: string | undefined): OutlineNode[] {
  switch (content) {
    case 'functions':
      return edition.functions.map((one) => leaf(`fn:${one.id}`, one.id, one.name, 3))
    case 'posts':
      return edition.posts
        .filter((one) => one.kind === 'inside')
        .map((one) => leaf(`post:${one.id}`, one.id, one.name, 3))
    case 'kpis':
      return edition.kpis.map((one) => leaf(`kpi:${one.id}`, one.id, one.name, 3))
    case 'management-workflows':
    case 'business-workflows':
    case 'support-workflows':
    case 'rollout-workflows':
      return edition.workflows
        .filter((one) => `${one.kind}-workflows` === content)
        .map((one) => leaf(`wf:${one.id}`, one.id, one.name, 3, stepsOf(edition, one.id)))
    case 'policies':
      return edition.policies.map((one) => leaf(`policy:${one.id}`, one.id, one.name, 3))
    case 'forms':
      return edition.forms.map((one) => leaf(`form:${one.id}`, one.id, one.name, 3))
    case 'norms':
      return edition.norms.map((one) => leaf(`norm:${one.id}`, '', one.name, 3))
    default:
      return []
  }
}

/** Printed steps of a workflow in order; several tasks may share one code, the first names it, a call only where no task does. */
export function stepsOf(edition: Edition, workflow: string): OutlineNode[] {
  const seen = new Map<string, OutlineNode>()
  const found = edition.workflows.find((one) => one.id === workflow)
  const nodes = (found?.processes ?? []).flatMap((process) => process.nodes)
  for (const kind of ['task', 'call'])
    for (const node of nodes)
      if (node.kind === kind && 'step' in node && node.step && !seen.has(node.step))
        seen.set(node.step, leaf(`wf:${workflow}/${node.step}`, node.step, node.name, 4))
  return [...seen.values()].sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
}
