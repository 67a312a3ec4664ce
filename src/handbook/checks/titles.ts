import { check } from './say.ts'

export const titles = check(
  {
    id: 'titles',
    answers: [],
    about: {
      zh: '只有标题、还没写的部分逐一列出，作为说明。',
      en: 'Lists, as notes, the parts that stand as titles and are still to be written.',
    },
    why: {
      zh: '列出还没写的部分，便于知道这一版还缺什么；不妨碍发布。',
      en: 'Lists what is still to be written, so that everybody knows what this edition lacks; it does not keep it from being published.',
    },
  },
  function* (edition) {
    const lists = [
      ['post', edition.posts.filter((one) => one.kind === 'inside' && !one.sheet)],
      ['wf', edition.workflows.filter((one) => one.processes.length === 0)],
      ['form', edition.forms.filter((one) => one.sections.length === 0)],
      ['policy', edition.policies.filter((one) => !one.body)],
    ] as const
    for (const [kind, list] of lists)
      for (const one of list)
        yield {
          at: one.at,
          ref: `${kind}:${one.id}`,
          adoption: 'described',
          text: {
            zh: `${one.id} ${one.name.zh}只有标题，还没有内容`,
            en: `${one.id} ${one.name.en} stands as a title and has no content yet`,
          },
        }
  },
)
