import type { Edition, HandbookFunction, Post } from '../model.ts'
import { compileRights } from '../rights.ts'
import { type Face, Lines, listed, paragraphs, said, same } from './face.ts'
import {
  adoptions,
  duties,
  dutyClasses,
  label,
  type Names,
  parts,
  postKinds,
  reaches,
  verbs,
} from './words.ts'

/** Headcount, seats, levels and relations. */
export function organisationFace(edition: Edition, names: Names, ref: string): Face {
  const { organisation } = edition
  const told = () => {
    const lines = new Lines().value('headcount', label.headcount, organisation.headcount)
    for (const one of organisation.levels)
      lines.value(`level:${one.id}`, { zh: `层级 ${one.name.zh}`, en: `Level ${one.name.en}` }, one.name)
    for (const one of organisation.seats) {
      const post = names.post(one.post)
      const level = names.level(one.level) ?? same(one.level)
      lines.value(
        `seats:${one.post}:${one.level}`,
        { zh: `${post.zh}席位（${level.zh}）`, en: `Seats of ${post.en} (${level.en})` },
        {
          zh: `${one.count}${one.perUnit ? `，每单位 ${one.perUnit}` : ''}${one.inHeadcount ? '，计入编制' : ''}${one.provisional ? '，暂定' : ''}`,
          en: `${one.count}${one.perUnit ? `, ${one.perUnit} per unit` : ''}${one.inHeadcount ? ', in the headcount' : ''}${one.provisional ? ', provisional' : ''}`,
        },
      )
    }
    for (const one of organisation.relations)
      lines.prose(`relation:${one.id}`, one.name, {
        zh: `与谁：${one.with.zh}\n可以：${one.may.zh}\n不可以：${one.mayNot.zh}`,
        en: `With whom: ${one.with.en}\nMay: ${one.may.en}\nMay not: ${one.mayNot.en}`,
      })
    return lines.all
  }
  return {
    key: 'organisation',
    ref,
    group: 'organisation',
    code: '',
    name: { zh: '组织', en: 'Organisation' },
    lines: told,
    whole: organisation,
  }
}

/** A post and its sheet; each indicator's weight is a line of its own. */
export function postFace(names: Names, post: Post): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, post.name)
      .value('aliases', label.aliases, listed(post.aliases))
      .value('kind', label.kind, postKinds[post.kind])
      .value('level', label.level, names.level(post.level), post.level)
      .value(
        'superior',
        label.superior,
        post.superior === null ? null : names.post(post.superior),
        post.superior,
      )
      .value('adoption', label.adoption, adoptions[post.adoption])
    const { sheet } = post
    if (sheet) {
      lines.prose('mission', label.mission, paragraphs(sheet.mission.map((one) => one.text)))
      for (const one of sheet.work)
        lines.prose(`work:${one.title.zh}`, one.title, paragraphs(one.items.map((item) => item.text)))
      for (const one of sheet.kpis) {
        const kpi = names.kpi(one.kpi)
        lines.value(
          `weight:${one.kpi}`,
          { zh: `权重 ${kpi.zh}`, en: `Weight of ${kpi.en}` },
          `${one.weight}`,
          [one.weight, one.group, one.tag],
        )
      }
      for (const one of sheet.processes) {
        const flow = names.workflow(one.workflow)
        lines.value(
          `role:${one.workflow}`,
          { zh: `在 ${flow.zh} 中的角色`, en: `Part in ${flow.en}` },
          one.role,
        )
      }
      for (const one of sheet.requirements)
        lines.prose(
          `requirements:${one.group.zh}`,
          { zh: `任职要求，${one.group.zh}`, en: `Requirements, ${one.group.en}` },
          paragraphs(one.items.map((item) => item.text)),
        )
      lines.prose('limits', label.limits, paragraphs(sheet.limits.map((one) => one.text)))
    }
    return lines.all
  }
  return {
    key: `post:${post.id}`,
    ref: `post:${post.id}`,
    group: 'post',
    code: post.id,
    name: post.name,
    lines: told,
    whole: post,
  }
}

/** A function with its row of the matrix: one line per post. */
export function functionFace(names: Names, fn: HandbookFunction): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, fn.name)
      .value(
        'lead',
        label.lead,
        fn.lead === 'KA' ? { zh: '大客户部', en: 'Key account department' } : names.post(fn.lead),
        fn.lead,
      )
      .value('dutyClass', label.dutyClass, dutyClasses[fn.dutyClass])
    for (const [post, cell] of Object.entries(fn.cells)) {
      const name = names.post(post)
      lines.value(
        `duty:${post}`,
        { zh: `${name.zh}的职责`, en: `Duty of ${name.en}` },
        listed(cell.map((one) => duties[one])),
      )
    }
    lines
      .value('workflows', label.workflows, names.codes(fn.workflows))
      .value('policies', label.policies, names.codes(fn.policies))
      .value('kpis', label.kpis, names.codes(fn.kpis))
      .prose('noWorkflow', label.noWorkflow, fn.noWorkflow)
    return lines.all
  }
  return {
    key: `fn:${fn.id}`,
    ref: `fn:${fn.id}`,
    group: 'function',
    code: fn.id,
    name: fn.name,
    lines: told,
    whole: fn,
  }
}

/** What each post may do with each kind of record, in words: compiled as publishing does it. */
export function rightFaces(
  edition: Edition,
  names: Names,
  kinds: Readonly<Record<string, { zh: string; en: string }>>,
): Face[] {
  const byPost = new Map<string, ReturnType<typeof compileRights>>()
  for (const grant of compileRights(edition))
    byPost.set(grant.post, [...(byPost.get(grant.post) ?? []), grant])
  return [...byPost].map(([post, grants]) => {
    const told = () => {
      const lines = new Lines()
      for (const kind of [...new Set(grants.map((one) => one.kind))].sort()) {
        const mine = grants.filter((one) => one.kind === kind)
        const given = Object.keys(verbs).filter((verb) =>
          mine.some((one) => one.verb === verb),
        ) as (keyof typeof verbs)[]
        const reach = [...new Set(mine.map((one) => one.reach))]
        const clauses = [...new Set(mine.flatMap((one) => (one.function ? [one.function] : [])))].sort()
        const system = kind.startsWith('system.')
        const raw = mine.map((one) => [one.verb, one.reach, one.clause].join(' ')).sort()
        const what = listed(given.map((verb) => verbs[verb])) ?? same('')
        const where = system ? null : listed(reach.map((one) => reaches[one]))
        lines.value(
          `right:${kind}`,
          kindName(edition, kind, kinds),
          {
            zh: `${what.zh}${where ? `（${where.zh}）` : ''}${clauses.length > 0 ? `，依据 ${clauses.join('、')}` : ''}`,
            en: `${what.en}${where ? ` (${where.en})` : ''}${clauses.length > 0 ? `, by ${clauses.join(', ')}` : ''}`,
          },
          raw,
        )
      }
      return lines.all
    }
    const name = names.post(post)
    return {
      key: `right:${post}`,
      ref: `post:${post}`,
      group: 'right' as const,
      code: post,
      name: { zh: `${name.zh}的权限`, en: `Rights of ${name.en}` },
      lines: told,
      whole: grants.map((one) => said(one)).sort(),
    }
  })
}

/** A kind of record by the name the program gives it, or the one the handbook's own list of records has. */
function kindName(
  edition: Edition,
  kind: string,
  kinds: Readonly<Record<string, { zh: string; en: string }>>,
) {
  if (kind.startsWith('system.')) return parts[kind.slice(7) as keyof typeof parts] ?? same(kind.slice(7))
  return kinds[kind] ?? edition.records.find((one) => one.kind === kind)?.name ?? same(kind)
}
