import { check, placeOf } from './say.ts'

export const headcount = check(
  {
    id: 'headcount',
    answers: [1],
    about: {
      zh: '编制内各岗位席位之和等于编制；席位所写的岗位都在。',
      en: 'Seats inside the headcount add up to it, and every seat names a post that exists.',
    },
    why: {
      zh: '编制是批准过的数，席位是逐条列出的人；两边对不上，招聘和权限都会出错。改席位或编制中的一处。',
      en: 'The headcount is an approved number, the seats are people one by one; where they differ, hiring and rights go wrong. Change the seats or the headcount.',
    },
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
