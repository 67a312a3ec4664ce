import { check, placeOf } from './say.ts'
import { adoptionOf, called, callsOf, tasksOf } from './steps.ts'

export const code = check(
  {
    id: 'code',
    answers: [],
    about: {
      zh: '运行中的步骤，程序里有它的动作和名单。',
      en: 'For every running step the program has its act, and its collection where it calls for each.',
    },
    why: {
      zh: '运行中的步骤由程序办理；没有动作就打不开面板，没有名单就派不出去。补上动作，或把这一步改为 described。',
      en: 'A running step is worked by the program: without its act no panel opens, without its collection nobody is called. Name an act the program has, or make the step described.',
    },
  },
  function* (edition, bindings) {
    for (const { workflow, node } of tasksOf(edition)) {
      if (adoptionOf(workflow, node) !== 'running') continue
      if (node.act && bindings.acts.includes(node.act)) continue
      yield {
        at: placeOf(edition, node.at, node.act ?? node.id),
        ref: `wf:${workflow.id}/${node.step}`,
        text: node.act
          ? {
              zh: `程序里没有动作 ${node.act}（${called(node).zh}）`,
              en: `The program has no act ${node.act} (${called(node).en})`,
            }
          : {
              zh: `${called(node).zh}在运行，须写明动作 kb:act；或改为 described`,
              en: `${called(node).en} is running and needs a kb:act, or is to be described`,
            },
      }
    }
    for (const { workflow, node } of callsOf(edition))
      if (adoptionOf(workflow, node) === 'running' && !bindings.collections.includes(node.each ?? ''))
        yield {
          at: placeOf(edition, node.at, node.each ?? node.id),
          ref: `wf:${workflow.id}/${node.step}`,
          text: node.each
            ? { zh: `程序里没有名单 ${node.each}`, en: `The program has no collection ${node.each}` }
            : {
                zh: `${called(node).zh}在运行，须写明名单 kb:each；或改为 described`,
                en: `${called(node).en} is running and needs a kb:each, or is to be described`,
              },
        }
  },
)
