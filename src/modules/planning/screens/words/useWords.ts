import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, get, patch } from '../../../../ui/api.ts'
import type { Side } from '../../../../ui/conflict/Conflict.tsx'
import { queryClient } from '../../../../ui/query.ts'
import type { Plan } from '../../wire.ts'
import { overwritten } from './words.ts'

/** Asks which side holds of the fields that two people changed; `null` leaves them open. */
export type Choose = (
  refused: ApiProblem,
  fields: readonly string[],
  mine: Readonly<Record<string, string>>,
  fresh: Plan,
) => Promise<Side>

const without = (form: Readonly<Record<string, string>>, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(form).filter(([id]) => !fields.includes(id)))

/** Words of FM-18 being written: kept here until saved; a field that another person changed meanwhile is not overwritten unasked. */
export function useWords(plan: Plan, choose: Choose, onSaved?: () => void) {
  const [edits, setEdits] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  // `base`: the plan as it stood when the oldest unsaved word was written; what is read again meanwhile must not pass for what was seen.
  const now = useRef<{ edits: Record<string, string>; plan: Plan; base: Plan | null }>({
    edits,
    plan,
    base: null,
  })
  const running = useRef<Promise<boolean> | null>(null)
  now.current.plan = plan.rev >= now.current.plan.rev ? plan : now.current.plan
  const chosen = useRef(choose)
  chosen.current = choose
  const told = useRef(onSaved)
  told.current = onSaved

  const write = useCallback((field: string, text: string) => {
    now.current.base ??= now.current.plan
    now.current.edits = { ...now.current.edits, [field]: text }
    setEdits(now.current.edits)
  }, [])

  const saveAll = useCallback(async (): Promise<boolean> => {
    const sent = now.current.edits
    if (Object.keys(sent).length === 0) return true
    setBusy(true)
    setProblem(null)
    const put = (rev: number, form: Readonly<Record<string, string>>) =>
      patch<Plan>(`/plans/${plan.id}`, { rev, form })
    try {
      let base = now.current.base ?? now.current.plan
      let form: Readonly<Record<string, string>> = sent
      let written: Plan | null = null
      while (!written) {
        try {
          written = Object.keys(form).length === 0 ? base : await put(base.rev, form)
        } catch (error) {
          if (!(error instanceof ApiProblem) || error.code !== 'conflict') throw error
          // The grid of the same plan counts the same revisions; only the same field is a conflict.
          const fresh = await get<Plan>(`/plans/${plan.id}`)
          const twice = overwritten(form, base.form, fresh.form)
          const side = twice.length > 0 ? await chosen.current(error, twice, form, fresh) : 'mine'
          if (side === null) return false
          if (side === 'theirs') form = without(form, twice)
          base = fresh
        }
      }
      const left = Object.entries(now.current.edits).filter(([id, text]) => sent[id] !== text)
      now.current = {
        plan: written,
        edits: Object.fromEntries(left),
        base: left.length > 0 ? written : null,
      }
      setEdits(now.current.edits)
      setSavedAt(Date.now())
      queryClient.setQueryData(['get', `/plans/${plan.id}`, {}], written)
      told.current?.()
      return true
    } catch (error) {
      setProblem(error)
      return false
    } finally {
      setBusy(false)
    }
  }, [plan.id])
  // Leaving a field saves; a save that waits for an answer is the one that is asked about.
  const save = useCallback((): Promise<boolean> => {
    running.current ??= saveAll().finally(() => {
      running.current = null
    })
    return running.current
  }, [saveAll])

  useEffect(
    () => () => {
      void save()
    },
    [save],
  )
  return { edits, write, save, problem, busy, savedAt }
}
