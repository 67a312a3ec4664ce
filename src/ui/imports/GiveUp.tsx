import { Button } from 'antd'
import { useState } from 'react'
import type { ImportRun } from '../../kernel/exchange/wire.ts'
import { useGo } from '../components/Go.tsx'
import { toast } from '../components/toasts.tsx'
import { useT } from './texts.ts'
import { cancelRun } from './useRun.ts'

/** Ends a run that has written nothing. */
export function GiveUp({ run, onError }: { run: ImportRun; onError: (error: unknown) => void }) {
  const t = useT()
  const go = useGo()
  const [busy, setBusy] = useState(false)
  return (
    <Button
      type="text"
      loading={busy}
      onClick={() => {
        setBusy(true)
        cancelRun(run).then(
          () => {
            toast(t('gaveUp'))
            go('/imports')
          },
          (error: unknown) => {
            setBusy(false)
            onError(error)
          },
        )
      }}
    >
      {t('giveUp')}
    </Button>
  )
}
