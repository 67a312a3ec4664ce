import { Button, Modal } from 'antd'
import { TriangleAlert } from 'lucide-react'
import { useRef, useState } from 'react'
import type { EditionTaken, ProblemRow } from '../../../kernel/handbook/wire.ts'
import { ApiProblem, api } from '../../api.ts'
import { ErrorBox } from '../../components/ErrorBox.tsx'
import { useGo } from '../../components/Go.tsx'
import { toast } from '../../components/toasts.tsx'
import { useText } from '../../i18n/texts.ts'
import { again } from '../../query.ts'
import { ByCheck, Findings } from './Findings.tsx'
import { useT } from './texts.ts'

/** Takes an edition in: the files are judged first, and kept only when the person says so. */
export function ImportFiles({ onClose }: { onClose: () => void }) {
  const t = useT()
  const go = useGo()
  const zip = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [tried, setTried] = useState<{ body: Blob; result: EditionTaken } | null>(null)
  const send = (body: Blob, dryRun: boolean) =>
    api<EditionTaken>('POST', '/handbook/editions', { body, query: { dryRun: dryRun ? '1' : '0' } })
  const attempt = async (name: string, body: Promise<Blob>) => {
    setBusy(name)
    setError(null)
    setTried(null)
    try {
      const bytes = await body
      setTried({ body: bytes, result: await send(bytes, true) })
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(null)
    }
  }
  const take = async () => {
    if (!tried) return
    if (tried.result.id !== null && tried.result.status !== 'withdrawn')
      return go(`/handbook/editions/${tried.result.id}`)
    setBusy(tried.result.number)
    try {
      const result = await send(tried.body, false)
      await again('/handbook')
      toast(t('taken', { n: result.number }))
      go(`/handbook/editions/${result.id}`)
    } catch (problem) {
      setError(problem)
      setBusy(null)
    }
  }
  const known = tried !== null && !tried.result.fresh && tried.result.status !== 'withdrawn'
  return (
    <Modal open title={t('importTitle')} onCancel={onClose} footer={null} width={640} destroyOnHidden>
      <p className="kb-2">{t('importHint')}</p>
      {error ? <NotTaken error={error} /> : null}
      {busy ? <p role="status">{t('checking', { name: busy })}</p> : null}
      {tried ? (
        <>
          <p className="kb-editions-said">
            <strong>{known ? t('known') : t('checked', { n: tried.result.number })}</strong>
          </p>
          <Findings problems={tried.result.problems} />
        </>
      ) : null}
      <div className="kb-row kb-editions-bar">
        {tried ? (
          <Button type="primary" disabled={busy !== null} onClick={() => void take()} data-main>
            {t(known ? 'openKnown' : 'take')}
          </Button>
        ) : null}
        <Button
          type={tried ? 'default' : 'primary'}
          disabled={busy !== null}
          onClick={() => zip.current?.click()}
        >
          {t('pickZip')}
        </Button>
        <Button disabled={busy !== null} onClick={() => folder.current?.click()}>
          {t('pickFolder')}
        </Button>
      </div>
      <input
        ref={zip}
        type="file"
        accept=".zip"
        aria-label={t('pickZip')}
        className="kb-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void attempt(file.name, Promise.resolve(file))
          event.target.value = ''
        }}
      />
      <input
        ref={(input) => {
          folder.current = input
          // The attribute that lets a browser pick a whole folder has no name in the types of JSX.
          input?.setAttribute('webkitdirectory', '')
        }}
        type="file"
        multiple
        aria-label={t('pickFolder')}
        className="kb-hidden"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          if (files[0]) void attempt(files[0].webkitRelativePath.split('/')[0] ?? '', asJson(files))
          event.target.value = ''
        }}
      />
    </Modal>
  )
}

/** Why the files were not taken: every finding with its place and its mend, as the checks tell them of an edition. */
function NotTaken({ error }: { error: unknown }) {
  const t = useT()
  const text = useText()
  const found = error instanceof ApiProblem ? (error.detail.problems as ProblemRow[] | undefined) : undefined
  if (!found || !(error instanceof ApiProblem)) return <ErrorBox error={error}>{t('notTaken')}</ErrorBox>
  return (
    <div role="alert">
      <p className="kb-editions-refused">
        <TriangleAlert size={16} strokeWidth={1.6} aria-hidden />
        <strong>{text(error.text)}</strong>
      </p>
      <ByCheck items={found} />
    </div>
  )
}

/** A folder as the API takes it: text by path. Only what an edition may hold is read. */
async function asJson(files: readonly File[]): Promise<Blob> {
  const sources = files.filter((file) => /\.(yaml|bpmn|md)$/.test(file.name))
  // Letter by letter, a mark at the beginning included: the same files are the same edition by every road.
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  const texts = await Promise.all(
    sources.map(
      async (file) => [file.webkitRelativePath || file.name, utf8.decode(await file.arrayBuffer())] as const,
    ),
  )
  return new Blob([JSON.stringify({ files: Object.fromEntries(texts) })])
}
