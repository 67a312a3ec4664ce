import { Refusal } from '../refusal.ts'

/**
 * Lets so many pieces of work go on at once; the others wait in order, none longer than `longest` milliseconds.
 * @throws Refusal 503 `crowded`, in the words of `refusal`, when too many wait already, or one has waited too long
 */
export function turns(
  atOnce: number,
  mostWaiting: number,
  longest = 20_000,
  refusal: () => Refusal = crowded,
): <T>(work: () => Promise<T>) => Promise<T> {
  let going = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (going < atOnce) going += 1
    else {
      if (waiting.length >= mostWaiting) throw refusal()
      // Whoever ends hands his turn on, so that the count stays as it is.
      await new Promise<void>((resolve, reject) => {
        const turn = () => {
          clearTimeout(patience)
          resolve()
        }
        const patience = setTimeout(() => {
          waiting.splice(waiting.indexOf(turn), 1)
          reject(refusal())
        }, longest)
        waiting.push(turn)
      })
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else going -= 1
    }
  }
}

export function crowded(): Refusal {
  return new Refusal(503, 'crowded', {
    zh: '现在登录的人太多，过几秒再试',
    en: 'Too many people are signing in at the moment. Try again in a few seconds',
  })
}
