import type { Place, Text } from '../model.ts'
import { findNorm, isDeadline } from '../words/norms.ts'
import { check, placeOf } from './say.ts'
import { adoptionOf, called, tasksOf } from './steps.ts'
import { textsOf } from './texts.ts'

export const norms = check(
  'norms',
  {
    zh: '正文引用的参数、步骤的期限都在参数表里有值。',
    en: 'Every parameter the text refers to, and every deadline of a step, has a value in the norm tables.',
  },
  function* (edition) {
    for (const { workflow, node } of tasksOf(edition)) {
      if (!node.due) continue
      const found = findNorm(edition, node.due)
      if (found && isDeadline(found.value)) continue
      yield {
        at: placeOf(edition, node.at, node.due),
        ref: `wf:${workflow.id}/${node.step}`,
        adoption: adoptionOf(workflow, node),
        text:
          found === null
            ? {
                zh: `${called(node).zh}的期限 ${node.due} 不在参数表里`,
                en: `The deadline ${node.due} of ${called(node).en} is not in the norm tables`,
              }
            : {
                zh: `${called(node).zh}的期限 ${node.due} 不是一个期限`,
                en: `${node.due}, the deadline of ${called(node).en}, is not a deadline`,
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

const pathsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{((?:norm|kpi)\.[\w.-]+)\}\}/g)].map((match) => match[1] as string)
