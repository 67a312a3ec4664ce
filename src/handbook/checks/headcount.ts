import { check, placeOf } from './say.ts'

export const headcount = check(
  'headcount',
  {
    zh: '编制内各岗位席位之和等于编制；席位所写的岗位都在。',
    en: 'Seats inside the headcount add up to it, and every seat names a post that exists.',
  },
  function* ({ organisation, posts, ...edition }) {
    const sum = organisation.seats.filter((one) => one.inHeadcount).reduce((all, one) => all + one.count, 0)
    if (sum !== organisation.headcount)
      yield {
        at: placeOf({ organisation, posts, ...edition }, organisation.at, 'headcount:'),
        text: {
          zh: `编制写的是 ${organisation.headcount} 人，编制内席位合计 ${sum} 人；改其中一处`,
          en: `The headcount is ${organisation.headcount}, the seats inside it add up to ${sum}; change one of them`,
        },
      }
    for (const seat of organisation.seats)
      if (!posts.some((one) => one.id === seat.post))
        yield {
          at: seat.at,
          text: { zh: `席位的岗位 ${seat.post} 不存在`, en: `The seat’s post ${seat.post} does not exist` },
        }
  },
)
