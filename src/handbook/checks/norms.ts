import type { Edition, Norm, Place, Ref, Text } from '../model.ts'
import { findNorm, findRow, isDeadline, normOf } from '../words/norms.ts'
import { check, type Finding, placeOf, repeated } from './say.ts'
import { called, callsOf, tasksOf } from './steps.ts'
import { textsOf } from './texts.ts'

export const norms = check(
  {
    id: 'norms',
    answers: [9],
    about: {
      zh: '每个任务有期限；正文、步骤、指标引用的参数都在参数表里有值，表格的每一行对得上表头。',
      en: 'Every task has a deadline; every parameter that text, steps and indicators refer to is in the norm tables, and every row of a table fits its columns.',
    },
    why: {
      zh: '数字只写在参数表里，别处引用；引用落空，读的人只看到花括号。改正引用，或把参数写进表里。',
      en: 'Numbers stand in the norm tables and are referred to; where a reference is empty the reader sees braces. Correct it, or write the norm.',
    },
  },
  function* (edition) {
    for (const { of, due, at, ref } of duesOf(edition)) {
      const found = due === null ? null : findNorm(edition, due)
      if (found && isDeadline(found.value)) continue
      yield {
        at: placeOf(edition, at, due ?? ''),
        ref,
        text:
          due === null
            ? { zh: `${of.zh}没有期限，写上 kb:due`, en: `${of.en} has no deadline; give it a kb:due` }
            : found === null
              ? {
                  zh: `${of.zh}的期限 ${due} 不在参数表里`,
                  en: `The deadline ${due} of ${of.en} is not in the norm tables`,
                }
              : {
                  zh: `${of.zh}的期限 ${due} 不是一个期限`,
                  en: `${due}, the deadline of ${of.en}, is not a deadline`,
                },
      }
    }
    for (const norm of edition.norms) yield* shapeOf(norm)
    for (const kpi of edition.kpis) {
      const { norm } = kpi.scoring
      if (norm && !findNorm(edition, norm) && !findRow(edition, norm) && normOf(edition, norm)?.id !== norm)
        yield {
          at: placeOf(edition, kpi.at, norm),
          ref: `kpi:${kpi.id}`,
          text: {
            zh: `${kpi.id} 的评分参数 ${norm} 不在参数表里`,
            en: `The scoring norm ${norm} of ${kpi.id} is not in the norm tables`,
          },
        }
    }
    for (const { text, at } of textsOf(edition)) yield* unknown(text, at)
    for (const policy of edition.policies)
      for (const lang of ['zh', 'en'] as const) {
        const file = `policies/${policy.id}.${lang}.md`
        const body = edition.files[file]
        if (!body) continue
        for (const path of pathsIn(body))
          if (findNorm(edition, path) === null)
            yield {
              at: placeOf(edition, { file, line: 1, column: 1 }, path),
              ref: `policy:${policy.id}`,
              text: { zh: `参数 ${path} 不存在`, en: `There is no norm ${path}` },
            }
      }

    function* unknown(text: Text, at: Place) {
      for (const path of new Set([...pathsIn(text.zh), ...pathsIn(text.en)]))
        if (findNorm(edition, path) === null)
          yield {
            at: placeOf(edition, at, path),
            text: { zh: `参数 ${path} 不存在`, en: `There is no norm ${path}` },
          }
    }
  },
)

interface Due {
  readonly of: Text
  readonly due: string | null
  readonly at: Place
  readonly ref: Ref
}

/** Every place that names a deadline; a task must have one, a call, a process or a group of steps may. */
function* duesOf(edition: Edition): Iterable<Due> {
  for (const { workflow, node } of tasksOf(edition))
    yield { of: called(node), due: node.due, at: node.at, ref: `wf:${workflow.id}/${node.step}` }
  for (const { workflow, node } of callsOf(edition))
    if (node.due)
      yield { of: called(node), due: node.due, at: node.at, ref: `wf:${workflow.id}/${node.step}` }
  for (const workflow of edition.workflows) {
    const rest = { at: workflow.at, ref: `wf:${workflow.id}` }
    for (const { name, due } of [...workflow.processes, ...workflow.groups])
      if (due) yield { ...rest, of: { zh: `“${name.zh}”`, en: `“${name.en}”` }, due }
  }
}

/** A table has its columns, and every row a cell in each. */
function* shapeOf(norm: Norm): Iterable<Finding> {
  const rest = { ref: `norm:${norm.id}` }
  if (norm.rows.length > 0 && Object.keys(norm.values).length > 0)
    yield {
      ...rest,
      at: norm.at,
      text: {
        zh: `${norm.id} 既有 values 又有 rows；分成两张表`,
        en: `${norm.id} has both values and rows; make it two norms`,
      },
    }
  for (const row of norm.rows) {
    const missing = norm.columns.filter((one) => row.cells[one.id] === undefined).map((one) => one.id)
    const extra = Object.keys(row.cells).filter((id) => !norm.columns.some((one) => one.id === id))
    if (missing.length > 0 || extra.length > 0)
      yield {
        ...rest,
        at: row.at,
        text: {
          zh: `“${row.name.zh}”一行与表头不符：${[...missing.map((id) => `缺 ${id}`), ...extra.map((id) => `多 ${id}`)].join('、')}`,
          en: `The row “${row.name.en}” does not fit the columns: ${[...missing.map((id) => `${id} is missing`), ...extra.map((id) => `${id} is no column`)].join(', ')}`,
        },
      }
  }
  for (const row of repeated(norm.rows, (one) => one.id))
    yield { ...rest, at: row.at, text: { zh: `行 ${row.id} 重复`, en: `The row ${row.id} stands twice` } }
}

const pathsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{((?:norm|kpi)\.[\w.-]+)\}\}/g)].map((match) => match[1] as string)
