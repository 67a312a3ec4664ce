import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Text } from '../../handbook/model.ts'
import { actAs } from '../auth/acting.ts'
import type { Acting, Kernel } from '../context.ts'
import { Refusal } from '../refusal.ts'
import { guessMapping } from './guess.ts'
import type { Choices, Importer, Mapping } from './importer.ts'
import { writeImport } from './jobs.ts'
import { laidOutFor, readFileOnce } from './opened.ts'
import { prepareRun } from './prepare.ts'
import type { Reading, SheetReading } from './reading.ts'
import {
  cancelRun,
  checkSize,
  faultsOf,
  importerOf,
  openRun,
  type RunRow,
  requireImport,
  runById,
  tryRun,
  writeRun,
} from './runs.ts'
import type { Book } from './sheet/book.ts'
import { encodingNames } from './sheet/encodings.ts'

export interface ImportAsked {
  readonly file: string
  readonly login: string
  /** What the file is: an importer's id. */
  readonly what: string
  /** A mapping as the page keeps it; left out, the remembered or guessed one. */
  readonly map?: Mapping | undefined
  readonly basis?: string | undefined
  /** Other choices of the importer, by id. */
  readonly choices?: Choices | undefined
  /** How the file is read; what is left out is found out. */
  readonly reading?: AskedReading | undefined
  readonly dryRun: boolean
  /** Accepts the proposed owners and leaves faulty rows out. */
  readonly yes: boolean
}
/** How a file is read, as a command says it: for every sheet, or for one by its name. */
export interface AskedReading extends Pick<Reading, 'encoding' | 'dates' | 'decimal'> {
  /** Row of headings by sheet; the empty name stands for the sheet that the import is about. */
  readonly headerRows?: Readonly<Record<string, number>>
  readonly hiddenRows?: boolean | undefined
  readonly fillMerged?: boolean | undefined
}
type Say = (text: Text) => void

/**
 * `kambook import FILE`: the same run as in the browser, under the same rights.
 * @returns exit code: 0 written, or tried without a faulty row; 1 faulty rows in a trial, or nothing written
 */
export async function importFile(kernel: Kernel, asked: ImportAsked, say: Say): Promise<number> {
  const acting = await actAs(kernel, asked.login)
  const importer = await acting.run(async (ctx) => {
    const found = importerOf(ctx, asked.what)
    await requireImport(ctx, found)
    return found
  })
  const bytes = await bytesOf(asked.file)
  checkSize(bytes)
  const name = basename(asked.file)
  const book = await readFileOnce(bytes, name, asked.reading?.encoding)
  const reading = readingOf(importer, book, asked.reading)
  const id = await acting.run((ctx) => openRun(ctx, asked.what, name, bytes, reading, book))
  const run = await tried(acting, importer, id, asked, say)
  await tell(acting, run, say)
  const faulty = run.trial?.faultyRows ?? 0
  if (asked.dryRun || !asked.yes) {
    await acting.run((ctx) => cancelRun(ctx, id))
    if (asked.dryRun) return faulty > 0 ? 1 : 0
    const proposed = (run.trial?.proposal.length ?? 0) > 0
    say({
      zh: `没有写入。加 --yes ${proposed ? '接受建议的负责人并写入' : '写入'}，有问题的行不写`,
      en: `Nothing was written. Add --yes to ${proposed ? 'accept the proposed owners and write' : 'write'}; bad rows are left out`,
    })
    return 1
  }
  await acting.run((ctx) => writeRun(ctx, id, { rev: run.rev, leaveOutFaulty: true, owners: {} }))
  // Written here at once; a worker that takes the queued job up finds the run done.
  const { userId, personId } = acting.actor
  const result = await writeImport(kernel, { runId: id, editionId: acting.editionId, userId, personId })
  const after = await acting.run((ctx) => runById(ctx.tx, id))
  if (after.state === 'failed' || (!result && after.state !== 'done')) {
    say(after.result?.failure ?? { zh: '没有写入', en: 'Nothing was written' })
    return 1
  }
  const told = result?.said ?? after.result?.said
  say({ zh: told ? `已写入。${told.zh}` : '已写入', en: told ? `Written. ${told.en}` : 'Written' })
  return 0
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new Refusal(422, 'no-file', {
      zh: code === 'ENOENT' ? `没有文件 ${file}` : `读不了文件 ${file}（${code}）`,
      en: code === 'ENOENT' ? `There is no file ${file}` : `The file ${file} cannot be read (${code})`,
    })
  }
}

/** What a command says of the reading, by the sheets of the file. */
function readingOf(importer: Importer, book: Book, asked: AskedReading = {}): Reading {
  const { headerRows = {}, hiddenRows, fillMerged, ...plain } = asked
  const sheets: Record<string, SheetReading> = {}
  if (hiddenRows || fillMerged) for (const { name } of book.sheets) sheets[name] = { hiddenRows, fillMerged }
  const guessed = guessMapping(importer, laidOutFor(importer, book, {})).sheets
  const main =
    importer.sheets.map((spec) => guessed[spec.id]).find(Boolean) ??
    book.sheets.find((sheet) => !sheet.hidden)?.name ??
    ''
  for (const [name, headerRow] of Object.entries(headerRows))
    sheets[name || main] = { ...sheets[name || main], headerRow }
  return Object.keys(sheets).length > 0 ? { ...plain, sheets } : plain
}

/** Tries the mapping; a run that cannot be tried is not left lying about. */
async function tried(
  acting: Acting,
  importer: Importer,
  id: number,
  asked: ImportAsked,
  say: Say,
): Promise<RunRow> {
  try {
    const opened = await acting.run((ctx) => runById(ctx.tx, id))
    const mapping = asked.map ?? opened.mapping
    tellReading(importer, opened, mapping, say)
    const prepared = await prepareRun(acting, id, mapping)
    return await acting.run(async (ctx) => {
      const choices = { ...asked.choices, ...(asked.basis ? { basis: asked.basis } : {}) }
      await tryRun(ctx, id, { rev: opened.rev, mapping, choices }, prepared)
      return runById(ctx.tx, id)
    })
  } catch (error) {
    await acting.run((ctx) => cancelRun(ctx, id))
    throw error
  }
}

/** How the file is read and which column is taken for which: all that is guessed is said. */
function tellReading(importer: Importer, run: RunRow, mapping: Mapping, say: Say): void {
  const { encoding } = run
  if (encoding && !encoding.clear && !run.reading.encoding)
    for (const one of encoding.candidates)
      say({
        zh: `? --encoding ${one.encoding}（${encodingNames[one.encoding].zh}）：${firstLine(one.sample)}`,
        en: `? --encoding ${one.encoding} (${encodingNames[one.encoding].en}): ${firstLine(one.sample)}`,
      })
  else if (encoding) {
    const sample = encoding.candidates.find((one) => one.encoding === encoding.encoding)?.sample ?? ''
    const { zh, en } = encodingNames[encoding.encoding]
    say({
      zh: `编码：${zh}，开头：${firstLine(sample)}`,
      en: `Encoding: ${en}, begins: ${firstLine(sample)}`,
    })
  }
  for (const spec of importer.sheets) {
    const sheet = run.sheets.find((one) => one.name === mapping.sheets[spec.id])
    if (!sheet) continue
    const row = sheet.headerRow
    say({
      zh: `${spec.label.zh} ← 工作表“${sheet.name}”，${row > 0 ? `标题在第 ${row} 行` : '没有标题行'}`,
      en: `${spec.label.en} ← sheet “${sheet.name}”, ${row > 0 ? `headings in row ${row}` : 'no row of headings'}`,
    })
    const pairs = (lang: 'zh' | 'en') =>
      spec.columns
        .flatMap(({ id, label }) => {
          const heading = mapping.columns[spec.id]?.[id]
          return heading ? [`${label[lang]} ← ${heading}`] : []
        })
        .join(lang === 'zh' ? '，' : ', ')
    if (pairs('zh') !== '') say({ zh: `  ${pairs('zh')}`, en: `  ${pairs('en')}` })
  }
  if (run.remembered)
    say({
      zh: '以上沿用上次同样文件的选择',
      en: 'All of this is taken over from the last file that looked like this one',
    })
  // What is tried says the rest; without a table to try, it is said here.
  if (Object.values(mapping.sheets).every((name) => !name) || !run.sheets.some((one) => one.headerRow > 0))
    for (const sheet of run.sheets)
      for (const { zh, en } of sheet.notices)
        say({ zh: `! “${sheet.name}”：${zh}`, en: `! “${sheet.name}”: ${en}` })
}

const firstLine = (sample: string): string => (sample.split('\n')[0] ?? '').slice(0, 80)

const shownFaults = 50

/** Counts of new, changed, same and bad rows, and where the bad ones are. */
async function tell(acting: Acting, run: RunRow, say: Say): Promise<void> {
  for (const count of run.trial?.counts ?? [])
    say({
      zh: `${count.label.zh}：新增 ${count.fresh}，修改 ${count.changed}，不变 ${count.same}`,
      en: `${count.label.en}: ${count.fresh} new, ${count.changed} changed, ${count.same} the same`,
    })
  const bad = run.trial?.faultyRows ?? 0
  say({ zh: `有问题的行：${bad}`, en: `Bad rows: ${bad}` })
  for (const warning of run.trial?.warnings ?? []) say({ zh: `! ${warning.zh}`, en: `! ${warning.en}` })
  const { items } = await acting.run((ctx) => faultsOf(ctx, run.id, 0, shownFaults))
  for (const { sheet, row, column, value, text } of items)
    say({
      zh: `× ${sheet} 第 ${row} 行 ${column}：${value} — ${text.zh}`,
      en: `× ${sheet} row ${row} ${column}: ${value} — ${text.en}`,
    })
  const more = (run.trial?.faults ?? 0) - items.length
  if (more > 0) say({ zh: `× 还有 ${more} 处`, en: `× and ${more} more` })
}
