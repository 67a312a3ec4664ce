import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Text } from '../../handbook/model.ts'
import { ApiProblem } from '../api.ts'
import { useText } from '../i18n/texts.ts'
import { type Following, followJob, pathOfJob } from '../jobs.ts'
import { ErrorBox } from './ErrorBox.tsx'
import { useT } from './texts.ts'
import { toast } from './toasts.tsx'
import './download.css'

/** A file that is made for the asker: what is being done, how it ended, and a way to stop it. */
export function useDownload() {
  const t = useT()
  const [doing, setDoing] = useState<Text | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const stop = useRef<AbortController | null>(null)
  const run = async (url: string): Promise<void> => {
    stop.current = new AbortController()
    setBusy(true)
    setError(null)
    try {
      const name = await download(url, {
        signal: stop.current.signal,
        onState: (job) => setDoing(job.progress?.doing ?? job.stateText),
      })
      toast(t('downloaded', { name }))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
      setDoing(null)
    }
  }
  return { busy, doing, error, run, cancel: () => stop.current?.abort(), forget: () => setError(null) }
}
export type DownloadRun = ReturnType<typeof useDownload>

/** What a download that takes its time is at, and why it came to nothing. Draws nothing while all is well. */
export function DownloadState({ run }: { run: DownloadRun }) {
  const t = useT()
  const text = useText()
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (run.error) line.current?.scrollIntoView({ block: 'nearest' })
  }, [run.error])
  if (!run.doing && !run.error) return null
  return (
    <div className="kb-making" ref={line} role="status">
      {run.error ? (
        <ErrorBox error={run.error} onAgain={run.forget} />
      ) : (
        <div className="kb-note">
          {t('making')} {run.doing ? text(run.doing) : ''}{' '}
          <Button size="small" onClick={run.cancel}>
            {t('stopMaking')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** Fetches a file, following it where it takes longer than a request, and hands it to the browser under the name the API gave it. */
async function download(url: string, following: Following): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin' }).catch(() => {
    throw new ApiProblem(0, {})
  })
  const path = pathOfJob(response)
  if (!path) return save(response)
  const { file } = await followJob(path, following)
  return save(await fetch(file ?? url, { credentials: 'same-origin' }))
}

async function save(response: Response): Promise<string> {
  if (!response.ok)
    throw new ApiProblem(response.status, (await response.json().catch(() => ({}))) as Record<string, never>)
  const name = decodeURIComponent(
    /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'handbook',
  )
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return name
}
