import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem, get, patch } from '../../../../ui/api.ts'
import { queryClient } from '../../../../ui/query.ts'
import type { Plan } from '../../wire.ts'
import { overwritten } from './words.ts'

/** Words of FM-18 being written: kept here until saved; a field that another person changed meanwhile is not overwritten unasked. */
export function useWords(plan: Plan, onSaved?: () => void) {
  const [edits, setEdits] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const now = useRef({ edits, plan })
  now.current.plan = plan.rev >= now.current.plan.rev ? plan : now.current.plan
  const told = useRef(onSaved)
  told.current = onSaved

  const write = useCallback((field: string, text: string) => {
    now.current.edits = { ...now.current.edits, [field]: text }
    setEdits(now.current.edits)
  }, [])

  const save = useCallback(async (): Promise<boolean> => {
    const sent = now.current.edits
    if (Object.keys(sent).length === 0) return true
    setBusy(true)
    setProblem(null)
    const put = (rev: number) => patch<Plan>(`/plans/${plan.id}`, { rev, form: sent })
    try {
      const written = await put(now.current.plan.rev).catch(async (error: unknown) => {
        if (!(error instanceof ApiProblem) || error.code !== 'conflict') throw error
        // The grid of the same plan counts the same revisions; only the same field is a conflict.
        const fresh = await get<Plan>(`/plans/${plan.id}`)
        if (overwritten(sent, now.current.plan.form, fresh.form).length > 0) throw error
        return put(fresh.rev)
      })
      now.current = {
        plan: written,
        edits: Object.fromEntries(
          Object.entries(now.current.edits).filter(([id, text]) => sent[id] !== text),
        ),
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

  useEffect(
    () => () => {
      void save()
    },
    [save],
  )
  return { edits, write, save, problem, busy, savedAt }
}
