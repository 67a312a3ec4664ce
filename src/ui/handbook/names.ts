import type { Deadline, NormValue, Post, Text } from '../../handbook/model.ts'
import type { Reading } from './element.ts'

/** Name of a post; the posts of a merged cell such as `KAM/REP` are joined. */
export function postName(edition: Reading, id: string): Text {
  const one = edition.posts.find((post) => post.id === id)
  return one ? one.name : { zh: id, en: id }
}

export const levelName = (edition: Reading, id: string | null): Text | null =>
  edition.organisation.levels.find((one) => one.id === id)?.name ?? null

/** Value of a norm by its path `norm.<table>.<value>`. */
export function normValue(edition: Reading, path: string): NormValue | null {
  const at = path.lastIndexOf('.')
  const norm = edition.norms.find((one) => one.id === path.slice(0, at))
  return norm?.values[path.slice(at + 1)] ?? null
}

const isDeadline = (value: NormValue['value']): value is Deadline => typeof value === 'object'

/** A norm's value in words, with its unit. */
export function valueText(value: NormValue): Text {
  if (isDeadline(value.value)) return deadlineText(value.value)
  if (typeof value.value === 'boolean') return value.value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  const text = String(value.value)
  const unit = value.unit
  if (!unit) return { zh: text, en: text }
  const tight = unit.zh === '%'
  return { zh: tight ? `${text}%` : `${text} ${unit.zh}`, en: tight ? `${text}%` : `${text} ${unit.en}` }
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dayText(date: string, year = 0): Text {
  const month = Number(date.slice(0, 2))
  const day = Number(date.slice(3))
  const zh = year < 0 ? '上年 ' : year > 0 ? '次年 ' : '当年 '
  const en = year < 0 ? ' of the year before' : year > 0 ? ' of the year after' : ' of the plan year'
  return { zh: `${zh}${month} 月 ${day} 日`, en: `${day} ${months[month - 1] ?? ''}${en}` }
}

/** When a step is due, in words. */
export function deadlineText(deadline: Deadline): Text {
  if (deadline.date) return dayText(deadline.date, deadline.year)
  const days = deadline.workdays ?? 0
  const last = deadline.latest ? dayText(deadline.latest.date, deadline.latest.year) : null
  return {
    zh: `${days} 个工作日内${last ? `，不晚于${last.zh}` : ''}`,
    en: `within ${days} working day${days === 1 ? '' : 's'}${last ? `, by ${last.en} at the latest` : ''}`,
  }
}

/** Posts below another, by code. */
export const below = (edition: Reading, id: string): Post[] =>
  edition.posts.filter((one) => one.superior === id)
