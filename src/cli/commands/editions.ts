import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { z } from 'zod'
import { registry } from '../../app/registry.ts'
import { createApp } from '../../app.ts'
import {
  type Comparison,
  compareEditions,
  type ElementChange,
  type Part,
} from '../../handbook/compare/compare.ts'
import { loadEdition, readEditionFolder } from '../../handbook/load.ts'
import type { Edition, Text } from '../../handbook/model.ts'
import { redlineWords } from '../../handbook/words/redline.ts'
import { actAs } from '../../kernel/auth/acting.ts'
import type { Acting, Kernel } from '../../kernel/context.ts'
import { type Asked, decide, orderPublication, orderWithdrawal } from '../../kernel/handbook/approval.ts'
import { requestsOf } from '../../kernel/handbook/requests.ts'
import { storedEdition } from '../../kernel/handbook/stored.ts'
import { type By, type EditionStatus, takeEdition } from '../../kernel/handbook/take.ts'
import type { EditionRequest } from '../../kernel/handbook/wire.ts'
import { verbToWithdraw } from '../../kernel/handbook/withdraw.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { requireSystemPart } from '../../kernel/rights/may.ts'
import { readArguments, required } from '../arguments.ts'
import { requireEdition } from '../edition.ts'
import { withDatabase } from '../place.ts'
import { inWords, say, UsageError } from '../say.ts'

/** Runs `work` with the program put together on this place's database. */
const withKernel = (work: (kernel: Kernel) => Promise<void>): Promise<void> =>
  withDatabase(async ({ url, admin }) => {
    const app = await createApp({ databaseUrl: url, adminUrl: admin })
    try {
      await requireEdition(app.kernel)
      await work(app.kernel)
    } finally {
      await app.close()
    }
  })

/** An edition by what people call it: `effective`, its number, or the id of one of several drafts with one number. */
async function stored(kernel: Kernel, called: string): Promise<Edition> {
  return (await named(kernel, called)).edition
}

async function named(
  kernel: Kernel,
  called: string,
): Promise<{ id: number; status: EditionStatus; edition: Edition }> {
  const { rows } = await sql<{ id: number; status: EditionStatus }>`select id, status from edition
    where case when ${called} = 'effective' then status = 'effective' else number = ${called} or id::text = ${called} end
    order by (number = ${called}) desc, (status <> 'withdrawn') desc, id desc limit 1`.execute(
    kernel.db.kysely,
  )
  const [row] = rows
  const edition = row ? await storedEdition(kernel.db, row.id) : null
  if (!row || !edition)
    throw new UsageError({
      zh: `没有第 ${called} 版，也没有这个文件夹`,
      en: `There is no edition ${called}, and no such folder`,
    })
  return { ...row, edition }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** `handbook export FOLDER [--edition N]`: the source files as they are, in a folder that lives well in git. */
export async function exportEdition(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { edition: { type: 'string', default: 'effective' } },
    1,
  )
  const folder = resolve(required(positionals[0], 'FOLDER'))
  await withKernel(async (kernel) => {
    const edition = await stored(kernel, values.edition)
    const there = await handbookIn(folder)
    // What an earlier export left and this edition does not have would come in again with the next import.
    const stale = Object.keys(there).filter((name) => !(name in edition.files))
    await requireOurs(kernel, folder, stale)
    for (const name of stale) await rm(join(folder, name))
    for (const [name, text] of Object.entries(edition.files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      if (there[name] !== text) await writeFile(join(folder, name), text)
    }
    // Line ends are part of the edition: git hands the files back as they are on every system.
    await writeFile(join(folder, '.gitattributes'), '*.yaml -text\n*.bpmn -text\n*.md -text\n')
    say({
      zh: `第 ${edition.number} 版已导出：${Object.keys(edition.files).length} 个文件${stale.length > 0 ? `，去掉旧文件 ${stale.length} 个` : ''}，指纹 ${edition.hash}`,
      en: `Edition ${edition.number} is exported: ${Object.keys(edition.files).length} files${stale.length > 0 ? `, ${stale.length} old ones removed` : ''}, fingerprint ${edition.hash}`,
    })
  })
}

/** Sources of the handbook in a folder; only one that holds a handbook, or nothing, may be written into. */
async function handbookIn(folder: string): Promise<Record<string, string>> {
  if (!(await isFolder(folder)) || !(await hasFiles(folder))) return {}
  if (!(await readdir(folder)).includes('edition.yaml'))
    throw new UsageError({
      zh: `${folder} 里有别的东西，不是手册的文件夹；另选一个空的`,
      en: `${folder} holds something else than a handbook. Choose an empty folder`,
    })
  return readEditionFolder(folder)
}

/** A file that no edition of this company has is somebody's own work: it is not removed, its owner moves it. */
async function requireOurs(kernel: Kernel, folder: string, stale: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from unnest(${stale}::text[]) name
    where not exists (select from edition where files ? name)
      and not exists (select from reference_edition where files ? name)`.execute(kernel.db.kysely)
  if (rows.length === 0) return
  const names = rows.map((one) => one.name)
  throw new Refusal(
    409,
    'strange-files',
    {
      zh: `${folder} 里有 ${names.length} 个文件哪一版都没有；移走再导出，或先导入为新的一版`,
      en: `${folder} holds files that no edition has (${names.length}). Move them away and export again, or import them as a new edition first`,
    },
    {
      faults: names.map((name) => ({
        path: name,
        text: { zh: '哪一版都没有它', en: 'no edition has it' },
      })),
    },
  )
}

const hasFiles = async (folder: string): Promise<boolean> =>
  (await readdir(folder)).some((name) => !name.startsWith('.'))

/** `handbook import FOLDER --user LOGIN [--from DATE] [--dry-run]`: a draft, and with `--from` published from that day on. */
export async function importEdition(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    {
      user: { type: 'string' },
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
    1,
  )
  const folder = resolve(required(positionals[0], 'FOLDER'))
  const login = required(values.user, '--user')
  if (values.from !== undefined) requireDay(values.from)
  if (!(await isFolder(folder)))
    throw new UsageError({ zh: `没有文件夹 ${folder}`, en: `There is no folder ${folder}` })
  const files = await readEditionFolder(folder)
  await withKernel(async (kernel) => {
    const acting = await actAs(kernel, login)
    await acting.run((ctx) => requireSystemPart(ctx, 'handbook', 'import'))
    const taken = await takeEdition(kernel, files, byOf(acting), { dryRun: values['dry-run'] })
    const { number, hash } = taken.edition
    const notes = taken.problems.length
    say(
      taken.fresh
        ? {
            zh: `第 ${number} 版${values['dry-run'] ? '可以导入，没有写入' : '已成草案'}，提示 ${notes} 条，指纹 ${hash}`,
            en: `Edition ${number} ${values['dry-run'] ? 'can be imported; nothing was written' : 'is a draft'}, ${notes} notes, fingerprint ${hash}`,
          }
        : {
            zh: `第 ${number} 版已经在了，没有改动，指纹 ${hash}`,
            en: `Edition ${number} is here already; nothing changed, fingerprint ${hash}`,
          },
    )
    if (values.from === undefined || values['dry-run'] || taken.id === null) return
    if (taken.status !== 'draft' && taken.status !== 'published') return
    await publishAs(acting, { id: taken.id, number }, values.from)
  })
}

/** @throws UsageError for what the calendar does not have */
function requireDay(day: string): void {
  if (!z.iso.date().safeParse(day).success)
    throw new UsageError({
      zh: `--from 要是日期，如 2018-02-01；没有 ${day} 这一天`,
      en: `--from is a date, such as 2018-02-01; there is no ${day}`,
    })
}

async function publishAs(
  acting: Acting,
  { id, number }: { id: number; number: string },
  day: string,
): Promise<void> {
  await acting.run((ctx) => requireSystemPart(ctx, 'handbook', 'publish'))
  const order = (password?: string) => orderPublication(acting, id, day, { address: null, password })
  const asked = await order().catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'password-needed') throw error
    say(error.text)
    return order(await askPassword())
  })
  if (asked.state === 'waiting') return sayWaiting(number, asked)
  say({
    zh: `第 ${number} 版自 ${asked.effectiveFrom} 起生效`,
    en: `Edition ${number} is effective from ${asked.effectiveFrom}`,
  })
}

const sayWaiting = (number: string, { approvers }: Asked): void =>
  say({
    zh: `第 ${number} 版等第二人批准：${approvers.join('、')}。npx kambook handbook approve ${number} --user 登录名`,
    en: `Edition ${number} waits for a second person: ${approvers.join(', ')}. npx kambook handbook approve ${number} --user LOGIN`,
  })

/** One line of the terminal, or of what is fed in. */
async function askPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}

/**
 * `handbook approve|refuse N --user LOGIN [--request R] [--why WORDS]`: the second person's word on an edition that waits for it. Without the
 * number of the request it tells what waits, so that nobody decides what he has not read.
 */
const decided = (approve: boolean) => async (args: string[]) => {
  const { values, positionals } = readArguments(
    args,
    { user: { type: 'string' }, why: { type: 'string' }, request: { type: 'string' } },
    1,
  )
  const called = required(positionals[0], 'N')
  const login = required(values.user, '--user')
  const why = approve ? (values.why ?? '') : required(values.why, '--why')
  await withKernel(async (kernel) => {
    const { id, edition } = await named(kernel, called)
    const acting = await actAs(kernel, login)
    const waits = await acting.run(async (ctx) => (await requestsOf(ctx)).get(id))
    if (values.request === undefined && waits?.state === 'open')
      throw new UsageError(requestToRead(edition.number, waits))
    const request = Number(values.request ?? 0)
    const { effectiveFrom, holds } = await decide(acting, id, { request, approve, why }, { address: null })
    if (!approve)
      return say({ zh: `第 ${edition.number} 版已退回`, en: `Edition ${edition.number} is refused` })
    say(
      effectiveFrom === null
        ? {
            zh: `第 ${edition.number} 版已撤回，第 ${holds} 版重新生效`,
            en: `Edition ${edition.number} is withdrawn; edition ${holds} is effective again`,
          }
        : {
            zh: `第 ${edition.number} 版自 ${effectiveFrom} 起生效`,
            en: `Edition ${edition.number} is effective from ${effectiveFrom}`,
          },
    )
  })
}
const requestToRead = (number: string, { id, act, effectiveFrom, askedBy }: EditionRequest): Text => ({
  zh: `第 ${number} 版：${askedBy}要求${act === 'publish' ? `自 ${effectiveFrom} 起生效` : '撤回'}。决定这一项就加 --request ${id}`,
  en: `Edition ${number}: ${askedBy} asks ${act === 'publish' ? `for it to take effect on ${effectiveFrom}` : 'for its withdrawal'}. To decide this, add --request ${id}`,
})
export const approveNumber = decided(true)
export const refuseNumber = decided(false)

const byOf = ({ actor, editionId }: Acting): By => ({
  userId: actor.userId,
  personId: actor.personId,
  editionId,
})

/** `handbook publish N --user LOGIN --from DAY`: a draft takes effect on that day; a waiting edition gets another day. */
export async function publishNumber(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { user: { type: 'string' }, from: { type: 'string' } },
    1,
  )
  const called = required(positionals[0], 'N')
  const login = required(values.user, '--user')
  const day = required(values.from, '--from')
  requireDay(day)
  await withKernel(async (kernel) => {
    const { id, edition } = await named(kernel, called)
    await publishAs(await actAs(kernel, login), { id, number: edition.number }, day)
  })
}

/** `handbook withdraw N --user LOGIN --why WORDS`: a draft is given up; in place of an effective edition the one before it holds. */
export async function withdrawNumber(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { user: { type: 'string' }, why: { type: 'string' } },
    1,
  )
  const called = required(positionals[0], 'N')
  const login = required(values.user, '--user')
  await withKernel(async (kernel) => {
    const { id, status, edition } = await named(kernel, called)
    const why = status === 'draft' ? (values.why ?? '') : required(values.why, '--why')
    const acting = await actAs(kernel, login)
    await acting.run((ctx) => requireSystemPart(ctx, 'handbook', verbToWithdraw(status)))
    const asked = await orderWithdrawal(acting, id, why, { address: null })
    if (asked.state === 'waiting') return sayWaiting(edition.number, asked)
    const { holds } = asked
    say({
      zh: `第 ${edition.number} 版已撤回${holds === null ? '' : `，第 ${holds} 版重新生效`}`,
      en: `Edition ${edition.number} is withdrawn${holds === null ? '' : `; edition ${holds} is effective again`}`,
    })
  })
}

/** `handbook diff A B`: folders, edition numbers or `effective`. */
export async function diffEditions(args: string[]): Promise<void> {
  const { positionals } = readArguments(args, {}, 2)
  const names = [required(positionals[0], 'A'), required(positionals[1], 'B')] as const
  const folders = await Promise.all(names.map((name) => isFolder(resolve(name))))
  const kernelNeeded = folders.some((one) => !one)
  const work = async (kernel: Kernel | null) => {
    const editions = await Promise.all(
      names.map((name, index) => (folders[index] ? readFolder(name) : stored(kernel as Kernel, name))),
    )
    const [before, after] = editions as [Edition, Edition]
    const kinds = Object.fromEntries([...registry.kinds.values()].map((kind) => [kind.id, kind.label]))
    tell(before, after, compareEditions(before, after, kinds))
  }
  await (kernelNeeded ? withKernel(work) : work(null))
}

async function readFolder(name: string): Promise<Edition> {
  const { edition, problems } = await loadEdition(await readEditionFolder(resolve(name)))
  if (edition) return edition
  throw new Refusal(
    422,
    'edition-faulty',
    { zh: `${name} 读不成一版手册`, en: `${name} cannot be read as an edition` },
    {
      faults: problems
        .filter((one) => one.severity === 'error')
        .map((one) => ({ path: `${one.where.file}:${one.where.line}`, text: one.message })),
    },
  )
}

const marks = { added: '+', removed: '-', changed: '~' } as const

function tell(before: Edition, after: Edition, { changes, same, quiet }: Comparison): void {
  for (const change of changes) {
    console.log(`${marks[change.change]} ${inWords(title(change))}`)
    for (const part of change.parts) console.log(`    ${marks[part.change]} ${inWords(line(part))}`)
  }
  for (const name of quiet)
    say({
      zh: `  ${name} 只有注释、次序或图上位置不同`,
      en: `  ${name}: only comments, order or positions differ`,
    })
  say({
    zh: `第 ${before.number} 版 → 第 ${after.number} 版：${changes.length} 处改动，未改动 ${same} 项`,
    en: `Edition ${before.number} → edition ${after.number}: ${changes.length} changes, ${same} items unchanged`,
  })
}

const title = ({ code, name, place }: ElementChange): Text => ({
  zh: `${[place.number, code, name.zh].filter(Boolean).join(' ')}`,
  en: `${[place.number, code, name.en].filter(Boolean).join(' ')}`,
})

/** A value old → new; running text with its changed words in brackets. */
function line(part: Part): Text {
  const of = (lang: 'zh' | 'en'): string => {
    const [old, now] = [part.before?.[lang] ?? '', part.after?.[lang] ?? '']
    if (part.before === null && part.after === null) return part.label[lang]
    if (!part.prose) return `${part.label[lang]}: ${[old, now].filter(Boolean).join(' → ')}`
    const runs = redlineWords(old, now, lang)
      .map((run) =>
        run.change === 'added'
          ? `{+${run.text}+}`
          : run.change === 'removed'
            ? `[-${run.text}-]`
            : short(run.text),
      )
      .join('')
    return `${part.label[lang]}: ${runs.replaceAll('\n', ' ¶ ')}`
  }
  return { zh: of('zh'), en: of('en') }
}

/** What stays is shown as far as it tells where one is. */
const short = (text: string): string =>
  text.length <= 40 ? text : `${text.slice(0, 18)} … ${text.slice(-18)}`
