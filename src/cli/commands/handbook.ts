import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { registry } from '../../app/registry.ts'
import { drawDiagram } from '../../handbook/diagram/draw.ts'
import { readEditionFolder } from '../../handbook/load.ts'
import type { Problem } from '../../handbook/model.ts'
import { judge } from '../../kernel/handbook/judge.ts'
import { oneOf, readArguments, required } from '../arguments.ts'
import { referenceFolder } from '../edition.ts'
import { inWords, say } from '../say.ts'
import {
  approveNumber,
  diffEditions,
  exportEdition,
  importEdition,
  publishNumber,
  refuseNumber,
  withdrawNumber,
} from './editions.ts'

/** `kambook handbook check|build [FOLDER]`, `draw FILE...`, `export|import FOLDER`, `diff A B`, `publish|withdraw|approve|refuse N` */
export async function handbook(args: string[]): Promise<void> {
  const verbs = {
    check,
    build,
    draw,
    export: exportEdition,
    import: importEdition,
    diff: diffEditions,
    publish: publishNumber,
    withdraw: withdrawNumber,
    approve: approveNumber,
    refuse: refuseNumber,
  }
  const verb = oneOf(args[0] ?? '', 'handbook', Object.keys(verbs) as (keyof typeof verbs)[])
  await verbs[verb](args.slice(1))
}

/** Loads and judges an edition as publishing would. */
const judged = async (folder: string) => judge(registry, await readEditionFolder(folder))

const severities = {
  error: { zh: '错误', en: 'error' },
  warning: { zh: '警告', en: 'warning' },
  note: { zh: '提示', en: 'note' },
}

function sayProblem({ where, severity, check: rule, message }: Problem, folder: string): void {
  const at = `${join(folder, where.file)}:${where.line}:${where.column}`
  say({
    zh: `${at} ${severities[severity].zh} [${rule}] ${message.zh}`,
    en: `${at} ${severities[severity].en} [${rule}] ${message.en}`,
  })
}

/** `handbook check [FOLDER]`: every finding with its place; fails on errors only. */
async function check(args: string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, 1)
  const folder = resolve(positionals[0] ?? referenceFolder())
  const { edition, problems } = await judged(folder)
  for (const one of problems) sayProblem(one, folder)
  const n = (severity: Problem['severity']) => problems.filter((one) => one.severity === severity).length
  say({
    zh: `${edition ? `${edition.title.zh} ${edition.number}：` : ''}${n('error')} 处错误，${n('warning')} 处警告，${n('note')} 处提示`,
    en: `${edition ? `${edition.title.en} ${edition.number}: ` : ''}${n('error')} errors, ${n('warning')} warnings, ${n('note')} notes`,
  })
  if (n('error') > 0) process.exitCode = 1
}

/** `handbook build [FOLDER] [--out dist/handbook]`: the handbook as Word, PDF and one HTML file in both languages. */
async function build(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      out: { type: 'string', default: 'dist/handbook' },
      format: { type: 'string', multiple: true, default: ['docx', 'pdf', 'html'] },
      lang: { type: 'string', multiple: true, default: ['zh', 'en'] },
    },
    1,
  )
  const formats = values.format.map((one) => oneOf(one, '--format', ['docx', 'pdf', 'html'] as const))
  const langs = values.lang.map((one) => oneOf(one, '--lang', ['zh', 'en', 'both'] as const))
  const { edition, problems } = await judged(resolve(positionals[0] ?? referenceFolder()))
  const faulty = problems.some((one) => one.severity === 'error')
  if (!edition || faulty) {
    console.error(
      inWords({
        zh: '手册有错误，没有印出。npx kambook handbook check 列出各处',
        en: 'The handbook has errors and was not printed. npx kambook handbook check lists them',
      }),
    )
    process.exitCode = 1
    return
  }
  // Printing brings fonts and a typesetter along; no other command waits for them.
  const { printEdition } = await import('../../handbook/print/print.ts')
  const out = resolve(values.out)
  await mkdir(out, { recursive: true })
  for (const format of formats)
    for (const lang of langs) {
      const begun = performance.now()
      const printed = await printEdition(edition, { format, lang })
      if (!printed) throw new Error('the whole manual is always there')
      const path = join(out, `handbook.${lang}.${format}`)
      await writeFile(path, printed.bytes)
      const facts = `${(printed.bytes.length / 1024).toFixed(0)} KB, ${((performance.now() - begun) / 1000).toFixed(1)} s`
      console.log(`${path}  ${facts}`)
    }
}

/** `handbook draw FILE...`: gives workflows positions anew after their text was edited; the text itself stays as it is. */
async function draw(args: string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, 99)
  const files = [required(positionals[0], 'FILE'), ...positionals.slice(1)]
  for (const file of files) {
    const source = await readFile(file, 'utf8')
    const { xml, problems } = await drawDiagram(file, source)
    for (const one of problems) sayProblem(one, '')
    if (xml === null) {
      say({ zh: `${file} 没有改动`, en: `${file} was not changed` })
      process.exitCode = 1
    } else if (xml === source) say({ zh: `${file} 的位置没有变化`, en: `${file} needs no new positions` })
    else {
      await writeFile(file, xml)
      say({ zh: `${file} 已重排位置`, en: `${file} has its positions anew` })
    }
  }
}
