import { sql } from 'kysely'
import { securityEvent } from '../../audit/security.ts'
import { passwordFault, refuseFault } from '../../auth/password-rules.ts'
import { hashPassword, readablePassword } from '../../auth/secrets.ts'
import { isDay } from '../../clock.ts'
import type { Database } from '../../db/database.ts'
import { asOwner } from '../../db/transaction.ts'
import { Refusal } from '../../refusal.ts'
import { sampleCompany } from './company.ts'

/** Business date on which the sample company starts. */
export const sampleDate = '2018-01-02'

/** Milliseconds to add to the real clock so that today in the company's zone is `date`, at the same time of day. */
export function offsetTo(date: string, real: Date = new Date()): number {
  const today = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
  }).format(real)
  return Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)
}

/**
 * Makes the sample company in an empty database, in one transaction.
 * @param options.hash how the password is kept; tests, in which hundreds sign in, take a cheap one
 * @returns the password of all sample logins, shown once; `null` when the company is there already
 */
export async function loadSample(
  db: Database,
  options: { password?: string; seed?: number; hash?: typeof hashPassword } = {},
): Promise<string | null> {
  const company = sampleCompany(options.seed)
  const password = options.password ?? readablePassword()
  const hash = await (options.hash ?? hashPassword)(password)
  return asOwner(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(7102)`.execute(tx)
    const { rows } = await sql<{
      sample: boolean
    }>`select sample from company`.execute(tx)
    if (rows[0]?.sample) return null
    if (rows[0])
      throw new Refusal(409, 'company-there', {
        zh: '这个数据目录里已有自己的公司，示例公司要放在另一个空目录（KAMBOOK_DATA）',
        en: 'This data folder already holds a company of your own. Put the sample company into another, empty folder (KAMBOOK_DATA)',
      })
    await sql`insert into company (name_zh, name_en, sample, clock_offset_ms)
      values (${company.name.zh}, ${company.name.en}, true, ${offsetTo(sampleDate)})`.execute(tx)
    for (const unit of company.units)
      await sql`insert into unit (parent_id, level, code, name_zh, name_en, legal_entity)
        values ((select id from unit where code = ${unit.parent}), ${unit.level}, ${unit.code}, ${unit.zh}, ${unit.en}, ${unit.legalEntity})`.execute(
        tx,
      )
    const seats = JSON.stringify(
      company.seats.map((seat) => ({
        ...seat,
        name: seat.person.zh,
        name_en: seat.person.en,
        covers: seat.covers,
      })),
    )
    await sql`with said as (
        select s.*, row_number() over () as n from jsonb_to_recordset(${seats}::jsonb)
          as s(login text, post text, unit text, number int, covers jsonb, "inHeadcount" boolean, name text, name_en text)
      ), seat_made as (
        insert into seat (post, unit_id, number, covers, in_headcount, valid_from)
        select post, (select id from unit where code = said.unit), number,
          coalesce((select array_agg(u.id order by u.id) from unit u where u.code in (select jsonb_array_elements_text(said.covers))), '{}'),
          "inHeadcount", '2010-01-01' from said order by n returning id, post, unit_id, number
      ), person_made as (
        insert into person (name, name_en, joined_on) select name, name_en, '2010-01-01' from said order by n returning id, name
      ), user_made as (
        insert into app_user (login, person_id, password_hash)
        select said.login, person_made.id, ${hash} from said join person_made using (name) returning id
      )
      insert into assignment (seat_id, person_id, from_date)
      select seat_made.id, person_made.id, '2010-01-01' from said
      join seat_made on seat_made.post = said.post and seat_made.number = said.number
        and seat_made.unit_id = (select id from unit where code = said.unit)
      join person_made using (name)`.execute(tx)
    return password
  })
}

/** Sets one password for all sample logins and ends their sessions. */
export async function setSamplePassword(db: Database, password: string): Promise<void> {
  const company = sampleCompany()
  // One password for all of them, so that it must not be made of anybody's login or name.
  for (const { login, person } of company.seats) {
    const about = { login, names: [person.zh, person.en], company: [company.name.zh, company.name.en] }
    refuseFault(await passwordFault(password, about), 'password')
  }
  const hash = await hashPassword(password)
  await asOwner(db, async (tx) => {
    await requireSample(tx)
    await sql`update app_user set password_hash = ${hash}, once_until = null`.execute(tx)
    await sql`delete from auth_session where kind = 'session'`.execute(tx)
    await sql`delete from auth_attempt`.execute(tx)
    await securityEvent(tx, 'password-reset', { detail: { at: 'terminal', sample: true } })
  })
}

/** Moves the sample company's business date. A company of one's own keeps the real date. */
export async function setSampleDate(db: Database, date: string): Promise<void> {
  if (!isDay(date))
    throw new Refusal(422, 'no-date', {
      zh: `日期要写成 2018-01-02 这样，${date} 不是`,
      en: `Write the date as 2018-01-02; ${date} is none`,
    })
  await asOwner(db, async (tx) => {
    await requireSample(tx)
    await sql`update company set clock_offset_ms = ${offsetTo(date)}`.execute(tx)
  })
}

async function requireSample(tx: Parameters<Parameters<typeof asOwner>[1]>[0]): Promise<void> {
  const { rows } = await sql<{
    sample: boolean
  }>`select sample from company`.execute(tx)
  if (!rows[0]?.sample)
    throw new Refusal(409, 'no-sample', {
      zh: '这里不是示例公司。用 npm start -- --sample 在空目录里建一个',
      en: 'This is not the sample company. Make one in an empty folder with npm start -- --sample',
    })
}
