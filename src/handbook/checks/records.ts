import { check, placeOf } from './say.ts'
import { called, tasksOf } from './steps.ts'

export const records = check(
  {
    id: 'records',
    answers: [6, 14],
    about: {
      zh: '每种记录至少由一个步骤产生；步骤写下的记录都在记录清单里。',
      en: 'Every record is produced by one step or more, and what a step writes is in the list of records.',
    },
    why: {
      zh: '没有步骤产生的记录永远是空的，靠它的指标也永远没有数。在产生它的步骤写 kb:produces，或从 records.yaml 删去。',
      en: 'A record that no step writes stays empty, and so do the indicators that count it. Give the step kb:produces, or remove the record from records.yaml.',
    },
  },
  function* (edition) {
    const produced = new Set<string>()
    for (const { workflow, node } of tasksOf(edition))
      for (const id of node.produces) {
        produced.add(id)
        if (!edition.records.some((one) => one.id === id))
          yield {
            at: placeOf(edition, node.at, id),
            ref: `wf:${workflow.id}/${node.step}`,
            text: {
              zh: `${called(node).zh}产生 ${id}，记录清单里没有它`,
              en: `${called(node).en} produces ${id}, which is not in the list of records`,
            },
          }
      }
    for (const one of edition.records)
      if (!produced.has(one.id))
        yield {
          at: one.at,
          text: {
            zh: `没有步骤产生 ${one.id} ${one.name.zh}`,
            en: `No step produces ${one.id} ${one.name.en}`,
          },
        }
  },
)
