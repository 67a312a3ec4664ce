import { check, placeOf } from './say.ts'

export const switches = check(
  {
    id: 'switches',
    answers: [],
    about: {
      zh: '选项当前的取值是可选的值之一。',
      en: 'The value of every switch is one of those it offers.',
    },
    why: {
      zh: '选项取了它不提供的值，照它办事的地方都不知所措。改 value，或补上这个值。',
      en: 'A switch set to what it does not offer leaves everything that asks it at a loss. Correct its value, or offer it.',
    },
  },
  function* (edition) {
    for (const one of edition.switches)
      if (!one.values.some((value) => value.id === one.value))
        yield {
          at: placeOf(edition, one.at, 'value:'),
          ref: `switch:${one.id}`,
          text: {
            zh: `选项“${one.name.zh}”取值 ${one.value}，不在可选的值里`,
            en: `The switch “${one.name.en}” is set to ${one.value}, which it does not offer`,
          },
        }
  },
)
