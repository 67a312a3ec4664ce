import { unsent } from '../device.ts'

/** What somebody wrote at a task and has not sent. */
export interface Draft {
  readonly comment: string
  /** Values by form id and field. */
  readonly form: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}
export const noDraft: Draft = { comment: '', form: {} }
export const isBlank = (draft: Draft): boolean =>
  draft.comment.trim() === '' &&
  Object.values(draft.form).every((values) =>
    Object.values(values).every((value) => value === null || value === undefined || value === ''),
  )

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const place = (login: string, task: number): string => `${unsent.task}${login}.${task}`

/** The draft kept on this device for a login and a task. */
export function readDraft(store: Store, login: string, task: number): Draft {
  const kept = store.getItem(place(login, task))
  if (kept === null) return noDraft
  try {
    const value = JSON.parse(kept) as Partial<Draft> | null
    return {
      comment: typeof value?.comment === 'string' ? value.comment : '',
      form: typeof value?.form === 'object' && value.form !== null ? value.form : {},
    }
  } catch {
    // Another program's value under our name is no draft.
    return noDraft
  }
}

/** Keeps a draft on this device; a blank one is forgotten. False when the browser keeps nothing. */
export function keepDraft(store: Store, login: string, task: number, draft: Draft): boolean {
  try {
    if (isBlank(draft)) store.removeItem(place(login, task))
    else store.setItem(place(login, task), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
