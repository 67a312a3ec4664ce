import type { ReactNode } from 'react'
import type { ConflictDetail, KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { ApiProblem, patch, remove } from '../api.ts'
import { toast } from '../components/toasts.tsx'
import { type Clash, useChanger, useConflict } from '../conflict/Conflict.tsx'
import { useT } from '../conflict/texts.ts'
import { type Both, useListed, useText } from '../i18n/texts.ts'
import { useMeta } from '../session.ts'
import { sent } from './FieldInput.tsx'
import { isOutside, useValueText } from './Value.tsx'

type Values = Readonly<Record<string, unknown>>

/** What the API told of a change that was based on an older revision; `null` for any other problem. */
const conflictIn = (problem: unknown): ConflictDetail | null =>
  problem instanceof ApiProblem && problem.code === 'conflict' && 'current' in problem.detail
    ? (problem.detail as unknown as ConflictDetail)
    : null

const named = ({ zh, en }: Both, title: string): Both => ({
  zh: `${zh} ${title}`,
  en: `${en.toLowerCase()} ${title}`,
})

/** A value without its dress, to compare: the id of a reference, the amount of money. */
const bare = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? String('id' in value ? value.id : 'amount' in value ? value.amount : JSON.stringify(value))
      : String(value)

/**
 * Writes a record from wherever it is edited. What somebody else changed meanwhile in other fields stays, and is said; where both changed
 * the same field, the person is asked with both values before him. `dialog` is drawn where the editing is.
 */
export function useRecordSave(kind: KindMeta): {
  /**
   * @param seen the record as it stood when the editing began
   * @param typed new values by field, as the inputs give them
   * @returns the record as it stands then, and whether anything was written; `null` when the person wants to go on editing
   * @throws ApiProblem for every other refusal
   */
  save(seen: RecordItem, typed: Values): Promise<{ record: RecordItem; written: boolean } | null>
  /** @returns whether it is gone */
  drop(seen: RecordItem): Promise<boolean>
  dialog: ReactNode
} {
  const t = useT()
  const text = useText()
  const listed = useListed()
  const words = useValueText()
  const changer = useChanger()
  const currency = useMeta().data?.currency
  const { ask, dialog } = useConflict()
  const fieldOf = (id: string) => kind.fields.find((field) => field.id === id)
  const moved = (seen: RecordItem, now: RecordItem) =>
    kind.fields.filter((field) => !field.computed && bare(seen[field.id]) !== bare(now[field.id]))

  const clashOf = (act: Clash['act'], told: ConflictDetail, seen: RecordItem, mine: Values): Clash => {
    const changed = moved(seen, told.current)
    return {
      who: told.who,
      at: told.at,
      act,
      what: named(kind.label, String(seen[kind.title] ?? '')),
      differences: changed
        .filter(({ id }) => id in mine)
        .map((field) => ({
          key: field.id,
          label: field.label,
          mine: words(field, mine[field.id]),
          theirs: words(field, told.current[field.id]),
          ...(told.changes[field.id] ?? { who: null, at: null }),
        })),
      also: changed.filter(({ id }) => !(id in mine)).map((field) => field.label),
    }
  }
  return {
    dialog,
    async save(seen, typed) {
      let now = seen
      // What lies outside the reader's scope was not chosen by him, and its id is not known here: it stays.
      let left: Values = Object.fromEntries(Object.entries(typed).filter(([, value]) => !isOutside(value)))
      let beside: { who: string; fields: readonly string[] } | null = null
      for (;;) {
        if (Object.keys(left).length === 0) return { record: now, written: false }
        const values = Object.fromEntries(
          Object.entries(left).map(([id, value]) => {
            const field = fieldOf(id)
            return [id, field ? sent(field, value, currency) : value]
          }),
        )
        try {
          const record = await patch<RecordItem>(`/records/${kind.id}/${seen.id}`, values, { rev: now.rev })
          if (beside) toast(t('both', { who: beside.who, fields: listed(beside.fields) }))
          return { record, written: true }
        } catch (problem) {
          const told = conflictIn(problem)
          if (!told) throw problem
          const agreed = Object.keys(left).filter((id) => bare(values[id]) === bare(told.current[id]))
          left = Object.fromEntries(Object.entries(left).filter(([id]) => !agreed.includes(id)))
          const clash = clashOf('save', told, now, left)
          if (clash.differences.length > 0) {
            const side = await ask(clash)
            if (side === null) return null
            const given = new Set(side === 'theirs' ? clash.differences.map(({ key }) => key) : [])
            left = Object.fromEntries(Object.entries(left).filter(([id]) => !given.has(id)))
          } else if (clash.also.length > 0)
            beside = { who: changer(told.who).name, fields: clash.also.map(text) }
          now = told.current
        }
      }
    },
    async drop(seen) {
      let now = seen
      for (;;) {
        try {
          await remove(`/records/${kind.id}/${seen.id}`, { rev: now.rev })
          return true
        } catch (problem) {
          const told = conflictIn(problem)
          if (!told) throw problem
          if ((await ask(clashOf('delete', told, now, now))) !== 'mine') return false
          now = told.current
        }
      }
    },
  }
}
