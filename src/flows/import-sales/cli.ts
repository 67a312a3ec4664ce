import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { sql } from 'kysely'
import type { Actor, Ctx, Kernel } from '../../kernel/context.ts'
import { asActor } from '../../kernel/db/transaction.ts'
import type { Mapping } from '../../kernel/exchange/importer.ts'
import { writeImport } from '../../kernel/exchange/jobs.ts'
import { cancelRun, faultsOf, openRun, runById, tryRun, writeRun } from '../../kernel/exchange/runs.ts'
import { Refusal } from '../../kernel/refusal.ts'

export interface ImportAsked {
  readonly file: string
  readonly login: string
  /** A mapping as the page keeps it; left out, the remembered or guessed one. */
  readonly map?: Mapping
  readonly basis?: string
  readonly dryRun: boolean
  /** Accepts the proposed owners and leaves faulty rows out. */
  readonly yes: boolean
}

async function actorOf(kernel: Kernel, login: string): Promise<Actor> {
  const { rows } = await sql<Actor>`select u.id as "userId", p.id as "personId", u.login, p.name, u.lang,
      (select coalesce(json_agg(json_build_object('post', h.post, 'seatId', h.seat_id, 'unitId', h.unit_id)), '[]')
        from holder h where h.person_id = p.id) as posts
    from app_user u join person p on p.id = u.person_id, (select set_config('app.now', ${kernel.clock.now().toISOString()}, true)) moment
    where u.login = ${login} and u.disabled_at is null`.execute(kernel.db.kysely)
  if (!rows[0])
    throw new Refusal(404, 'no-such-login', { zh: `没有登录名 ${login}`, en: `There is no login ${login}` })
  return rows[0]
}

/**
 * `kambook import FILE`: the same run as in the browser, under the same rights.
 * @returns exit code: 0 written or tried, 1 faulty rows without `yes`, 2 not confirmed
 */
export async function importFile(
  kernel: Kernel,
  asked: ImportAsked,
  out: (line: string) => void,
): Promise<number> {
  const actor = await actorOf(kernel, asked.login)
  const edition = await kernel.edition()
  const acting = <T>(work: (ctx: Ctx) => Promise<T>) =>
    asActor(kernel.db, actor, { editionId: edition.id, now: kernel.clock.now() }, (tx) =>
      work({ tx, actor, clock: kernel.clock, edition, lang: actor.lang, kernel }),
    )
  const say = (zh: string, en: string) => out(actor.lang === 'en' ? en : zh)
  const bytes = new Uint8Array(await readFile(asked.file))
  const id = await acting((ctx) => openRun(ctx, 'sales', basename(asked.file), bytes))
  const run = await acting(async (ctx) => {
    const { rev, mapping } = await runById(ctx.tx, id)
    await tryRun(ctx, id, {
      rev,
      mapping: asked.map ?? mapping,
      choices: asked.basis ? { basis: asked.basis } : {},
    })
    return runById(ctx.tx, id)
  })
  for (const count of run.trial?.counts ?? [])
    say(
      `${count.label.zh}：新增 ${count.fresh}，修改 ${count.changed}，不变 ${count.same}`,
      `${count.label.en}: ${count.fresh} new, ${count.changed} changed, ${count.same} the same`,
    )
  for (const warning of run.trial?.warnings ?? []) out(`! ${warning[actor.lang]}`)
  const { items: faults } = await acting((ctx) => faultsOf(ctx, id, 0, 50))
  for (const fault of faults)
    out(`× ${fault.sheet} ${fault.row} ${fault.column}: ${fault.value} — ${fault.text[actor.lang]}`)
  const more = (run.trial?.faults ?? 0) - faults.length
  if (more > 0) say(`× 还有 ${more} 行`, `× and ${more} more rows`)
  if (asked.dryRun || !asked.yes) {
    await acting((ctx) => cancelRun(ctx, id))
    if (asked.dryRun) return faults.length > 0 ? 1 : 0
    say(
      '没有写入。加 --yes 接受建议的负责人并写入',
      'Nothing was written. Add --yes to accept the proposed owners and write',
    )
    return 2
  }
  await acting((ctx) => writeRun(ctx, id, { rev: run.rev, leaveOutFaulty: true, owners: {} }))
  // Written here at once; a worker that takes the queued job up finds the run done.
  const result = await writeImport(kernel, {
    runId: id,
    editionId: edition.id,
    userId: actor.userId,
    personId: actor.personId,
  })
  const after = await acting((ctx) => runById(ctx.tx, id))
  if (after.state === 'failed' || (!result && after.state !== 'done')) {
    out(after.result?.failure?.[actor.lang] ?? '')
    return 1
  }
  say(`已写入，销售事实 ${result?.booked ?? 0} 条`, `Written; ${result?.booked ?? 0} facts of sales`)
  return faults.length > 0 ? 1 : 0
}
