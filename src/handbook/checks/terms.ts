import { check, type Finding, placeOf, repeated } from './say.ts'

export const terms = check(
  {
    id: 'terms',
    answers: [9],
    about: {
      zh: '用语和岗位的别名各只指一样东西。',
      en: 'Terms and the aliases of terms and posts mean one thing each.',
    },
    why: {
      zh: '一个词指两样东西，搜索和读的人都会走错。给其中一个换个说法；旧说法留作别名。',
      en: 'A word for two things misleads search and reader alike. Choose another for one of them; the old word may stay as an alias.',
    },
  },
  function* (edition): Iterable<Finding> {
    const file = edition.files['glossary.yaml'] === undefined ? undefined : 'glossary.yaml'
    const words = edition.glossary.flatMap((one) =>
      [...new Set([one.term.zh, ...one.aliases])].map((word) => ({ word, owner: one.term })),
    )
    for (const { word, owner } of repeated(words, (one) => one.word.toLowerCase()))
      yield {
        at: file
          ? placeOf(edition, placeOf(edition, { file, line: 1, column: 1 }, owner.zh), word)
          : (edition.chapters[0]?.at ?? { file: 'edition.yaml', line: 1, column: 1 }),
        text: {
          zh: `“${word}”在用语表里指两样东西，其中一处是“${owner.zh}”`,
          en: `“${word}” means two things in the glossary; one of them is “${owner.en}”`,
        },
      }
    const names = edition.posts.flatMap((post) =>
      [...new Set([post.name.zh, ...post.aliases.map((one) => one.zh)])].map((word) => ({ word, post })),
    )
    for (const { word, post } of repeated(names, (one) => one.word))
      yield {
        at: placeOf(edition, post.at, word),
        ref: `post:${post.id}`,
        text: {
          zh: `岗位的叫法“${word}”指了两个岗位，其中一个是 ${post.id}`,
          en: `“${word}” names two posts; one of them is ${post.id}`,
        },
      }
  },
)
