import { sql } from 'kysely'
import type { Verb } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { grantsOf, verdictOf } from '../rights/may.ts'
import { type Beside, columnsWith, listed } from './beside.ts'
import { type Kind, rightKindOf } from './kind.ts'
import type { KindMeta, Meta } from './wire.ts'

const verbs: readonly Verb[] = ['read', 'create', 'update', 'delete', 'import', 'export', 'assign']

/** What the browser needs to draw lists, pages and forms: the declarations, and what the asker may do. */
export async function metaOf(ctx: Ctx): Promise<Meta> {
  const kinds = [...ctx.house.registry.kinds.values()]
  const { rights } = ctx.edition.edition
  const parts = [
    ...rights.kinds.map((rule) => rule.kind).filter((kind) => !ctx.house.registry.kinds.has(kind)),
    ...rights.system.map((rule) => `system.${rule.part}`),
  ]
  const grants = await grantsOf(ctx, [...kinds.map(rightKindOf), ...parts])
  const company = await sql<{
    name_zh: string
    name_en: string
    sample: boolean
  }>`
    select name_zh, name_en, sample from company`.execute(ctx.tx)
  const own = company.rows[0]
  const { edition, id } = ctx.edition
  const today = ctx.clock.today()
  const year = today.slice(0, 4)
  return {
    company: {
      zh: own?.name_zh ?? '',
      en: own?.name_en || own?.name_zh || '',
      sample: own?.sample ?? false,
    },
    today,
    currency: ctx.edition.edition.currency,
    edition: { id, number: edition.number, title: edition.title },
    posts: Object.fromEntries(edition.posts.map((post) => [post.id, post.name])),
    mayRead: Object.fromEntries(parts.map((part) => [part, verdictOf(ctx, grants, part, 'read')])),
    kinds: kinds.map((kind) => ({
      ...metaOfKind(kind, ctx.house.registry.besides.get(kind.id)),
      may: Object.fromEntries(verbs.map((verb) => [verb, verdictOf(ctx, grants, rightKindOf(kind), verb)])),
    })),
    calendarNote: edition.calendar.years[year]
      ? null
      : {
          zh: `手册没有 ${year} 年的工作日历，期限只扣除周末`,
          en: `The handbook has no working calendar for ${year}; deadlines skip weekends only`,
        },
  }
}

function metaOfKind(kind: Kind, beside: Beside | undefined): Omit<KindMeta, 'may'> {
  return {
    id: kind.id,
    label: kind.label,
    plural: kind.plural,
    title: kind.title,
    code: kind.code ?? null,
    clause: kind.clause,
    partOf: kind.partOf?.kind ?? null,
    fields: Object.entries(listed(kind, beside).fields).map(([id, field]) => ({
      id,
      type: field.type,
      label: field.label,
      required: field.required ?? false,
      wanted: field.wanted ?? false,
      computed: field.computed ?? false,
      settled: field.settled ?? false,
      sortable: field.type !== 'longtext',
      ...(id in kind.fields ? {} : { beside: true }),
      ...(field.options ? { options: [...field.options] } : {}),
      ...(field.to ? { to: field.to } : {}),
      ...(field.hint ? { hint: field.hint } : {}),
    })),
    list: {
      columns: columnsWith(kind, beside),
      sort: kind.list.sort,
      filters: [...listed(kind, beside).list.filters],
      sums: [...(kind.list.sums ?? [])],
      views: (kind.list.views ?? []).map((view) => ({
        ...view,
        filter: { ...view.filter },
      })),
    },
    page: {
      facts: [...kind.page.facts],
      sections: kind.page.sections.map((section) => ({
        ...section,
        fields: [...section.fields],
      })),
      related: [...(kind.page.related ?? [])],
    },
  }
}
