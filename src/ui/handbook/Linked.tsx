import { Fragment } from 'react'
import { elementOf, type Reading, refOf } from '../../handbook/words/element.ts'
import { findNorm } from '../../handbook/words/norms.ts'
import { Go } from '../components/Go.tsx'
import { useText } from '../i18n/texts.ts'
import { useBook, useHref } from './context.ts'

/** Codes as people write them: FM-18, MP-02, K01, C-3, S-3.1, A3-1, SUP. */
const codes =
  /\{\{(?:norm|kpi)\.[\w.-]+\}\}|\b(?:[A-Z]{1,2}\d?-\d{1,2}(?:\.\d{1,2})?[a-z]?|[A-D]\d[a-d]?|K\d{2}|[A-Z]{2,4})\b/g

export type Part = string | { readonly ref: string; readonly text: string }

/** Cuts a sentence where it names an element of the edition; a norm reference becomes the norm's value. */
export function partsOf(edition: Reading, text: string, lang: 'zh' | 'en'): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(codes)) {
    const part = partOf(edition, match[0], lang)
    if (!part) continue
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push(part)
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

function partOf(edition: Reading, code: string, lang: 'zh' | 'en'): Part | null {
  if (code.startsWith('{{')) {
    const path = code.slice(2, -2)
    const found = findNorm(edition, path)
    return found ? { ref: `norm:${path}`, text: found.words[lang] } : null
  }
  const element = elementOf(edition, code)
  return element ? { ref: refOf(element), text: code } : null
}

/** A sentence of the handbook in which every code leads to its element. */
export function Linked({ text }: { text: { zh: string; en: string } }) {
  const pick = useText()
  return <LinkedLine line={pick(text)} />
}

export function LinkedLine({ line }: { line: string }) {
  const { edition } = useBook()
  const href = useHref()
  const pick = useText()
  const lang = pick({ zh: 'zh', en: 'en' }) as 'zh' | 'en'
  return partsOf(edition, line, lang).map((part, index) =>
    typeof part === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one unchanging sentence
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one unchanging sentence
      <Go key={index} href={href(part.ref)} className="kb-linked">
        {part.text}
      </Go>
    ),
  )
}
