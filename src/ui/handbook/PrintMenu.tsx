import { Button, Popover, Segmented } from 'antd'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { ApiProblem, address } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { toast } from '../components/toasts.tsx'
import { useLang } from '../theme/display.ts'
import { useBook } from './context.ts'
import { type Element, refOf } from './element.ts'
import { useT } from './texts.ts'

const formats = ['pdf', 'docx', 'html'] as const
const langs = ['zh', 'en', 'both'] as const

/** What of an element can be printed alone: a chapter, a function, a post sheet, a workflow, a policy or a form. */
function partOf(element: Element | null): string | null {
  switch (element?.is) {
    case 'chapter':
    case 'section':
      return `ch:${element.chapter.id}`
    case 'workflow':
      return `wf:${element.workflow.id}`
    case 'policy':
      return `policy:${element.policy.id}`
    case 'function':
    case 'post':
    case 'form':
      return refOf(element)
    default:
      return null
  }
}

/** What is printed, in which language and as what: three choices and one button. */
export function PrintMenu({ element }: { element: Element | null }) {
  const t = useT()
  const { chosen } = useBook()
  const spoken = useLang()
  const [open, setOpen] = useState(false)
  const [whole, setWhole] = useState(false)
  const [lang, setLang] = useState<(typeof langs)[number] | null>(null)
  const [format, setFormat] = useState<(typeof formats)[number]>('pdf')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const part = partOf(element)
  const print = async () => {
    setOpen(false)
    setBusy(true)
    setError(null)
    toast(t('printing'))
    try {
      const path = `/handbook/editions/${chosen ?? 'effective'}/document`
      const wanted = { format, lang: lang ?? spoken, part: whole ? null : part }
      toast(t('printed', { name: await download(address(path, wanted)) }))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const choices = (
    <div className="kb-print">
      {part ? (
        <Choice
          label={t('printWhat')}
          value={whole ? 'whole' : 'part'}
          options={[
            { value: 'part', label: t('printPart') },
            { value: 'whole', label: t('printWhole') },
          ]}
          onChange={(value) => setWhole(value === 'whole')}
        />
      ) : null}
      <Choice
        label={t('printLang')}
        value={lang ?? spoken}
        options={langs.map((value) => ({ value, label: t(`printLang.${value}`) }))}
        onChange={setLang}
      />
      <Choice
        label={t('printFormat')}
        value={format}
        options={formats.map((value) => ({ value, label: t(`printFormat.${value}`) }))}
        onChange={setFormat}
      />
      <Button type="primary" onClick={() => void print()}>
        {t(part && !whole ? 'printThisPart' : 'printThisWhole', { format: t(`printFormat.${format}`) })}
      </Button>
    </div>
  )
  return (
    <>
      <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} content={choices}>
        <Button loading={busy} icon={<Printer size={16} strokeWidth={1.6} aria-hidden />}>
          {t('print')}
        </Button>
      </Popover>
      {error ? (
        <div className="kb-read-float">
          <ErrorBox error={error} onAgain={() => setError(null)} />
        </div>
      ) : null}
    </>
  )
}

function Choice<V extends string>(props: {
  label: string
  value: V
  options: { value: V; label: string }[]
  onChange: (value: V) => void
}) {
  const { label, ...rest } = props
  return (
    <div className="kb-print-choice">
      <span className="kb-note">{label}</span>
      <Segmented<V> aria-label={label} {...rest} block />
    </div>
  )
}

/** Fetches a document and hands it to the browser under the name the API gave it. */
async function download(url: string): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin' })
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
