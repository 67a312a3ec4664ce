import { type RawBuilder, sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../../kernel/db/database.ts'

const shown = 5

/** What a list of accounts in `said_record` makes one wonder about. */
export const doubtsOfList = (tx: Tx, columns: readonly string[]): Promise<Text[]> => {
  const column = (id: string) => (columns.includes(id) ? sql`s.${sql.ref(id)}` : sql`null::text`)
  return doubtsOf(
    tx,
    sql`select s.record_id as id, s.code, ${column('name')} as name, ${column('credit_code')} as credit_code from said_record s`,
  )
}

/**
 * Accounts that are brought and may be one with another: an equal name, apart from what says only how a company is registered, and an
 * equal credit code; and those from before that share the key of their code. None of it stands in the way.
 * @param said rows of id (null for a new account), code, name, credit_code
 */
export async function doubtsOf(tx: Tx, said: RawBuilder<unknown>): Promise<Text[]> {
  return [...(await equalNames(tx, said)), ...(await equalCredit(tx, said)), ...(await twins(tx))]
}

interface Found {
  all: number
  what: string
  codes: string[]
}

const listed = (rows: readonly Found[], zh: boolean): string =>
  rows
    .map(
      ({ what, codes }) =>
        `${zh ? `“${what}”` : `“${what}” `}${zh ? '（' : '('}${codes.join(zh ? '、' : ', ')}${zh ? '）' : ')'}`,
    )
    .join(zh ? '，' : ', ')

async function equalNames(tx: Tx, said: RawBuilder<unknown>): Promise<Text[]> {
  const { rows } =
    await sql<Found>`with said as materialized (select *, name_stem(name) as stem from (${said}) s),
    every as (
      select s.stem, s.code, s.name, s.id is null as fresh from said s where s.stem is not null
      union all
      select name_stem(a.name), a.code, a.name, false from account a
      where name_stem(a.name) in (select stem from said where id is null) and a.id not in (select id from said where id is not null)
    )
    select count(*) over ()::int as all, min(name) as what, (array_agg(code order by code))[1:6] as codes
    from every group by stem having count(*) > 1 and bool_or(fresh) order by min(code) limit ${shown}`.execute(
      tx,
    )
  const [first] = rows
  if (!first) return []
  return [
    {
      zh: `${first.all} 个名称各有不止一家客户，核对是不是同一家：${listed(rows, true)}${first.all > shown ? ' 等' : ''}`,
      en: `Names that more than one account bears: ${first.all}. Check whether they are one: ${listed(rows, false)}${first.all > shown ? ' and others' : ''}`,
    },
  ]
}

async function equalCredit(tx: Tx, said: RawBuilder<unknown>): Promise<Text[]> {
  const { rows } =
    await sql<Found>`with said as materialized (select * from (${said}) s where s.credit_code is not null),
    every as (
      select key_of(credit_code) as credit, code from said
      union all
      select key_of(a.credit_code), a.code from account a where a.credit_code is not null
        and key_of(a.credit_code) in (select key_of(credit_code) from said) and a.id not in (select id from said where id is not null)
    )
    select count(*) over ()::int as all, credit as what, (array_agg(code order by code))[1:6] as codes
    from every group by credit having count(*) > 1 order by credit limit ${shown}`.execute(tx)
  const [first] = rows
  if (!first) return []
  return [
    {
      zh: `${first.all} 个统一社会信用代码各有不止一家客户，核对是不是同一家：${listed(rows, true)}${first.all > shown ? ' 等' : ''}`,
      en: `Credit codes that more than one account bears: ${first.all}. Check whether they are one: ${listed(rows, false)}${first.all > shown ? ' and others' : ''}`,
    },
  ]
}

/** Codes of accounts from before that mean the same, the first of each beside its twins. */
export async function twinsOf(db: Pick<Tx, 'getExecutor'>): Promise<Found[]> {
  const { rows } = await sql<Found>`select count(*) over ()::int as all, min(f.code) as what,
      array_agg(t.code order by t.id) as codes
    from account t join account f on f.id = t.twin_of group by f.id order by f.id limit ${shown}`.execute(
    db as Tx,
  )
  return rows
}

async function twins(tx: Tx): Promise<Text[]> {
  const rows = await twinsOf(tx)
  const [first] = rows
  if (!first) return []
  return [
    {
      zh: `原有 ${first.all} 组客户的编号只差大小写、全角半角或空格：${listed(rows, true)}${first.all > shown ? ' 等' : ''}。它们照旧；新的不再收`,
      en: `Accounts from before whose codes differ only in case, width or blanks: ${first.all} sets, ${listed(rows, false)}${first.all > shown ? ' and others' : ''}. They stay; no new one is taken`,
    },
  ]
}
