import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Ctx, House, Right } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { askHeavy, cancelHeavy } from '../jobs/ask.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { requireRight, scopeOf } from '../rights/may.ts'
import { fingerprintOf, guessMapping } from './guess.ts'
import type { Choices, Importer, Mapping, ReadSheet, Taken, Trial } from './importer.ts'
import { forgetSheets, keepSheets, keptSheets } from './sheet/kept.ts'
import { limits } from './sheet/limits.ts'
import { namedRefusal } from './sheet/named.ts'
import { sheetsOf } from './sheet/sheets.ts'
import { textOf } from './sheet/values.ts'
import type { ImportFault, ImportRow, ImportRun } from './wire.ts'

const partSize = 4_000_000

export interface RunRow {
  readonly id: number
  readonly rev: number
  readonly importer: string
  readonly file_name: string
  readonly size: number
  readonly digest: string
  readonly state: ImportRun['state']
  readonly sheets: ImportRun['sheets']
  readonly fingerprint: string
  readonly mapping: Mapping
  readonly remembered: boolean
  readonly choices: Choices
  readonly trial: (Omit<Trial, 'faults'> & { readonly faults: number; readonly faultyRows: number }) | null
  readonly progress: ImportRun['progress']
  readonly result: (NonNullable<ImportRun['result']> & { failure?: Text }) | null
  readonly created_at: Date
}

const stateWords: Record<ImportRun['state'], Text> = {
  mapping: { zh: '对应列', en: 'Matching columns' },
  tried: { zh: '已试算，待写入', en: 'Tried, ready to write' },
  writing: { zh: '写入中', en: 'Writing' },
  done: { zh: '已完成', en: 'Done' },
  failed: { zh: '没有写入', en: 'Not written' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

export function importerOf(ctx: { readonly house: Pick<House, 'registry'> }, id: string): Importer {
  const importer = ctx.house.registry.importers.get(id)
  if (!importer) throw notFound()
  return importer
}

/** Importing writes rows of every unit: the right must reach all of them, and so must those that the chosen columns need. */
export async function requireImport(ctx: Ctx, importer: Importer, mapping?: Mapping): Promise<void> {
  const needed: Right[] = importer.kinds.map((kind) => ({ kind, verb: 'import' }))
  if (mapping) needed.push(...(importer.needs?.(mapping) ?? []))
  for (const { kind, verb } of needed) {
    await requireRight(ctx, kind, verb)
    if (!(await scopeOf(ctx, kind, verb)).all)
      throw new Refusal(403, 'no-right', {
        zh: '导入会写入各大区的记录，您的权限只到自己的范围',
        en: 'An import writes records of every region; your right covers your own scope only',
      })
  }
}

/** Stores a file, reads its sheets and offers a mapping: the remembered one of such a file, else a guess. */
export async function openRun(
  ctx: Ctx,
  importerId: string,
  fileName: string,
  bytes: Uint8Array,
): Promise<number> {
  const importer = importerOf(ctx, importerId)
  await requireImport(ctx, importer)
  if (bytes.length === 0)
    throw invalid({ zh: '文件是空的，选择另一个文件', en: 'The file is empty. Choose another one' })
  if (bytes.length > limits.bytes)
    throw new Refusal(413, 'too-large', {
      zh: `文件超过 ${limits.bytes / 1_000_000} MB，分成几个文件`,
      en: `The file is larger than ${limits.bytes / 1_000_000} MB. Split it`,
    })
  const digest = createHash('sha256').update(bytes).digest('hex')
  const sheets = await sheetsOf(bytes).catch((error: unknown) => {
    throw namedRefusal(error, fileName.slice(0, 200), bytes)
  })
  keepSheets(digest, sheets)
  const fingerprint = fingerprintOf(sheets)
  const known = await sql<{ mapping: Mapping; choices: Choices }>`select mapping, choices from import_memory
    where importer = ${importer.id} and fingerprint = ${fingerprint}`.execute(ctx.tx)
  const mapping = known.rows[0]?.mapping ?? guessMapping(importer, sheets)
  const shown = sheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet.rows.length,
    headings: sheet.headings,
    sample: sheet.rows.slice(0, 5).map((row) => sheet.headings.map((_, at) => textOf(row[at]).slice(0, 80))),
  }))
  const { rows } = await sql<{ id: number }>`insert into import_run
      (importer, file_name, size, digest, person_id, sheets, fingerprint, mapping, remembered, choices)
    values (${importer.id}, ${fileName.slice(0, 200)}, ${bytes.length}, ${digest},
      app_person(), ${JSON.stringify(shown)}::jsonb, ${fingerprint}, ${JSON.stringify(mapping)}::jsonb, ${known.rows.length > 0},
      ${JSON.stringify(known.rows[0]?.choices ?? {})}::jsonb) returning id`.execute(ctx.tx)
  const id = rows[0]?.id as number
  for (let part = 0; part * partSize < bytes.length; part += 1)
    await sql`insert into import_file (run_id, part, bytes)
      values (${id}, ${part}, ${Buffer.from(bytes.subarray(part * partSize, (part + 1) * partSize))})`.execute(
      ctx.tx,
    )
  return id
}

export async function runById(tx: Tx, id: number): Promise<RunRow> {
  const { rows } =
    await sql<RunRow>`select id, rev, importer, file_name, size, digest, state, sheets, fingerprint, mapping, remembered,
    choices, trial, progress, result, created_at from import_run where id = ${id}`.execute(tx)
  if (!rows[0]) throw notFound()
  return rows[0]
}

async function sheetsOfRun(tx: Tx, { id, digest }: RunRow): Promise<ReadSheet[]> {
  const kept = keptSheets(digest)
  if (kept) return kept
  const { rows } = await sql<{
    bytes: Buffer
  }>`select bytes from import_file where run_id = ${id} order by part`.execute(tx)
  const sheets = await sheetsOf(new Uint8Array(Buffer.concat(rows.map((row) => row.bytes))))
  keepSheets(digest, sheets)
  return sheets
}

/** Hands each asked-for part its sheet of the stored file. */
export async function takenOf(tx: Tx, run: RunRow, importer: Importer, mapping: Mapping): Promise<Taken> {
  const sheets = await sheetsOfRun(tx, run)
  const taken: Record<string, ReadSheet> = {}
  for (const spec of importer.sheets) {
    const name = mapping.sheets[spec.id]
    const sheet = sheets.find((one) => one.name === name)
    if (sheet) taken[spec.id] = sheet
  }
  return taken
}

/** Every asked-for sheet and required column must be matched, each to a heading that is there. */
export function checkMapping(importer: Importer, run: Pick<RunRow, 'sheets'>, mapping: Mapping): void {
  const faults = importer.sheets.flatMap((spec) => {
    const name = mapping.sheets[spec.id] ?? null
    if (name === null)
      return spec.required
        ? [
            {
              path: `mapping.sheets.${spec.id}`,
              text: {
                zh: `选择“${spec.label.zh}”在哪张工作表`,
                en: `Choose the sheet of ${spec.label.en}`,
              },
            },
          ]
        : []
    const sheet = run.sheets.find((one) => one.name === name)
    if (!sheet)
      return [
        {
          path: `mapping.sheets.${spec.id}`,
          text: { zh: `文件里没有“${name}”这张表`, en: `There is no sheet “${name}” in the file` },
        },
      ]
    return spec.columns.flatMap((column) => {
      const heading = mapping.columns[spec.id]?.[column.id] ?? null
      if (heading === null)
        return column.required
          ? [
              {
                path: `mapping.columns.${spec.id}.${column.id}`,
                text: { zh: `“${column.label.zh}”要对应一列`, en: `${column.label.en} needs a column` },
              },
            ]
          : []
      return sheet.headings.includes(heading)
        ? []
        : [
            {
              path: `mapping.columns.${spec.id}.${column.id}`,
              text: {
                zh: `“${name}”里没有“${heading}”这一列`,
                en: `There is no column “${heading}” on “${name}”`,
              },
            },
          ]
    })
  })
  if (faults.length > 0)
    throw invalid(
      { zh: `还有 ${faults.length} 处没有对应好`, en: `${faults.length} places are not matched yet` },
      faults,
    )
}

const expect = (run: RunRow, rev: number, states: readonly ImportRun['state'][]): void => {
  if (run.rev !== rev)
    throw new Refusal(412, 'conflict', {
      zh: '这次导入刚在另一个窗口改过，刷新后再看',
      en: 'This import was just changed in another window. Reload',
    })
  if (!states.includes(run.state))
    throw new Refusal(409, 'wrong-state', {
      zh: `这次导入${stateWords[run.state].zh}，不能再改`,
      en: `This import is at “${stateWords[run.state].en}” and can no longer be changed`,
    })
}

/** Tries the file against the records; keeps what was found, writes nothing else. */
export async function tryRun(
  ctx: Ctx,
  id: number,
  asked: { rev: number; mapping: Mapping; choices: Choices },
): Promise<void> {
  const run = await runById(ctx.tx, id)
  const importer = importerOf(ctx, run.importer)
  await requireImport(ctx, importer, asked.mapping)
  expect(run, asked.rev, ['mapping', 'tried', 'failed'])
  checkMapping(importer, run, asked.mapping)
  const choices = { ...run.choices, ...asked.choices }
  const { faults, ...trial } = await importer.trial(
    ctx,
    await takenOf(ctx.tx, run, importer, asked.mapping),
    asked.mapping,
    choices,
  )
  const faultyRows = new Set(faults.map(({ sheet, row }) => `${row} ${sheet}`)).size
  await sql`delete from import_fault where run_id = ${id}`.execute(ctx.tx)
  await sql`insert into import_fault (run_id, n, sheet, line, heading, value, zh, en)
    select ${id}, f.n, f.sheet, f.row, f.column, f.value, f.zh, f.en
    from jsonb_to_recordset(${JSON.stringify(
      faults.map(({ text, ...fault }, n) => ({ ...fault, ...text, n })),
    )}::jsonb) as f(n int, sheet text, row int, "column" text, value text, zh text, en text)`.execute(ctx.tx)
  await sql`update import_run set state = 'tried', rev = rev + 1, updated_at = app_now(), mapping = ${JSON.stringify(asked.mapping)}::jsonb,
    choices = ${JSON.stringify(choices)}::jsonb, trial = ${JSON.stringify({ ...trial, faults: faults.length, faultyRows })}::jsonb, result = null
    where id = ${id}`.execute(ctx.tx)
  await sql`insert into import_memory (person_id, importer, fingerprint, mapping, choices)
    values (app_person(), ${run.importer}, ${run.fingerprint}, ${JSON.stringify(asked.mapping)}::jsonb,
      ${JSON.stringify({ ...asked.choices, owners: undefined })}::jsonb)
    on conflict (person_id, importer, fingerprint) do update set mapping = excluded.mapping, choices = excluded.choices`.execute(
    ctx.tx,
  )
}

/** Whoever is to own something holds a post today; writing happens later, where nobody could be asked. */
async function requireOwners(ctx: Ctx, owners: Readonly<Record<string, number>>): Promise<void> {
  const { rows } = await sql<{
    key: string
  }>`select key from jsonb_each_text(${JSON.stringify(owners)}::jsonb) o
    where not exists (select from holder h where h.person_id = o.value::int) order by key limit 20`.execute(
    ctx.tx,
  )
  if (rows.length === 0) return
  throw invalid(
    {
      zh: '没有写入：选的负责人不在任，另选一位',
      en: 'Nothing was written: a chosen owner holds no post. Choose another',
    },
    rows.map(({ key }) => ({
      path: `owners.${key}`,
      text: { zh: '这个人不在任', en: 'This person holds no post' },
    })),
  )
}

/** Puts the writing on the queue, in the caller's transaction. */
export async function writeRun(
  ctx: Ctx,
  id: number,
  asked: { rev: number; leaveOutFaulty: boolean; owners: Readonly<Record<string, number>> },
): Promise<void> {
  const run = await runById(ctx.tx, id)
  await requireImport(ctx, importerOf(ctx, run.importer), run.mapping)
  expect(run, asked.rev, ['tried'])
  const faulty = run.trial?.faultyRows ?? 0
  if (faulty > 0 && !asked.leaveOutFaulty)
    throw new Refusal(422, 'faulty-rows', {
      zh: `有 ${faulty} 行写不进去。改好文件再传，或者选择“其余先写入”`,
      en: `${faulty} rows cannot be written. Mend the file and upload it again, or choose to write the others`,
    })
  await requireOwners(ctx, asked.owners)
  const owners = { ...(run.choices.owners as Record<string, number> | undefined), ...asked.owners }
  await sql`update import_run set state = 'writing', rev = rev + 1, updated_at = app_now(),
    choices = choices || ${JSON.stringify({ owners })}::jsonb,
    progress = ${JSON.stringify({ part: 0, doing: { zh: '排队中', en: 'Waiting' } })}::jsonb where id = ${id}`.execute(
    ctx.tx,
  )
  await askHeavy(ctx, {
    kind: 'import',
    key: jobKey(id),
    input: { runId: id, editionId: ctx.edition.id, userId: ctx.actor.userId, personId: ctx.actor.personId },
  })
}

const jobKey = (run: number) => `run:${run}`

/** Gives a run up. One that is being written is stopped: its job ends first, then the run says so. */
export async function cancelRun(ctx: Ctx, id: number): Promise<void> {
  const run = await runById(ctx.tx, id)
  if (run.state === 'writing') {
    const { rows } = await sql<{ id: number }>`select id from heavy_job
      where kind = 'import' and key = ${jobKey(id)} and state in ('waiting', 'running')`.execute(ctx.tx)
    if (rows[0]) await cancelHeavy(ctx.tx, rows[0].id)
    return
  }
  expect(run, run.rev, ['mapping', 'tried', 'failed'])
  await sql`update import_run set state = 'cancelled', rev = rev + 1, updated_at = app_now() where id = ${id}`.execute(
    ctx.tx,
  )
  forgetSheets(run.digest)
}

export function presentRun(ctx: { readonly house: Pick<House, 'registry'> }, run: RunRow): ImportRun {
  const importer = importerOf(ctx, run.importer)
  const { failure, ...result } = run.result ?? {}
  return {
    ...rowOf(ctx, run),
    rev: run.rev,
    sheets: run.sheets,
    asks: importer.sheets.map(({ id, label, required, columns }) => ({
      id,
      label,
      required,
      columns: columns.map((column) => ({ id: column.id, label: column.label, required: column.required })),
    })),
    mapping: run.mapping,
    remembered: run.remembered,
    options: importer.choices.map((choice) => ({ ...choice, options: [...choice.options] })),
    choices: { ...run.choices },
    trial: run.trial && {
      counts: [...run.trial.counts],
      faults: run.trial.faults,
      faultyRows: run.trial.faultyRows,
      warnings: [...run.trial.warnings],
      proposals: run.trial.proposal.length,
    },
    progress: run.state === 'writing' ? run.progress : null,
    result: 'counts' in result ? (result as ImportRun['result']) : null,
    failure: failure ?? null,
  }
}

function rowOf(ctx: { readonly house: Pick<House, 'registry'> }, run: RunRow): ImportRow {
  const { id, label, proposes = false } = importerOf(ctx, run.importer)
  return {
    id: run.id,
    importer: { id, label, proposes },
    fileName: run.file_name,
    size: run.size,
    state: run.state,
    stateText: stateWords[run.state],
    startedAt: run.created_at.toISOString(),
    result: run.result && 'counts' in run.result ? run.result : null,
  }
}

export async function listRuns(ctx: Ctx): Promise<ImportRow[]> {
  const { rows } =
    await sql<RunRow>`select id, rev, importer, file_name, size, digest, state, '[]'::jsonb as sheets, fingerprint,
    mapping, remembered, choices, null as trial, progress, result, created_at from import_run order by id desc limit 100`.execute(
      ctx.tx,
    )
  return rows.map((row) => rowOf(ctx, row))
}

/** Faulty rows of a run, a hundred at a time. */
export async function faultsOf(
  ctx: Ctx,
  id: number,
  from: number,
  limit = 100,
): Promise<{ items: ImportFault[]; next: number | null }> {
  await runById(ctx.tx, id)
  const { rows } = await sql<{
    n: number
    sheet: string
    line: number
    heading: string
    value: string
    zh: string
    en: string
  }>`select n, sheet,
    line, heading, value, zh, en from import_fault where run_id = ${id} and n >= ${from} order by n limit ${limit + 1}`.execute(
    ctx.tx,
  )
  return {
    items: rows.slice(0, limit).map((row) => ({
      n: row.n,
      sheet: row.sheet,
      row: row.line,
      column: row.heading,
      value: row.value,
      text: { zh: row.zh, en: row.en },
    })),
    next: rows.length > limit ? (rows[limit]?.n ?? null) : null,
  }
}
