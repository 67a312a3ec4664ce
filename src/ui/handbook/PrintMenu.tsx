import { Button, Dropdown } from 'antd'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { ApiProblem, address } from '../api.ts'
import { ErrorBox } from '../components/ErrorBox.tsx'
import { toast } from '../components/toasts.tsx'
import { useBook } from './context.ts'
import { type Element, refOf } from './element.ts'
import { useT } from './texts.ts'

const formats = ['docx', 'pdf', 'html'] as const
const langs = ['zh', 'en'] as const

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

/** Word, PDF and HTML, Chinese and English, of the whole handbook or of what is open. */
export function PrintMenu({ element }: { element: Element | null }) {
  const t = useT()
  const { chosen } = useBook()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const part = partOf(element)
  const print = async (key: string) => {
    const [scope, format, lang] = key.split('.')
    setBusy(true)
    setError(null)
    toast(t('printing'))
    try {
      const path = `/handbook/editions/${chosen ?? 'effective'}/document`
      const name = await download(address(path, { format, lang, part: scope === 'part' ? part : null }))
      toast(t('printed', { name }))
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  const group = (scope: 'whole' | 'part') => ({
    key: scope,
    type: 'group' as const,
    label: t(scope === 'whole' ? 'printWhole' : 'printPart'),
    children: formats.flatMap((format) =>
      langs.map((lang) => ({ key: `${scope}.${format}.${lang}`, label: t(`print.${format}.${lang}`) })),
    ),
  })
  return (
    <>
      <Dropdown
        trigger={['click']}
        disabled={busy}
        menu={{
          items: part ? [group('part'), group('whole')] : [group('whole')],
          onClick: ({ key }) => void print(key),
        }}
      >
        <Button loading={busy} icon={<Printer size={16} strokeWidth={1.6} aria-hidden />}>
          {t('print')}
        </Button>
      </Dropdown>
      {error ? (
        <div className="kb-read-float">
          <ErrorBox error={error} onAgain={() => setError(null)} />
        </div>
      ) : null}
    </>
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
