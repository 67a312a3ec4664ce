import { useMemo } from 'react'
import type { KindMeta, RecordItem } from '../../kernel/records/wire.ts'
import { onDevice } from '../device.ts'
import { useMe } from '../session.ts'
import { draftName, forgetRecordDraft, keepRecordDraft, type RecordDraft, readRecordDraft } from './drafts.ts'

export interface DraftHere {
  /** What it is known by on this device. */
  readonly name: string
  read(): RecordDraft | null
  /** Keeps what is written in these fields. */
  keep(values: Readonly<Record<string, unknown>>): void
  forget(): void
}

/** What the person at this device wrote into a record and has not saved; `null` for the one that is being made. */
export function useRecordDraft(kind: KindMeta, item: RecordItem | null): DraftHere {
  const login = useMe().data?.login ?? ''
  return useMemo(() => {
    const store = onDevice()
    const of = { login, kind: kind.id, id: item?.id ?? null }
    return {
      name: draftName(of),
      read: () => (store ? readRecordDraft(store, of) : null),
      keep: (values) => {
        if (store) keepRecordDraft(store, of, kind.fields, item, values, new Date())
      },
      forget: () => {
        if (store) forgetRecordDraft(store, of)
      },
    }
  }, [login, kind, item])
}
