import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import { actorTold } from '../audit/security.ts'
import type { Ctx, House, Right } from '../context.ts'
import type { Tx } from '../db/database.ts'
import { askHeavy, cancelHeavy } from '../jobs/ask.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'
import { requireRight, scopeOf } from '../rights/may.ts'
import { guessMapping } from './guess.ts'
import type { Choices, Importer, Mapping, ReadSheet, RowFault, Trial } from './importer.ts'
import { checkMapping } from './matched.ts'
import { begin, digestOf, laidOutFor, readFileOnce } from './opened.ts'
import type { Reading } from './reading.ts'
import type { Book } from './sheet/book.ts'
import type { FoundEncoding } from './sheet/encoding.ts'
import { encodingNames, encodings } from './sheet/encodings.ts'
import { forgetBook, keptBook } from './sheet/kept.ts'
import { limits } from './sheet/limits.ts'
import { textOf } from './sheet/text.ts'
import { type TakenFile, takeFile } from './take.ts'
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
  readonly reading: Reading
  readonly encoding: FoundEncoding | null
  readonly currency: string
  readonly dropped: readonly Text[]
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
    if (!scopeOf(ctx, kind, verb).all)
      throw new Refusal(403, 'no-right', {
        zh: '导入会写入各大区的记录，您的权限只到自己的范围',
        en: 'An import writes records of every region; your right covers your own scope only',
      })
  }
}

/**
 * Stores a file, reads its sheets and offers a mapping: the remembered one of such a file as far as it fits, else a guess.
 * @param reading what was chosen for the reading of this file already
 * @param book the file as it was read before the transaction; left out, it is read here
 */
export async function openRun(
  ctx: Ctx,
  importerId: string,
  fileName: string,
  bytes: Uint8Array,
  reading: Reading = {},
  book?: Book,
): Promise<number> {
  const importer = importerOf(ctx, importerId)
  await requireImport(ctx, importer)
  checkSize(bytes)
  const first = book ?? (await readFileOnce(bytes, fileName, reading.encoding))
  const begun = await begin(ctx.tx, importer, bytes, fileName, first, reading)
  requireHeaders(begun.sheets, reading)
  const { rows } = await sql<{ id: number }>`insert into import_run
      (importer, file_name, size, digest, person_id, sheets, fingerprint, mapping, remembered, choices, reading, encoding, dropped)
    values (${importer.id}, ${fileName.slice(0, 200)}, ${bytes.length}, ${digestOf(bytes)},
      app_person(), ${JSON.stringify(shownSheets(begun.sheets))}::jsonb, ${begun.fingerprint}, ${JSON.stringify(begun.mapping)}::jsonb,
      ${begun.remembered}, ${JSON.stringify(begun.choices)}::jsonb, ${JSON.stringify(begun.reading)}::jsonb,
      ${JSON.stringify(begun.book.encoding)}::jsonb, ${JSON.stringify(begun.dropped)}::jsonb) returning id`.execute(
    ctx.tx,
  )
  const id = rows[0]?.id as number
  for (let part = 0; part * partSize < bytes.length; part += 1)
    await sql`insert into import_file (run_id, part, bytes)
      values (${id}, ${part}, ${Buffer.from(bytes.subarray(part * partSize, (part + 1) * partSize))})`.execute(
      ctx.tx,
    )
  await actorTold(ctx, 'import-started', {
    run: id,
    importer: importer.id,
    file: fileName.slice(0, 200),
    bytes: bytes.length,
  })
  return id
}

/** @throws Refusal 422 for an empty file, 413 for one that is too large */
export function checkSize(bytes: Uint8Array): void {
  if (bytes.length === 0)
    throw invalid({ zh: '文件是空的，选择另一个文件', en: 'The file is empty. Choose another one' })
  if (bytes.length > limits.bytes)
    throw new Refusal(413, 'too-large', {
      zh: `文件超过 ${limits.bytes / 1_000_000} MB，分成几个文件`,
      en: `The file is larger than ${limits.bytes / 1_000_000} MB. Split it`,
    })
}

/** A sheet as the page shows it. */
const shownSheets = (sheets: readonly ReadSheet[]): ImportRun['sheets'] =>
  sheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet.rows.length - sheet.hiddenRows.length,
    headings: [...sheet.headings].filter((heading) => heading !== ''),
    sample: sheet.rows
      .slice(0, 5)
      .map((row) =>
        sheet.headings.flatMap((heading, at) => (heading === '' ? [] : [textOf(row[at]).slice(0, 80)])),
      ),
    hidden: sheet.hidden,
    headerRow: sheet.headerRow,
    hiddenRows: sheet.hiddenRows.length,
    hiddenColumns: [...sheet.hiddenColumns],
    merged: sheet.merged,
    top: sheet.top.map(({ row, cells }) => ({ row, cells: [...cells] })),
    notices: [...sheet.notices],
  }))

/** A row of headings that was chosen must be one of the file. */
function requireHeaders(sheets: readonly ReadSheet[], reading: Reading): void {
  for (const [name, { headerRow = 0 }] of Object.entries(reading.sheets ?? {})) {
    const sheet = sheets.find((one) => one.name === name)
    if (!sheet)
      throw invalid({ zh: `文件里没有“${name}”这张表`, en: `There is no sheet “${name}” in the file` })
    if (headerRow > 0 && sheet.headerRow !== headerRow)
      throw invalid({
        zh: `“${name}”第 ${headerRow} 行是空的，另选标题行`,
        en: `Row ${headerRow} of “${name}” is empty; choose another row of headings`,
      })
  }
}

/** Changes how the file of a run is read; what was tried before no longer holds. Columns are matched anew where the headings changed. */
export async function readRunAnew(
  ctx: Ctx,
  id: number,
  asked: { rev: number; reading: Reading },
  book?: Book,
): Promise<void> {
  const run = await runById(ctx.tx, id)
  const importer = importerOf(ctx, run.importer)
  await requireImport(ctx, importer)
  expect(run, asked.rev, ['mapping', 'tried', 'failed'])
  const read = book ?? (await bookOfRun(ctx.tx, { ...run, reading: asked.reading }))
  const sheets = laidOutFor(importer, read, asked.reading)
  requireHeaders(sheets, asked.reading)
  const shown = shownSheets(sheets)
  const headings = (all: ImportRun['sheets']) => JSON.stringify(all.map((one) => [one.name, one.headings]))
  const same = headings(shown) === headings(run.sheets)
  const mapping = same ? run.mapping : guessMapping(importer, sheets)
  await sql`delete from import_fault where run_id = ${id}`.execute(ctx.tx)
  await sql`update import_run set state = 'mapping', rev = rev + 1, updated_at = app_now(), trial = null, result = null,
    reading = ${JSON.stringify(asked.reading)}::jsonb, encoding = ${JSON.stringify(read.encoding)}::jsonb,
    sheets = ${JSON.stringify(shown)}::jsonb, mapping = ${JSON.stringify(mapping)}::jsonb,
    remembered = remembered and ${same}, dropped = '[]' where id = ${id}`.execute(ctx.tx)
}

export async function runById(tx: Tx, id: number): Promise<RunRow> {
  const { rows } =
    await sql<RunRow>`select id, rev, importer, file_name, size, digest, state, sheets, fingerprint, mapping, remembered,
    choices, reading, encoding, currency, dropped, trial, progress, result, created_at from import_run where id = ${id}`.execute(
      tx,
    )
  if (!rows[0]) throw notFound()
  return rows[0]
}

/** The stored bytes of a run's file, or nothing where what was read of them is still at hand. */
export async function bytesToRead(
  tx: Tx,
  { id, digest, reading }: Pick<RunRow, 'id' | 'digest' | 'reading'>,
): Promise<Uint8Array | null> {
  if (keptBook(digest, reading.encoding)) return null
  const { rows } = await sql<{
    bytes: Buffer
  }>`select bytes from import_file where run_id = ${id} order by part`.execute(tx)
  return new Uint8Array(Buffer.concat(rows.map((row) => row.bytes)))
}

async function bookOfRun(
  tx: Tx,
  run: Pick<RunRow, 'id' | 'digest' | 'reading' | 'file_name'>,
): Promise<Book> {
  const kept = keptBook(run.digest, run.reading.encoding)
  if (kept) return kept
  const bytes = (await bytesToRead(tx, run)) ?? new Uint8Array()
  return readFileOnce(bytes, run.file_name, run.reading.encoding)
}

/** Hands each asked-for part its sheet of the stored file, every cell read. */
export async function takenOf(tx: Tx, run: RunRow, importer: Importer, mapping: Mapping): Promise<TakenFile> {
  const book = await bookOfRun(tx, run)
  return takeFile(importer, laidOutFor(importer, book, run.reading), mapping, run.reading, run.currency)
}

/** A file whose encoding is not clear is not taken before somebody has looked at it. */
function requireClear(run: RunRow): void {
  if (!run.encoding || run.encoding.clear || run.reading.encoding) return
  const names = run.encoding.candidates.map((one) => encodingNames[one.encoding])
  throw new Refusal(422, 'encoding-unclear', {
    zh: `看不准这个文件的编码，没有试算。先选编码：${names.map(({ zh }) => zh).join('、')}`,
    en: `The encoding of this file is not clear, so it was not tried. Choose one: ${names.map(({ en }) => en).join(', ')}`,
  })
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

/** What a trial needs of the file, read before its transaction. */
export interface Prepared {
  readonly digest: string
  readonly reading: Reading
  readonly mapping: Mapping
  readonly file: TakenFile
}

/** Faults in the order of the file. */
function inOrder(faults: readonly RowFault[], sheets: ImportRun['sheets']): RowFault[] {
  const place = new Map(sheets.map((sheet, at) => [sheet.name, at]))
  return [...faults].sort(
    (one, other) => (place.get(one.sheet) ?? 0) - (place.get(other.sheet) ?? 0) || one.row - other.row,
  )
}

/**
 * Tries the file against the records; keeps what was found, writes nothing else.
 * @param prepared the file as it was read and taken before the transaction; left out, or another one, it is read here
 */
export async function tryRun(
  ctx: Ctx,
  id: number,
  asked: { rev: number; mapping: Mapping; choices: Choices },
  prepared?: Prepared,
): Promise<void> {
  const stored = await runById(ctx.tx, id)
  const run = { ...stored, currency: ctx.edition.edition.currency }
  const importer = importerOf(ctx, run.importer)
  await requireImport(ctx, importer, asked.mapping)
  expect(run, asked.rev, ['mapping', 'tried', 'failed'])
  requireClear(run)
  checkMapping(importer, run.sheets, asked.mapping)
  const choices = { ...run.choices, ...asked.choices }
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
  const file =
    prepared &&
    prepared.digest === run.digest &&
    same(prepared.reading, run.reading) &&
    same(prepared.mapping, asked.mapping)
      ? prepared.file
      : await takenOf(ctx.tx, run, importer, asked.mapping)
  const { faults: found, ...rest } = await importer.trial(ctx, file.taken, asked.mapping, choices)
  const faults = inOrder([...file.faults, ...found], run.sheets)
  const trial = { ...rest, warnings: [...run.dropped, ...file.warnings, ...rest.warnings] }
  const faultyRows = new Set(faults.map(({ sheet, row }) => `${row} ${sheet}`)).size
  await sql`delete from import_fault where run_id = ${id}`.execute(ctx.tx)
  await sql`insert into import_fault (run_id, n, sheet, line, heading, value, zh, en)
    select ${id}, f.n, f.sheet, f.row, f.column, f.value, f.zh, f.en
    from jsonb_to_recordset(${JSON.stringify(
      faults.map(({ text, ...fault }, n) => ({ ...fault, ...text, n })),
    )}::jsonb) as f(n int, sheet text, row int, "column" text, value text, zh text, en text)`.execute(ctx.tx)
  await sql`update import_run set state = 'tried', rev = rev + 1, updated_at = app_now(), mapping = ${JSON.stringify(asked.mapping)}::jsonb,
    choices = ${JSON.stringify(choices)}::jsonb, currency = ${run.currency},
    trial = ${JSON.stringify({ ...trial, faults: faults.length, faultyRows })}::jsonb, result = null
    where id = ${id}`.execute(ctx.tx)
  await sql`insert into import_memory (person_id, importer, fingerprint, mapping, choices, reading)
    values (app_person(), ${run.importer}, ${run.fingerprint}, ${JSON.stringify(asked.mapping)}::jsonb,
      ${JSON.stringify({ ...asked.choices, owners: undefined })}::jsonb, ${JSON.stringify(run.reading)}::jsonb)
    on conflict (person_id, importer, fingerprint) do update set mapping = excluded.mapping, choices = excluded.choices,
      reading = excluded.reading`.execute(ctx.tx)
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
  await actorTold(ctx, 'import-write-asked', {
    run: id,
    importer: run.importer,
    file: run.file_name,
    rowsLeftOut: faulty,
  })
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
  const told = () =>
    actorTold(ctx, 'import-cancelled', { run: id, importer: run.importer, file: run.file_name })
  if (run.state === 'writing') {
    const { rows } = await sql<{ id: number }>`select id from heavy_job
      where kind = 'import' and key = ${jobKey(id)} and state in ('waiting', 'running')`.execute(ctx.tx)
    if (rows[0]) {
      await cancelHeavy(ctx.tx, rows[0].id)
      await told()
    }
    return
  }
  expect(run, run.rev, ['mapping', 'tried', 'failed'])
  await sql`update import_run set state = 'cancelled', rev = rev + 1, updated_at = app_now() where id = ${id}`.execute(
    ctx.tx,
  )
  await told()
  forgetBook(run.digest)
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
    dropped: [...run.dropped],
    reading: run.reading,
    encoding: run.encoding && {
      found: run.encoding.encoding,
      name: encodingNames[run.encoding.encoding],
      clear: run.encoding.clear || run.reading.encoding !== undefined,
      candidates: run.encoding.candidates.map((one) => ({ ...one, name: encodingNames[one.encoding] })),
      choices: encodings.map((encoding) => ({ encoding, name: encodingNames[encoding] })),
    },
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
    mapping, remembered, choices, '{}'::jsonb as reading, null as encoding, currency, '[]'::jsonb as dropped, null as trial, progress, result, created_at from import_run order by id desc limit 100`.execute(
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
