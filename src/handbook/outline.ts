import { normValue } from './conditions.ts'
import type { Deadline, Edition, Ref, Text } from './model.ts'

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

/** Printed steps of a workflow in order; several tasks may share one code, the first names it. */
export function stepsOf(edition: Edition, workflow: string): OutlineNode[] {
  const seen = new Map<string, OutlineNode>()
  const found = edition.workflows.find((one) => one.id === workflow)
  for (const process of found?.processes ?? [])
    for (const node of process.nodes)
      if (node.kind === 'task' && node.step && !seen.has(node.step))
        seen.set(node.step, leaf(`wf:${workflow}/${node.step}`, node.step, node.name, 4))
  return [...seen.values()].sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
}

/** Fills `{{norm.planning.reviewRounds}}` with the norm's value; an unknown reference stays visible. */
export function resolveText(edition: Edition, text: string): string {
  return text.replaceAll(/\{\{(norm\.[\w.]+)\}\}/g, (whole, path: string) => {
    const value = normValue(edition, path)
    return value === undefined || typeof value === 'object' ? whole : String(value)
  })
}

/** A deadline in words. */
export function deadlineText(deadline: Deadline): Text {
  const zhYear = (year = 0) => (year < 0 ? '上年 ' : year > 0 ? '次年 ' : '当年 ')
  const enYear = (year = 0) =>
    year < 0 ? ' of the year before' : year > 0 ? ' of the next year' : ' of the plan year'
  const day = (date: string) => `${Number(date.slice(0, 2))} 月 ${Number(date.slice(3))} 日`
  if (deadline.date)
    return {
      zh: `${zhYear(deadline.year)}${day(deadline.date)}`,
      en: `${deadline.date}${enYear(deadline.year)}`,
    }
  const latest = deadline.latest
  return {
    zh: `${deadline.workdays} 个工作日内${latest ? `，不晚于${zhYear(latest.year)}${day(latest.date)}` : ''}`,
    en: `within ${deadline.workdays} working days${latest ? `, not after ${latest.date}${enYear(latest.year)}` : ''}`,
  }
}
