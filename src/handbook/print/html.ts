import type { Lang } from '../model.ts'
import type { Block, Document } from './block.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign)
const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${safe(cell)}</${tag}>`).join('')}</tr>`

function columns(widths: readonly number[]): string {
  const whole = widths.reduce((sum, width) => sum + width, 0)
  return `<colgroup>${widths.map((width) => `<col style="width:${((100 * width) / whole).toFixed(1)}%">`).join('')}</colgroup>`
}

const anchor = (at: number): string => `s${at}`

function blockHtml(block: Block, at: number): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level} id="${anchor(at)}">${safe(block.text)}</h${block.level}>`
    case 'text':
      return `<p${block.quiet ? ' class="quiet"' : ''}>${safe(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${safe(item)}</li>`).join('')}</ul>`
    case 'table':
      return `<table>${columns(block.widths)}<thead>${row(block.head, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
    case 'blanks':
      return `<table class="blanks">${columns([1, 3])}<tbody>${block.rows
        .map(
          ([label, hint]) =>
            `<tr><th scope="row">${safe(label)}</th><td class="quiet">${safe(hint)}</td></tr>`,
        )
        .join('')}</tbody></table>`
    // As an image a drawing keeps its ids to itself, and nothing in it can run.
    case 'picture':
      return `<figure><img alt="${safe(block.caption)}" width="${block.width}" height="${block.height}" src="data:image/svg+xml;base64,${Buffer.from(block.svg).toString('base64')}"><figcaption>${safe(block.caption)}</figcaption></figure>`
  }
}

const style = `
:root { color: #1f2a44; background: #fff; font: 15px/1.7 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif; }
body { max-width: 960px; margin: 0 auto; padding: 24px 16px 64px; }
header { margin: 32px 0 40px; } header h1 { font-size: 32px; margin: 0; } h1 { color: #2f4fa8; font-size: 26px; margin: 56px 0 16px; }
h2 { font-size: 20px; margin: 36px 0 12px; } h3 { font-size: 17px; margin: 28px 0 8px; } h4 { font-size: 15px; margin: 20px 0 6px; }
.quiet, figcaption, footer, header p { color: #5b6472; } nav ol { list-style: none; padding: 0; } nav li { line-height: 1.9; } nav .l2 { padding-left: 1.5em; }
a { color: #2f4fa8; text-decoration: none; } a:hover { text-decoration: underline; }
table { border-collapse: collapse; width: 100%; margin: 12px 0 20px; font-size: 13px; } th, td { border: 1px solid #d5d9e2; padding: 6px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eef1f7; } .blanks td { height: 2.6em; } figure { margin: 16px 0; overflow-x: auto; } img { max-width: 100%; height: auto; }
@media print { h1 { break-before: page; } h1, h2, h3, h4 { break-after: avoid; } tr, figure { break-inside: avoid; } thead { display: table-header-group; } nav { break-after: page; } }
`

/** Sets a document as one HTML file that needs nothing else: contents with links, pictures inside, fit to be printed. */
export function asHtml(doc: Document, lang: Lang): Uint8Array {
  const entries = doc.blocks.flatMap((block, at) =>
    block.kind === 'heading' && block.level <= 2
      ? [`<li class="l${block.level}"><a href="#${anchor(at)}">${safe(block.text)}</a></li>`]
      : [],
  )
  const contents =
    doc.contents === null
      ? ''
      : `<nav aria-label="${safe(doc.contents)}"><h2>${safe(doc.contents)}</h2><ol>${entries.join('')}</ol></nav>`
  return new TextEncoder().encode(`<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(doc.title)}</title><style>${style}</style></head>
<body>
<header><h1>${safe(doc.title)}</h1><p>${safe(doc.subtitle)}</p></header>
${contents}
<main>
${doc.blocks.map(blockHtml).join('\n')}
</main>
<footer>${safe(doc.foot)}</footer>
</body>
</html>
`)
}
