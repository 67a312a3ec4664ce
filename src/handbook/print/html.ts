import { type Block, type Document, type Field, flat, inLine, type Tongue, type Words } from './block.ts'
import { settled } from './flow.ts'
import { style } from './html-style.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
const lines = (text: string): string => text.split('\n').map(safe).join('<br>')

/** Words with their origin behind them; English on a line of its own below the Chinese. */
function content(words: Words, origin?: Words): string {
  const tag = (lang: 'zh' | 'en') => {
    const word = typeof origin === 'object' ? origin[lang] : origin
    return word ? ` <small>${safe(word)}</small>` : ''
  }
  if (typeof words === 'string') return lines(words) + tag('zh')
  return `<span lang="zh-CN">${lines(words.zh)}${tag('zh')}</span><span lang="en">${lines(words.en)}${tag('en')}</span>`
}
const inline = (words: Words): string =>
  typeof words === 'string'
    ? safe(words)
    : `<span lang="zh-CN">${safe(words.zh)}</span> <span lang="en">${safe(words.en)}</span>`

const row = (cells: readonly Words[], tag: 'td' | 'th', style = ''): string =>
  `<tr${style}>${cells.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${content(cell)}</${tag}>`).join('')}</tr>`

function columns(widths: readonly number[]): string {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return `<colgroup>${widths.map((width) => `<col style="width:${((100 * width) / whole).toFixed(1)}%">`).join('')}</colgroup>`
}

function fieldCells(field: Field, alone: boolean): string {
  const ticks = field.ticks.map((tick) => `<span class="tick">□ ${inline(tick)}</span>`).join(' ')
  return `<th scope="row">${content(field.label)}</th><td${alone ? ' colspan="3"' : ''} style="height:${field.lines * 8}mm">${ticks}<small>${inline(field.hint)}</small></td>`
}

/** Headings are numbered through, so that the contents can lead to each. */
function setter(): (block: Block) => string {
  let headings = 0
  const set = (block: Block): string => {
    switch (block.kind) {
      case 'heading': {
        const id = anchor(headings)
        headings += 1
        return `<h${block.level} id="${id}"${block.page ? ' class="page"' : ''}>${inline(block.text)}</h${block.level}>`
      }
      case 'text':
        return `<p${block.quiet ? ' class="quiet"' : ''}>${content(block.text, block.origin)}</p>`
      case 'list':
        return `<ul>${block.items.map((item) => `<li>${content(item.text, item.origin)}</li>`).join('')}</ul>`
      case 'facts':
        return `<div class="wide"><table class="facts">${columns([1, 4.4])}<tbody>${block.rows
          .map(
            ([label, words]) => `<tr><th scope="row">${content(label)}</th><td>${content(words)}</td></tr>`,
          )
          .join('')}</tbody></table></div>`
      case 'table': {
        const height = block.mm ? ` style="height:${block.mm}mm"` : ''
        return `<div class="wide"><table${block.mm ? ' class="ruled"' : ''}>${columns(block.widths)}<thead>${row(block.head, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td', height)).join('')}</tbody></table></div>`
      }
      case 'band':
        return `<div class="band"><strong>${inline(block.text)}</strong><small>${inline(block.note)}</small></div>`
      case 'fields':
        return `<div class="wide"><table class="ruled fields">${columns([1.15, 1.85, 1.15, 1.85])}<tbody>${block.rows
          .map(
            (cells) =>
              `<tr>${cells.map((field) => fieldCells(field, field.whole || cells.length === 1)).join('')}</tr>`,
          )
          .join('')}</tbody></table></div>`
      // As an image a drawing keeps its ids to itself, and nothing in it can run.
      case 'picture':
        return block.parts
          .map((part, at) => {
            const caption = `${inLine(block.caption)}${block.parts.length > 1 ? ` (${at + 1}/${block.parts.length})` : ''}`
            return `<figure><div class="wide"><img alt="${safe(caption)}" width="${part.width}" height="${part.height}" src="data:image/svg+xml;base64,${Buffer.from(part.svg).toString('base64')}"></div><figcaption>${safe(caption)}</figcaption></figure>`
          })
          .join('')
      case 'turned':
        return `<section class="turned">${block.blocks.map((one) => set(one)).join('\n')}</section>`
      case 'whole':
        return `<div class="whole">${block.blocks.map((one) => set(one)).join('\n')}</div>`
    }
  }
  return set
}
const anchor = (at: number): string => `s${at}`

/** Sets a document as one HTML file that needs nothing else: contents with links, pictures inside, fit to be printed. */
export function asHtml(given: Document, lang: Tongue): Uint8Array {
  const doc = settled(given)
  const set = setter()
  const entries = flat(doc.blocks)
    .filter((block) => block.kind === 'heading')
    .flatMap((block, at) =>
      block.level <= 3
        ? [`<li class="l${block.level}"><a href="#${anchor(at)}">${inline(block.text)}</a></li>`]
        : [],
    )
  const contents =
    doc.contents === null
      ? ''
      : `<nav aria-label="${safe(inLine(doc.contents))}"><h2>${inline(doc.contents)}</h2><ol>${entries.join('')}</ol></nav>`
  const control =
    doc.control.length > 0
      ? `<dl>${doc.control.map(([label, words]) => `<dt>${inline(label)}</dt><dd>${inline(words)}</dd>`).join('')}</dl>`
      : ''
  return new TextEncoder().encode(`<!doctype html>
<html lang="${lang === 'en' ? 'en' : 'zh-CN'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(inLine(doc.title))}</title><style>${style}</style></head>
<body>
<header><h1>${inline(doc.title)}</h1><p>${inline(doc.subtitle)}</p>${control}</header>
${contents}
<main>
${doc.blocks.map((block) => set(block)).join('\n')}
</main>
<footer>${safe(doc.foot)}</footer>
</body>
</html>
`)
}
