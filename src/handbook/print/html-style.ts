/** The one sheet of styles of a printed HTML file: for a screen, a phone, and paper. */
export const style = `
:root { color: #1b2430; background: #fff; font: 15px/1.75 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif; }
body { max-width: 980px; margin: 0 auto; padding: 24px 16px 64px; overflow-wrap: break-word; }
header { margin: 48px 0 40px; border-left: 5px solid #3151a6; padding-left: 18px; } header h1 { font-size: 32px; line-height: 1.3; margin: 0; }
header dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 13px; color: #535d6b; margin: 16px 0 0; } dd { margin: 0; }
h1, h2, h4, header h1 { color: #3151a6; } h1 { font-size: 26px; margin: 64px 0 16px; } h2 { font-size: 20px; margin: 40px 0 12px; }
h3 { font-size: 17px; margin: 36px 0 8px; } h4 { font-size: 15px; margin: 24px 0 6px; }
.quiet, figcaption, footer, header p, small, .facts th { color: #535d6b; } .quiet { font-size: 13px; } small { font-size: 12px; }
span[lang=en] { color: #535d6b; } td > span[lang], th > span[lang], p > span[lang], li > span[lang] { display: block; } .tick { display: inline-block; margin-right: 1em; }
nav ol { list-style: none; padding: 0; } nav li { line-height: 1.9; } nav .l1 { font-weight: 600; margin-top: 10px; } nav .l2 { padding-left: 1.5em; } nav .l3 { padding-left: 3em; font-size: 13px; }
a { color: #3151a6; text-decoration: none; } a:hover { text-decoration: underline; } a:focus-visible { outline: 3px solid #3151a6; outline-offset: 2px; }
.wide { overflow-x: auto; margin: 10px 0 18px; } table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.6; }
th, td { border-bottom: 1px solid #dfe3e8; padding: 6px 8px; text-align: left; vertical-align: top; } thead th { background: #eef2fb; border-top: 2px solid #3151a6; }
.facts th { font-weight: 400; } .ruled th, .ruled td { border: 1px solid #8a93a0; vertical-align: middle; } .ruled thead th { text-align: center; } .fields th { background: #f6f7f9; font-weight: 400; }
.band { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; flex-wrap: wrap; background: #eef2fb; border: 1px solid #8a93a0; border-bottom: 0; padding: 4px 8px; margin-top: 16px; font-size: 13px; } .band + .wide { margin-top: 0; }
figure { margin: 16px 0; } figure .wide { margin: 0; } img { max-width: 100%; height: auto; } figcaption { font-size: 12px; text-align: center; }
@media (max-width: 600px) { .wide > table { min-width: 640px; } .wide > .facts { min-width: 0; } figure img { max-width: none; } nav .l3 { padding-left: 2em; } }
@page { size: A4; margin: 22mm 20mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 8pt; color: #535d6b; } }
@page turned { size: A4 landscape; }
@media print {
  :root { font-size: 10pt; line-height: 1.6; } body { max-width: none; padding: 0; margin: 0; } header { break-after: page; margin-top: 80mm; } nav { break-after: page; }
  table, .band { font-size: 8.5pt; } small, .quiet, figcaption { font-size: 8pt; } .wide { overflow: visible; }
  h1, h2, h3, h4 { break-after: avoid; } h1, .page { break-before: page; } header h1, main > h1:first-child { break-before: auto; }
  tr, figure, .whole { break-inside: avoid; } thead { display: table-header-group; } .band, .wide:has(+ figure) { break-after: avoid; } .turned { page: turned; } a { color: inherit; }
  figure img { max-height: 220mm; } .turned figure img { max-height: 140mm; } footer { display: none; }
}
`
