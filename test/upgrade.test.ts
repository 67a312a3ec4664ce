import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { verifyLogs } from '../src/kernel/audit/verify.ts'
import { standingClock } from '../src/kernel/clock.ts'
import { openAsAdmin } from '../src/kernel/db/database.ts'
import { migrateDatabase, migrationFiles } from '../src/kernel/db/migrate.ts'
import { unsettledOwners } from '../src/kernel/db/roles.ts'
import { asOwner } from '../src/kernel/db/transaction.ts'
import { appUrl, emptyDatabase, freshDatabase, type TestDatabase } from './database.ts'
import { makeSample } from './people.ts'
import { tokenOf } from './server.ts'

const made: TestDatabase[] = []
const kept = async (one: Promise<TestDatabase>): Promise<TestDatabase> => {
  made.push(await one)
  return one
}
afterEach(async () => {
  for (const one of made.splice(0)) await one.drop()
})

/** Everything the schema consists of, in words. */
async function catalogue({ db }: TestDatabase): Promise<string[]> {
  const { rows } = await sql<{ said: string }>`
    select format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid)) as said
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on (d.adrelid, d.adnum) = (c.oid, a.attnum)
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
    union all select 'index ' || pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace
    union all select format('rule %s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not tgisinternal and c.relnamespace = 'public'::regnamespace
    union all select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
    union all select 'view ' || c.relname || pg_get_viewdef(c.oid) from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'v'
    union all select format('policy %s %s %s', tablename, policyname, qual) from pg_policies where schemaname = 'public'
    union all select format('right %s %s', relname, array_to_string(relacl, ',')) from pg_class where relnamespace = 'public'::regnamespace
    order by 1`.execute(db.kysely)
  return rows.map((row) => row.said)
}

describe('A database comes forward', () => {
  test('cut off at any moment, it begins again and ends as one that never was', async () => {
    const whole = await catalogue(await kept(freshDatabase()))
    const from = performance.now()
    await migrateDatabase((await kept(emptyDatabase())).db)
    const took = performance.now() - from
    const rounds = 8
    let cut = 0
    for (let round = 0; round < rounds; round += 1) {
      const base = await kept(emptyDatabase())
      // A pool of its own: what is cut off here is the program that migrates, not the one that looks on.
      const program = openAsAdmin(base.url, { max: 2 })
      const moving = migrateDatabase(program).then(
        () => 'done',
        () => 'cut',
      )
      await new Promise((resolve) => setTimeout(resolve, (took * (round + 0.5)) / rounds))
      const other = new pg.Client({ connectionString: base.url })
      await other.connect()
      await other.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      await other.end()
      if ((await moving) === 'cut') cut += 1
      await program.close().catch(() => {})
      await migrateDatabase(base.db)
      expect(await catalogue(base)).toEqual(whole)
    }
    expect(cut).toBeGreaterThan(0)
  }, 120_000)

  test('with sales in it: the count of facts beside each month is that of the facts', async () => {
    const { db } = await kept(emptyDatabase())
    await migrateDatabase(db, new Set([...migrationFiles().keys()].filter((name) => name < '0170')))
    await asOwner(db, async (tx) => {
      await sql`insert into unit (code, level, name_zh, name_en) values ('R', 'region', '示例大区', 'Sample region')`.execute(
        tx,
      )
      await sql`insert into account (code, name) select 'A-' || n, '示例客户 ' || n from generate_series(1, 3) n`.execute(
        tx,
      )
      await sql`insert into sales_order (code, account_id, ordered_on, unit_id)
        select 'O-' || n, 1 + n % 3, date '2017-01-15' + n, 1 from generate_series(1, 60) n`.execute(tx)
      await sql`insert into order_line (line_no, order_id, account_id, unit_id, ordered_on, product_name, amount, returned)
        select code, id, account_id, unit_id, ordered_on, '示例产品', id, id % 10 = 0 from sales_order`.execute(
        tx,
      )
      await sql`select book_sales('order')`.execute(tx)
      // A changed amount is booked by two more facts.
      await sql`update order_line set amount = amount + 1 where id <= 5`.execute(tx)
      await sql`select book_sales('order')`.execute(tx)
    })
    await migrateDatabase(db)
    const { rows } = await sql<{ told: number; there: number; agrees: boolean }>`select
      (select sum(facts)::int from sales_month) as told, (select count(*)::int from sales_fact) as there,
      sales_month_agrees() as agrees`.execute(db.kysely)
    expect(rows[0]).toEqual({ told: 76, there: 76, agrees: true })
  })

  test('one that its administrator owned comes to its owners; its program goes on', async () => {
    const base = await kept(emptyDatabase())
    const { db } = base
    // As it stood before there were owners: every table the administrator's, one role for everything.
    await migrateDatabase(db, new Set([...migrationFiles().keys()].filter((name) => name < '0195')))
    await sql`insert into account (code, name) values ('ALT-1', '示例旧客户')`.execute(db.kysely)
    await sql`do $$ declare t record; begin
      for t in select oid::regclass as name, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') loop
        execute format('alter table %s owner to %I', t.name, session_user);
        execute format('revoke all on %s from kambook_program', t.name);
        if t.relrowsecurity then
          execute format('drop policy if exists internal on %1$s; drop policy if exists program_reads on %1$s;
            create policy internal on %1$s to %2$I using (true) with check (true)', t.name, session_user);
        end if;
      end loop;
      for t in select oid::regprocedure as name from pg_proc where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e') loop
        execute format('alter routine %s owner to %I', t.name, session_user);
      end loop;
      for t in select oid::regclass as name from pg_class where relnamespace = 'graphile_worker'::regnamespace and relkind = 'r' loop
        execute format('alter table %s owner to %I', t.name, session_user);
        execute format('revoke all on %1$s from kambook_program; drop policy if exists internal on %1$s', t.name);
      end loop;
    end $$`.execute(db.kysely)
    await migrateDatabase(db)
    expect(await unsettledOwners(await clientOf(base))).toEqual([])
    const { rows } = await sql<{
      owner: string
      n: number
    }>`select pg_get_userbyid(relowner) as owner, count(*)::int as n from pg_class
      where relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and relkind in ('r', 'v', 'S') group by 1 order by 1`.execute(
      db.kysely,
    )
    expect(rows.map((row) => row.owner)).toEqual(['kambook_keeper', 'kambook_owner'])
    await makeSample(db, standingClock('2018-01-02T02:00:00Z'))
    // The program of today, signed in as the login that owns nothing, serves it, and links what the old one wrote.
    const app = await createApp({
      databaseUrl: await appUrl(base.url),
      adminUrl: base.url,
      clock: standingClock('2018-01-02T02:00:00Z'),
    })
    try {
      await app.worker()
      const answer = await app.fetch(
        new Request('http://kambook/api/v1/records/account', {
          headers: { authorization: `Bearer ${await tokenOf(db, 'sup')}` },
        }),
      )
      expect(answer.status).toBe(200)
      expect(((await answer.json()) as { items: { name: string }[] }).items).toMatchObject([
        { name: '示例旧客户' },
      ])
      const trail = async () => {
        const states = await verifyLogs(await clientOf(base), { whole: true })
        return states.map(({ links, waiting, faults }) => ({ links, waiting, faults }))[0]
      }
      const { rows: written } = await sql<{ n: number }>`select count(*)::int as n from audit`.execute(
        db.kysely,
      )
      expect(written[0]?.n).toBeGreaterThan(0)
      await expect.poll(trail, { timeout: 20_000 }).toEqual({ links: written[0]?.n, waiting: 0, faults: [] })
    } finally {
      await app.close()
    }
  }, 120_000)
  test('with sales of before the years had a basis: figures, facts and lines as they were, each year on what it was booked by', async () => {
    const { db } = await kept(emptyDatabase())
    await migrateDatabase(db, new Set([...migrationFiles().keys()].filter((name) => name < '0171')))
    await asOwner(db, async (tx) => {
      await sql`insert into unit (code, level, name_zh, name_en) values ('R', 'region', '示例大区', 'Sample region')`.execute(
        tx,
      )
      await sql`insert into account (code, name) values ('a-1', '示例甲'), ('A-1', '示例乙'), ('Ａ－１', '示例丙'), ('B-1', '示例丁')`.execute(
        tx,
      )
      await sql`insert into sales_order (code, account_id, ordered_on, shipped_on, unit_id)
        select 'O-' || n, 1 + n % 4, date '2016-11-15' + n, date '2016-11-18' + n, 1 from generate_series(1, 60) n`.execute(
        tx,
      )
      await sql`insert into order_line (line_no, order_id, account_id, unit_id, ordered_on, shipped_on, product_name, amount, returned)
        select 'L-' || id, id, account_id, unit_id, ordered_on, shipped_on, '示例产品', id + 0.125, id % 10 = 0 from sales_order`.execute(
        tx,
      )
      await sql`insert into order_return (order_code) select code from sales_order where id % 10 = 0`.execute(
        tx,
      )
      await sql`select book_sales('order')`.execute(tx)
      // One line that came by its ship date tore the year apart.
      await sql`select book_sales('shipment', array[7])`.execute(tx)
    })
    const facts = async () =>
      (
        await sql`select count(*)::int as n, max(id)::int as last, sum(amount)::text as amount from sales_fact`.execute(
          db.kysely,
        )
      ).rows
    const figures = async () =>
      (
        await sql`select extract(year from month)::int as year, sum(amount)::text as amount, sum(returned)::text as returned
          from sales_month where basis = 'order' group by 1 order by 1`.execute(db.kysely)
      ).rows
    const trail = async () => (await sql`select count(*)::int as n from audit`.execute(db.kysely)).rows
    const before = [await facts(), await figures(), await trail()]
    await migrateDatabase(db)
    expect([await facts(), await figures(), await trail()]).toEqual(before)
    expect((await sql`select year, basis from sales_year order by year`.execute(db.kysely)).rows).toEqual([
      { year: 2016, basis: 'order' },
      { year: 2017, basis: 'order' },
    ])
    expect(
      (
        await sql`select l.source, count(*)::int as n, bool_and(l.order_code = o.code and l.counts) as whole
          from order_line l join sales_order o on o.id = l.order_id and o.source = l.source group by 1`.execute(
          db.kysely,
        )
      ).rows,
    ).toEqual([{ source: 'default', n: 60, whole: true }])
    expect((await sql`select code, twin_of from account order by id`.execute(db.kysely)).rows).toEqual([
      { code: 'a-1', twin_of: null },
      { code: 'A-1', twin_of: 1 },
      { code: 'Ａ－１', twin_of: 1 },
      { code: 'B-1', twin_of: null },
    ])
    await expect(
      sql`insert into account (code, name) values ('A-1 ', '示例戊')`.execute(db.kysely),
    ).rejects.toThrow(/account_key_once/)
    // Booked once more, nothing is new but what tore the year apart: it is reversed.
    const again = await sql<{ n: number }>`select book_sales('order') as n`.execute(db.kysely)
    expect(again.rows).toEqual([{ n: 1 }])
    expect(await figures()).toEqual(before[1])
  })
})

const clients: pg.Client[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end()
})
async function clientOf({ url }: TestDatabase): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  clients.push(client)
  return client
}
