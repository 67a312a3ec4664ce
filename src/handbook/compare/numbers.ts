import type { Calendar, HandbookRecord, Kpi, Norm, Switch } from '../model.ts'
import { cellText, valueText } from '../words/norms.ts'
import { type Face, Lines, listed, pair, same } from './face.ts'
import { adoptions, directions, label, methods, type Names, periods, units, vats } from './words.ts'

/** A norm table: every value and every cell is a line of its own. */
export function normFace(names: Names, norm: Norm): Face {
  const told = () => {
    const lines = new Lines().value('name', label.name, norm.name).prose('note', label.note, norm.note)
    for (const [id, one] of Object.entries(norm.values)) {
      lines.value(id, one.name, valueText(one), [one.value, one.unit, one.tag])
      if (one.note) lines.value(`${id}/note`, pair(one.name, label.note), one.note)
    }
    for (const row of norm.rows) {
      for (const column of norm.columns) {
        const cell = row.cells[column.id]
        if (!cell) continue
        lines.value(
          `${row.id}.${column.id}`,
          { zh: `${row.name.zh}，${column.name.zh}`, en: `${row.name.en}, ${column.name.en}` },
          cellText(cell, names.post, row.unit ?? column.unit),
          [cell, row.unit ?? column.unit, row.tag],
        )
      }
      if (row.note) lines.value(`${row.id}/note`, pair(row.name, label.note), row.note)
    }
    return lines.all
  }
  return {
    key: `norm:${norm.id}`,
    ref: `norm:${norm.id}`,
    group: 'norm',
    code: '',
    name: norm.name,
    lines: told,
    whole: norm,
  }
}

/** An indicator; its weights stand on the sheets of the posts. */
export function kpiFace(names: Names, kpi: Kpi): Face {
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, kpi.name)
      .prose('formula', label.formula, kpi.formula)
      .value('unit', label.unit, units[kpi.unit])
      .value('vat', label.vat, kpi.vat === null ? null : vats[kpi.vat])
      .value('records', label.records, listed(kpi.records.map(names.record)), kpi.records)
      .value('periods', label.periods, listed(kpi.periods.map((one) => periods[one])))
      .value('posts', label.posts, names.posts(kpi.posts), kpi.posts)
      .value('direction', label.direction, directions[kpi.direction])
      .value('scored', label.scored, kpi.scored)
      .value('scoring', label.scoring, scoringOf(kpi, names), kpi.scoring)
      .prose('missingBase', label.missingBase, kpi.missingBase)
      .prose('note', label.note, kpi.note)
      .value('adoption', label.adoption, adoptions[kpi.adoption], [kpi.adoption, kpi.measure, kpi.tag])
    return lines.all
  }
  return {
    key: `kpi:${kpi.id}`,
    ref: `kpi:${kpi.id}`,
    group: 'kpi',
    code: kpi.id,
    name: kpi.name,
    lines: told,
    whole: kpi,
  }
}

function scoringOf({ scoring }: Kpi, names: Names) {
  const method = methods[scoring.method]
  const table = names.table(scoring.norm)
  return table ? { zh: `${method.zh}，${table.zh}`, en: `${method.en}, ${table.en}` } : method
}

export function switchFace(one: Switch, ref: string): Face {
  const chosen = one.values.find((value) => value.id === one.value)?.name ?? same(one.value)
  const told = () => {
    const lines = new Lines()
      .value('name', label.name, one.name)
      .value('value', label.inForce, chosen)
      .value('options', label.option, listed(one.values.map((value) => value.name)))
      .value('where', label.where, one.where)
    return lines.all
  }
  return {
    key: `switch:${one.id}`,
    ref,
    group: 'switch',
    code: '',
    name: one.name,
    lines: told,
    whole: one,
  }
}

export function calendarFace(calendar: Calendar, ref: string): Face {
  const told = () => {
    const lines = new Lines()
    for (const [year, { off, work }] of Object.entries(calendar.years))
      lines
        .value(
          `${year}/off`,
          { zh: `${year} 年${label.off.zh}`, en: `${label.off.en} in ${year}` },
          off.join(' '),
        )
        .value(
          `${year}/work`,
          { zh: `${year} 年${label.makeUp.zh}`, en: `${label.makeUp.en} in ${year}` },
          work.join(' '),
        )
    return lines.all
  }
  return {
    key: 'calendar',
    ref,
    group: 'calendar',
    code: '',
    name: { zh: '工作日历', en: 'Working calendar' },
    lines: told,
    whole: calendar,
  }
}

export function recordFace(record: HandbookRecord, ref: string): Face {
  const told = () => {
    const lines = new Lines().value('name', label.name, record.name)
    return lines.all
  }
  return {
    key: `record:${record.id}`,
    ref,
    group: 'record',
    code: record.id,
    name: record.name,
    lines: told,
    whole: record,
  }
}
