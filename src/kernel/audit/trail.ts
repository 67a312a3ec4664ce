import type { Text } from '../../handbook/model.ts'
import type { Registry } from '../context.ts'
import { rightKindOf } from '../records/kind.ts'

/** Words for what the trail tells of something that is no record kind: what it is, and its fields. */
export interface Trail {
  readonly id: string
  readonly label: Text
  /** The kind (or part of the program, `system.handbook`) whose right to read opens what was written; there is no default. */
  readonly governedBy: string
  /** Its table, whose row security says of one record whether the asker may see it; `null` where only a right to all of them opens it. */
  readonly table: string | null
  readonly fields: Readonly<Record<string, Text>>
}

/** The editions of the handbook, whose changes the kernel itself keeps. */
export const editionTrail: Trail = {
  id: 'edition',
  label: { zh: '手册版次', en: 'Handbook edition' },
  governedBy: 'system.handbook',
  table: 'edition',
  fields: {
    number: { zh: '版次', en: 'Number' },
    title_zh: { zh: '名称', en: 'Title' },
    title_en: { zh: '英文名称', en: 'English title' },
    hash: { zh: '内容', en: 'Content' },
    status: { zh: '状态', en: 'Status' },
    effective_from: { zh: '生效日', en: 'In force from' },
    effective_until: { zh: '失效日', en: 'In force until' },
    took_effect_at: { zh: '实际生效时间', en: 'Took effect at' },
    published_by: { zh: '发布人', en: 'Published by' },
    published_at: { zh: '发布时间', en: 'Published at' },
    imported_by: { zh: '导入人', en: 'Imported by' },
    imported_at: { zh: '导入时间', en: 'Imported at' },
    withdrawn_at: { zh: '撤回时间', en: 'Withdrawn at' },
    withdrawn_why: { zh: '撤回原因', en: 'Reason of withdrawal' },
  },
}

/** Logins, and which seat a person holds from when to when. */
export const userTrail: Trail = {
  id: 'user',
  label: { zh: '登录账号', en: 'Login' },
  governedBy: 'system.users',
  table: null,
  fields: {
    login: { zh: '登录名', en: 'Login' },
    person_id: { zh: '人员', en: 'Person' },
    password_hash: { zh: '密码', en: 'Password' },
    lang: { zh: '语言', en: 'Language' },
    disabled_at: { zh: '停用时间', en: 'Disabled at' },
    once_until: { zh: '一次性密码有效至', en: 'One-time password until' },
  },
}
export const assignmentTrail: Trail = {
  id: 'assignment',
  label: { zh: '任职', en: 'Assignment' },
  governedBy: 'system.organisation',
  table: null,
  fields: {
    seat_id: { zh: '席位', en: 'Seat' },
    person_id: { zh: '人员', en: 'Person' },
    from_date: { zh: '开始', en: 'From' },
    to_date: { zh: '结束', en: 'Until' },
    acting: { zh: '代理', en: 'Acting' },
  },
}

/** What was asked of editions that nobody decides alone. */
export const editionRequestTrail: Trail = {
  id: 'edition-request',
  label: { zh: '手册版次的批准', en: 'Approval of an edition' },
  governedBy: 'system.handbook',
  table: null,
  fields: {
    edition_id: { zh: '版次', en: 'Edition' },
    act: { zh: '事项', en: 'Act' },
    effective_from: { zh: '生效日', en: 'In force from' },
    why: { zh: '原因', en: 'Reason' },
    part: { zh: '由谁批准', en: 'Whose approval' },
    changes: { zh: '改动', en: 'Changes' },
    asked_by: { zh: '提出人', en: 'Asked by' },
    asked_person: { zh: '提出人姓名', en: 'Person who asked' },
    asked_at: { zh: '提出时间', en: 'Asked at' },
    outcome: { zh: '结果', en: 'Outcome' },
    decided_by: { zh: '批准人', en: 'Decided by' },
    decided_at: { zh: '决定时间', en: 'Decided at' },
    reason: { zh: '退回原因', en: 'Reason of the decision' },
  },
}

/** Everything the trail may speak of, in words: record kinds by their declaration, the rest by their trail. */
export function trailsOf(registry: Pick<Registry, 'kinds' | 'trails'>): ReadonlyMap<string, Trail> {
  const all = new Map(registry.trails)
  for (const kind of registry.kinds.values())
    all.set(kind.id, {
      id: kind.id,
      label: kind.label,
      governedBy: rightKindOf(kind),
      table: kind.table,
      fields: {
        ...kind.tracked,
        ...Object.fromEntries(Object.entries(kind.fields).map(([id, field]) => [id, field.label])),
      },
    })
  return all
}
