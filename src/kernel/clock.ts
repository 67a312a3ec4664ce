/** Time is injected: the running program takes `systemClock`, a sample company moves its business date, tests stand still. */
export interface Clock {
  /** The moment, for stamps and deadlines. */
  now(): Date
  /** The business date in the company's zone, `YYYY-MM-DD`. */
  today(): string
}

export const companyZone = 'Asia/Shanghai'

// A formatter takes far longer to make than to use, and depends on nothing but its zone.
const formatters = new Map<string, Intl.DateTimeFormat>()

/** `YYYY-MM-DD HH:MM:SS` of a moment on the wall clock of a zone. */
export function wallClock(moment: Date, zone: string = companyZone): string {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    formatters.set(zone, formatter)
  }
  return formatter.format(moment)
}

/** `YYYY-MM-DD` of a moment in the company's zone. */
export const dateIn = (moment: Date, zone: string = companyZone): string =>
  wallClock(moment, zone).slice(0, 10)

/** Whether a text is a day of the calendar, `YYYY-MM-DD`; JavaScript takes 30 February for 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const moment = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text)
}

export const systemClock: Clock = {
  now: () => new Date(),
  today: () => dateIn(new Date()),
}

/** A clock that runs on from a business date: the sample company of 2018 ages day by day. `offsetMs` is added to the real time. */
export function shiftedClock(offsetMs: number): Clock {
  const now = () => new Date(Date.now() + offsetMs)
  return { now, today: () => dateIn(now()) }
}

/** A clock that stands still until it is moved; for tests. */
export function standingClock(start: string): Clock & { moveTo(moment: string): void } {
  let moment = new Date(start)
  return {
    now: () => moment,
    today: () => dateIn(moment),
    moveTo: (next) => {
      moment = new Date(next)
    },
  }
}
