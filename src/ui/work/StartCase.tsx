import { Button, Dropdown } from 'antd'
import { Play } from 'lucide-react'
import { Suspense, useState } from 'react'
import { type Both, useText } from '../i18n/texts.ts'
import { lazyPart } from '../part.ts'
import { useGet } from '../query.ts'
import { useT } from './texts.ts'

// Asked for by few, and with fields that weigh more than the rest of the inbox.
const StartForm = lazyPart(() => import('./StartForm.tsx'))

export interface Startable {
  readonly workflow: string
  readonly title: Both
  readonly input: readonly { id: string; label: Both; type: 'number' | 'text'; suggested: unknown }[]
}

/** Starts a workflow that this person may start; absent when there is none. */
export function StartCase({ main = false }: { main?: boolean }) {
  const t = useT()
  const text = useText()
  const starts = useGet<{ items: Startable[] }>('/starts', undefined, { staleTime: 60_000 }).data?.items ?? []
  const [chosen, choose] = useState<Startable | null>(null)
  const [only] = starts
  if (!only) return null
  const look = main ? 'primary' : 'default'
  const icon = <Play size={14} strokeWidth={1.8} aria-hidden />
  return (
    <>
      {starts.length === 1 ? (
        <Button type={look} icon={icon} onClick={() => choose(only)}>
          {t('start')}
        </Button>
      ) : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: starts.map((one) => ({ key: one.workflow, label: text(one.title) })),
            onClick: ({ key }) => choose(starts.find((one) => one.workflow === key) ?? null),
          }}
        >
          <Button type={look} icon={icon}>
            {t('start')}
          </Button>
        </Dropdown>
      )}
      {chosen ? (
        <Suspense fallback={null}>
          <StartForm start={chosen} onClose={() => choose(null)} />
        </Suspense>
      ) : null}
    </>
  )
}
