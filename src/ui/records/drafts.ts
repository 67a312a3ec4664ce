import type { RecordItem } from '../../kernel/records/wire.ts'
import { type Store, unsent } from '../device.ts'
import { amountOf, type FieldMeta, isReference } from './Value.tsx'

/** What somebody changed in a record and has not saved, as it stood at a revision. */
export interface RecordDraft {
  /** Revision that was being changed; `null` for a record that is not there yet. */
  readonly rev: number | null
  /** When it was written last, as a moment. */
  readonly at: string
  /** By field: what was written, and what stood there before. */
  readonly fields: Readonly<Record<string, { readonly value: unknown; readonly before: unknown }>>
}

/** Which record a draft is of; without an id the one that is being made. */
export interface DraftOf {
  readonly login: string
  readonly kind: string
  readonly id: number | null
}

/** The name under which a draft is kept. */
export const draftName = ({ login, kind, id }: DraftOf): string =>
  `${unsent.record}${login}.${kind}.${id ?? 'new'}`

/** The draft kept on this device, or nothing. */
export function readRecordDraft(store: Store, of: DraftOf): RecordDraft | null {
  try {
    const kept = JSON.parse(store.getItem(draftName(of)) ?? 'null') as RecordDraft | null
    if (kept === null || typeof kept.fields !== 'object' || kept.fields === null) return null
    return Object.keys(kept.fields).length > 0 ? kept : null
  } catch {
    // Another program's value under our name is no draft.
    return null
  }
}

export function forgetRecordDraft(store: Store, of: DraftOf): void {
  store.removeItem(draftName(of))
}

/** The same value, however it is written: amounts by their digits, references by what they point to, nothing as nothing. */
const said = (value: unknown): string => (isReference(value) ? String(value.id) : (amountOf(value) ?? ''))
export const isSame = (one: unknown, other: unknown): boolean => said(one) === said(other)

/**
 * Keeps what is written in some fields; a field that stands as before is no part of the draft. Fields that a person may not write, and
 * secrets, are never kept.
 * @param values what stands in the form now, by field
 */
export function keepRecordDraft(
  store: Store,
  of: DraftOf,
  fields: readonly FieldMeta[],
  item: RecordItem | null,
  values: Readonly<Record<string, unknown>>,
  moment: Date,
): void {
  const kept = { ...readRecordDraft(store, of)?.fields }
  for (const field of fields) {
    if (!(field.id in values) || field.computed || isSecret(field)) continue
    const now = item?.[field.id] ?? null
    const value = values[field.id] ?? null
    const known = kept[field.id]
    if (isSame(value, now)) delete kept[field.id]
    else kept[field.id] = { value, before: known ? known.before : now }
  }
  try {
    if (Object.keys(kept).length === 0) forgetRecordDraft(store, of)
    else
      store.setItem(
        draftName(of),
        JSON.stringify({
          rev: item?.rev ?? null,
          at: moment.toISOString(),
          fields: kept,
        } satisfies RecordDraft),
      )
  } catch {
    // A full or closed store keeps no draft; the form works on.
  }
}

const isSecret = ({ id }: FieldMeta): boolean => /password|passwd|secret|token/i.test(id)

/** A draft beside the record as it stands now. */
export interface Offer {
  readonly draft: RecordDraft
  /** Fields that nobody else changed meanwhile: they come back as they were written. */
  readonly plain: readonly string[]
  /** Fields that somebody changed since: the newer value stands until one's own is chosen. */
  readonly moved: readonly string[]
}

/** What a draft offers for a record; `null` where all of it stands there already, or its fields are gone. */
export function offerOf(
  draft: RecordDraft | null,
  item: RecordItem | null,
  fields: readonly FieldMeta[],
): Offer | null {
  if (!draft) return null
  const open = Object.entries(draft.fields).filter(
    ([id, { value }]) =>
      fields.some((field) => field.id === id && !field.computed && !(item && field.settled)) &&
      !isSame(value, item?.[id] ?? null),
  )
  if (open.length === 0) return null
  const moved = open.filter(([id, { before }]) => item !== null && !isSame(before, item[id] ?? null))
  return {
    draft,
    moved: moved.map(([id]) => id),
    plain: open.filter((one) => !moved.includes(one)).map(([id]) => id),
  }
}
