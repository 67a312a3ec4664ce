import { Button, Select, Spin } from 'antd'
import { FileSpreadsheet } from 'lucide-react'
import { useRef, useState } from 'react'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { useGo } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import { useT } from './texts.ts'
import { type ImporterRow, upload } from './useRun.ts'

const accepted = '.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.xml,.csv,.tsv,.txt,.dbf'

/** Takes a file by drop or by choice, sends it and opens its run. `what` is the importer asked for from elsewhere. */
export function DropZone({ importers, what }: { importers: readonly ImporterRow[]; what: string | null }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setImporter] = useState(what)
  const importer = importers.find((one) => one.id === chosen) ?? (importers[0] as ImporterRow)
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const send = async (file: File | undefined) => {
    if (!file || busy) return
    setBusy(file.name)
    setError(null)
    try {
      const run = await upload(importer.id, file)
      go(`/imports/${run.id}`)
    } catch (problem) {
      setError(problem)
      setBusy(null)
    }
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has its twin in the button */}
      <div
        className={over ? 'kb-drop kb-drop-over' : 'kb-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void send(event.dataTransfer.files[0])
        }}
      >
        <FileSpreadsheet size={28} strokeWidth={1.4} aria-hidden />
        {busy ? (
          <p role="status">
            <Spin size="small" /> {t('uploading', { name: busy })}
          </p>
        ) : (
          <>
            <p>{over ? t('dropHere') : t('drop')}</p>
            <div className="kb-row">
              {importers.length > 1 ? (
                <Select
                  aria-label={t('what')}
                  value={importer.id}
                  onChange={setImporter}
                  options={importers.map((one) => ({ value: one.id, label: text(one.label) }))}
                />
              ) : null}
              <Button type="primary" onClick={() => input.current?.click()} data-main>
                {t('choose')}
              </Button>
            </div>
            <p className="kb-note">{text(importer.hint)}</p>
            <p className="kb-note">{t('accepts')}</p>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept={accepted}
          aria-label={t('choose')}
          className="kb-hidden"
          tabIndex={-1}
          onChange={(event) => {
            void send(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
      <ErrorBox error={error} />
    </>
  )
}
