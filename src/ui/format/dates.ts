import type { Lang } from './money.ts'

const weekdays: Record<Lang, readonly string[]> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)

/** The date alone: `11-26`, with the year only if it is not this one; English `26 Nov`. */
export function dateText(day: string, lang: Lang, today: string): string {
  const [year = '', month = '', date = ''] = day.slice(0, 10).split('-')
  const same = year === today.slice(0, 4)
  if (lang === 'zh') return same ? `${month}-${date}` : `${year}-${month}-${date}`
  return `${Number(date)} ${months[Number(month) - 1] ?? ''}${same ? '' : ` ${year}`}`
}

/** 今天 and 明天 by name, else date and weekday: `11-26 周四`. */
export function dayText(day: string, lang: Lang, today: string): string {
  const distance = dayNumber(day.slice(0, 10)) - dayNumber(today)
  if (distance === 0) return lang === 'zh' ? '今天' : 'Today'
  if (distance === 1) return lang === 'zh' ? '明天' : 'Tomorrow'
  const weekday = weekdays[lang][new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? ''
  return lang === 'zh'
    ? `${dateText(day, lang, today)} ${weekday}`
    : `${weekday} ${dateText(day, lang, today)}`
}

/** A quarter by its number: `一季度`, English `Q1`. */
export const quarterText = (quarter: number, lang: Lang): string =>
  lang === 'zh' ? `${'〇一二三四'[quarter] ?? quarter}季度` : `Q${quarter}`

/** Local day and time of day of an instant. */
function localParts(instant: string): { day: string; time: string } {
  const at = new Date(instant)
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

/** An instant with its time: `今天 17:30`, `11-26 周四 09:30`. */
export function momentText(instant: string, lang: Lang, today: string): string {
  const { day, time } = localParts(instant)
  return `${dayText(day, lang, today)} ${time}`
}

export type Urgency = 'calm' | 'near' | 'late'

/** A deadline in working days: 剩 3 个工作日 → 今天 17:30 → 逾期 1 个工作日; beyond five days the date. */
export function deadlineText(
  dueAt: string | null,
  workdaysLeft: number | null,
  lang: Lang,
  today: string,
): { text: string; urgency: Urgency } {
  if (dueAt === null) return { text: lang === 'zh' ? '没有期限' : 'No deadline', urgency: 'calm' }
  const left = workdaysLeft ?? 0
  if (left < 0) {
    const n = -left
    return {
      text: lang === 'zh' ? `逾期 ${n} 个工作日` : `${n} working day${n === 1 ? '' : 's'} late`,
      urgency: 'late',
    }
  }
  if (left === 0 || localParts(dueAt).day === today)
    return { text: momentText(dueAt, lang, today), urgency: 'near' }
  if (left <= 5)
    return {
      text: lang === 'zh' ? `剩 ${left} 个工作日` : `${left} working day${left === 1 ? '' : 's'} left`,
      urgency: left === 1 ? 'near' : 'calm',
    }
  return { text: dayText(localParts(dueAt).day, lang, today), urgency: 'calm' }
}
