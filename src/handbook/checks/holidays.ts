import type { Deadline, Edition } from '../model.ts'
import { addDays, addWorkdays, workdayFrom } from '../workdays.ts'
import { deadlineOf, stretches } from './chain-of-days.ts'
import { check, placeOf } from './say.ts'
import { called } from './steps.ts'

export const holidays = check(
  {
    id: 'holidays',
    answers: [17],
    about: {
      zh: '放到每个有节假日数据的年份上，两个固定日期之间的工作日够中间的步骤用。',
      en: 'In every year whose holidays are listed, the working days between two fixed days are enough for the steps between them.',
    },
    why: {
      zh: '纸上的日期隔着国庆或春节，工作日就不够了，最后一步一开始就逾期。把前一个日期提早，把后一个推迟，或缩短中间的步骤。',
      en: 'With National Day or Spring Festival between two dates the working days run out, and the last step is late before it begins. Move a date, or shorten the steps between.',
    },
  },
  function* (edition) {
    for (const workflow of edition.workflows)
      for (const process of workflow.processes)
        for (const { from, to, between } of stretches(edition, process)) {
          const late = Object.keys(edition.calendar.years)
            .sort()
            .map(Number)
            .map((year) => ({
              year,
              ...onCalendar(edition, deadlineOf(edition, from), between, deadlineOf(edition, to), year),
            }))
            .find((one) => one.ready !== null && one.due !== null && one.ready > one.due)
          if (late)
            yield {
              at: placeOf(edition, to.at, to.due as string),
              ref: `wf:${workflow.id}/${to.step}`,
              text: {
                zh: `${late.year} 年的日历上，从${called(from).zh}起按期要到 ${late.ready} 才轮到办完，${called(to).zh}却 ${late.due} 到期`,
                en: `On the calendar of ${late.year} the steps after ${called(from).en} may take until ${late.ready}, but ${called(to).en} is due on ${late.due}`,
              },
            }
        }
  },
)

/** When the steps between may be done, and when the next one is due, for a case of the year; `null` outside the listed years. */
function onCalendar(
  edition: Edition,
  first: Deadline | null,
  between: readonly Deadline[],
  last: Deadline | null,
  year: number,
): { ready: string | null; due: string | null } {
  const { calendar } = edition
  const day = (date: string, offset: number): string | null =>
    calendar.years[String(year + offset)] ? workdayFrom(calendar, `${year + offset}-${date}`) : null
  const start = first?.date ? day(first.date, first.year ?? 0) : null
  const due = last?.date ? day(last.date, last.year ?? 0) : null
  if (start === null || due === null) return { ready: null, due }
  let ready = start
  for (const { workdays, days, latest } of between) {
    const after = workdays === undefined ? addDays(ready, days ?? 0) : addWorkdays(calendar, ready, workdays)
    const last_ = latest ? day(latest.date, latest.year) : null
    ready = workdayFrom(calendar, last_ !== null && last_ < after ? last_ : after)
  }
  return { ready, due }
}
