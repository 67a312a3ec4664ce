import { Button, Popover, Segmented } from 'antd'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import { type Element, refOf } from '../../handbook/words/element.ts'
import { address } from '../api.ts'
import { DownloadState, useDownload } from '../components/Download.tsx'
import { toast } from '../components/toasts.tsx'
import { useLang } from '../theme/display.ts'
import { useBook } from './context.ts'
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
  const making = useDownload()
  const part = partOf(element)
  const print = () => {
    setOpen(false)
    toast(t('printing'))
    const path = `/handbook/editions/${chosen ?? 'effective'}/document`
    void making.run(address(path, { format, lang: lang ?? spoken, part: whole ? null : part }))
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
      <Button type="primary" onClick={print}>
        {t(part && !whole ? 'printThisPart' : 'printThisWhole', { format: t(`printFormat.${format}`) })}
      </Button>
    </div>
  )
  return (
    <>
      <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} content={choices}>
        <Button loading={making.busy} icon={<Printer size={16} strokeWidth={1.6} aria-hidden />}>
          {t('print')}
        </Button>
      </Popover>
      <DownloadState run={making} />
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
