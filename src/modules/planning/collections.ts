import { sql } from 'kysely'
import type { Collection, CollectionItem } from '../../kernel/workflow/act.ts'

interface Receiver {
  sheet_id: number
  receiver_id: number
  name: string
  name_en: string
  unit_id: number | null
  year: number
}

const itemOf = (row: Receiver): CollectionItem => ({
  key: `sheet:${row.sheet_id}/person:${row.receiver_id}`,
  subjectId: row.receiver_id,
  unitId: row.unit_id,
  title: { zh: `${row.year} 年计划：${row.name}`, en: `Plan ${row.year}: ${row.name_en || row.name}` },
  input: { sheetId: row.sheet_id, year: row.year },
})

/** Managers to whom the head's sheet gives a share. */
export const managers: Collection = {
  id: 'planning.managers',
  async items(ctx, at) {
    const { rows } =
      await sql<Receiver>`select l.sheet_id, l.receiver_id, p.name, p.name_en, null::int as unit_id, plan.year
      from plan_letter l join plan_sheet s on s.id = l.sheet_id join plan on plan.id = s.plan_id join person p on p.id = l.receiver_id
      where plan.case_id = ${at.rootId} and s.kind = 'manager' order by l.receiver_id`.execute(ctx.tx)
    return rows.map(itemOf)
  },
}

/** Reps to whom this manager's sheet gives a share. */
export const reps: Collection = {
  id: 'planning.reps',
  async items(ctx, at) {
    const { rows } = await sql<Receiver>`select l.sheet_id, l.receiver_id, p.name, p.name_en,
        (select h.unit_id from holder h where h.person_id = l.receiver_id and h.post = 'REP' limit 1) as unit_id, plan.year
      from plan_letter l join plan_sheet s on s.id = l.sheet_id join plan on plan.id = s.plan_id join person p on p.id = l.receiver_id
      where s.kind = 'rep' and s.case_id = ${at.caseId} order by l.receiver_id`.execute(ctx.tx)
    return rows.map(itemOf)
  },
}
