import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Form } from '../../handbook/model.ts'
import type { CaseRow, Task, TaskDetail } from '../../kernel/workflow/wire.ts'
import { ApiProblem, post } from '../api.ts'
import { onDevice } from '../device.ts'
import { again, queryClient } from '../query.ts'
import { useMe } from '../session.ts'
import { contentOf } from './content.ts'
import { type Draft, isBlank, keepDraft, noDraft, readDraft } from './drafts.ts'
import { missingIn, sectionsFor } from './form.ts'
import { useForms } from './useForms.ts'

export interface Completed {
  readonly task: Task
  readonly case: CaseRow
  readonly next: Task | null
}

/** What is written at a task until it is completed, and its completion. */
export interface Work {
  readonly task: TaskDetail
  readonly draft: Draft
  /** What stands in the draft was written at an earlier visit and not sent. */
  readonly restored: boolean
  /** False when the browser keeps no drafts. */
  readonly kept: boolean
  readonly busy: boolean
  readonly error: unknown
  /** The edition's forms that this screen asks for itself; a module's content asks for its own. */
  readonly forms: readonly Form[]
  /** Required places found empty at the last try. */
  readonly missing: readonly string[]
  comment(words: string): void
  write(form: string, field: string, value: unknown): void
  /**
   * Looks for required places that are empty, writes what is open inside the task and reads again what is to be known before an
   * outcome is chosen; true when it may be asked.
   */
  ready(): Promise<boolean>
  complete(outcome: string): Promise<Completed | null>
  /** The error is read; another try may come. */
  clear(): void
  /** What was written is no longer wanted. */
  forget(): void
  /** The same of an earlier visit's draft; the task is written at anew. */
  discard(): void
  readonly onSaved: () => Promise<void>
  readonly onForm: (form: string, value: unknown) => void
  readonly onBefore: (save: (() => Promise<void>) | null) => void
}

const none: readonly string[] = []

export function useWork(task: TaskDetail): Work {
  const login = useMe().data?.login ?? ''
  const store = useMemo(onDevice, [])
  const [draft, setDraft] = useState<Draft>(() => (store ? readDraft(store, login, task.id) : noDraft))
  const [restored, setRestored] = useState(task.mine && !isBlank(draft))
  const [kept, setKept] = useState(true)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [missing, setMissing] = useState<readonly string[]>([])
  const own = useRef<Record<string, unknown>>({})
  const before = useRef<(() => Promise<void>) | null>(null)
  const done = useRef(false)
  const forms = useForms(task.editionId, contentOf(task) === null ? task.forms.map((form) => form.id) : none)
  useEffect(() => {
    if (!task.mine || done.current) return
    const timer = setTimeout(() => setKept(store !== null && keepDraft(store, login, task.id, draft)), 300)
    return () => clearTimeout(timer)
  }, [store, login, task.id, task.mine, draft])
  const path = `/tasks/${task.id}`
  const onSaved = useCallback(() => {
    // What was refused was the content before this save.
    setError(null)
    return again(path)
  }, [path])
  const onForm = useCallback((form: string, value: unknown) => {
    own.current = { ...own.current, [form]: value }
  }, [])
  const onBefore = useCallback((save: (() => Promise<void>) | null) => {
    before.current = save
  }, [])
  const empty = (): string[] =>
    forms.flatMap((form) =>
      sectionsFor(form, `${task.workflow}/${task.step}`).flatMap(({ fields }) =>
        missingIn(form.id, fields, draft.form[form.id] ?? {}),
      ),
    )
  const forget = () => {
    done.current = true
    if (store) keepDraft(store, login, task.id, noDraft)
  }
  return {
    task,
    draft,
    kept,
    busy,
    error,
    forms,
    missing,
    onSaved,
    onForm,
    onBefore,
    forget,
    restored,
    discard() {
      setDraft(noDraft)
      setRestored(false)
    },
    clear: () => setError(null),
    comment: (comment) => setDraft((now) => ({ ...now, comment })),
    write: (form, field, value) =>
      setDraft((now) => ({ ...now, form: { ...now.form, [form]: { ...now.form[form], [field]: value } } })),
    async ready() {
      const found = empty()
      setMissing(found)
      if (found.length > 0) return false
      if (!before.current) return true
      setBusy(true)
      setError(null)
      try {
        await before.current()
        await again(path)
        return true
      } catch (problem) {
        setError(problem)
        return false
      } finally {
        setBusy(false)
      }
    },
    async complete(outcome) {
      setBusy(true)
      setError(null)
      try {
        await before.current?.()
        // A save just before moved the records on; what the panel read since then is what was seen.
        const seen = queryClient.getQueryData<TaskDetail>(['get', path, {}]) ?? task
        const completed = await post<Completed>(`${path}/completion`, {
          outcome,
          comment: draft.comment,
          form: { ...draft.form, ...own.current },
          revisions: seen.revisions,
        })
        forget()
        return completed
      } catch (problem) {
        setError(problem)
        // A refusal may have kept what was sent and counted the try: figures and revisions moved on.
        if (problem instanceof ApiProblem && problem.status === 422)
          await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'get' })
        return null
      } finally {
        setBusy(false)
      }
    },
  }
}
