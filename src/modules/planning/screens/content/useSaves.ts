import { useCallback, useMemo, useRef } from 'react'
import { display } from '../../../../ui/theme/display.ts'
import type { TaskContentProps } from '../../../../ui/work/content.ts'

type Save = () => Promise<boolean>

const kept = {
  zh: '没有办理：有改动还没保存。先按内容里写的原因处理',
  en: 'Not completed: something is not saved. See the reason beside it first',
}

/** Everything open inside a task is written before the task is completed; what cannot be written stops it. */
export function useSaves(onBefore: TaskContentProps['onBefore']) {
  const open = useRef(new Map<string, Save>())
  const told = useRef(onBefore)
  told.current = onBefore
  const keep = useCallback((name: string, save: Save | null) => {
    if (save) open.current.set(name, save)
    else open.current.delete(name)
    told.current(
      open.current.size === 0
        ? null
        : async () => {
            for (const one of open.current.values()) if (!(await one())) throw new Error(kept[display().lang])
          },
    )
  }, [])
  return useMemo(
    () => ({
      words: (save: Save | null) => keep('words', save),
      sheet: (store: { save: Save } | null) => keep('sheet', store ? () => store.save() : null),
    }),
    [keep],
  )
}
