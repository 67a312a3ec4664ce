import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Text } from '../../handbook/model.ts'
import { actAs } from '../auth/acting.ts'
import type { Acting, Kernel } from '../context.ts'
import { Refusal } from '../refusal.ts'
import type { Mapping } from './importer.ts'
import { writeImport } from './jobs.ts'
import { cancelRun, faultsOf, openRun, type RunRow, runById, tryRun, writeRun } from './runs.ts'

export interface ImportAsked {
  readonly file: string
  readonly login: string
  /** What the file is: an importer's id. */
  readonly what: string
  /** A mapping as the page keeps it; left out, the remembered or guessed one. */
  readonly map?: Mapping | undefined
  readonly basis?: string | undefined
  readonly dryRun: boolean
  /** Accepts the proposed owners and leaves faulty rows out. */
  readonly yes: boolean
}
type Say = (text: Text) => void

/**
 * `kambook import FILE`: the same run as in the browser, under the same rights.
 * @returns exit code: 0 written, or tried without a faulty row; 1 faulty rows in a trial, or nothing written
 */
export async function importFile(kernel: Kernel, asked: ImportAsked, say: Say): Promise<number> {
  const acting = await actAs(kernel, asked.login)
  const bytes = await bytesOf(asked.file)
  const id = await acting.run((ctx) => openRun(ctx, asked.what, basename(asked.file), bytes))
  const run = await tried(acting, id, asked)
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

/** Tries the mapping; a run that cannot be tried is not left lying about. */
async function tried(acting: Acting, id: number, asked: ImportAsked): Promise<RunRow> {
  try {
    return await acting.run(async (ctx) => {
      const { rev, mapping } = await runById(ctx.tx, id)
      await tryRun(ctx, id, {
        rev,
        mapping: asked.map ?? mapping,
        choices: asked.basis ? { basis: asked.basis } : {},
      })
      return runById(ctx.tx, id)
    })
  } catch (error) {
    await acting.run((ctx) => cancelRun(ctx, id))
    throw error
  }
}

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
