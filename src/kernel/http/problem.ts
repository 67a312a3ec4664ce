import { z } from '@hono/zod-openapi'
import type { Lang } from '../../handbook/model.ts'
import { type Fault, Refusal } from '../refusal.ts'

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    /** Both languages, so that a client may switch without asking again. */
    text: z.object({ zh: z.string(), en: z.string() }),
    faults: z
      .array(
        z.object({
          path: z.string(),
          text: z.object({ zh: z.string(), en: z.string() }),
        }),
      )
      .optional(),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Problem')
export type ProblemJson = z.infer<typeof problemSchema>

/** RFC 9457 body of a refusal. */
export function problemOf(refusal: Refusal, lang: Lang): ProblemJson {
  return {
    type: `urn:kambook:problem:${refusal.code}`,
    title: refusal.text[lang],
    status: refusal.status,
    code: refusal.code,
    text: refusal.text,
    ...(refusal.faults.length > 0 ? { faults: [...refusal.faults] } : {}),
    ...(Object.keys(refusal.detail).length > 0 ? { detail: { ...refusal.detail } } : {}),
  }
}

const words: Record<string, (issue: z.core.$ZodIssue) => { zh: string; en: string }> = {
  invalid_type: (issue) => ({
    zh: `这里要填${'expected' in issue && issue.expected === 'number' ? '数字' : '内容'}`,
    en: `A ${'expected' in issue ? String(issue.expected) : 'value'} is needed here`,
  }),
  too_small: () => ({ zh: '太短或太小', en: 'Too short or too small' }),
  too_big: () => ({ zh: '太长或太大', en: 'Too long or too large' }),
  unrecognized_keys: (issue) => ({
    zh: `没有这个字段：${'keys' in issue ? issue.keys.join('、') : ''}`,
    en: `No such field: ${'keys' in issue ? issue.keys.join(', ') : ''}`,
  }),
  invalid_value: (issue) => ({
    zh: `只能是：${'values' in issue ? issue.values.join('、') : ''}`,
    en: `One of: ${'values' in issue ? issue.values.join(', ') : ''}`,
  }),
}

/** A refusal that names each field of an input that does not fit its schema. */
export function refusalOfInput(error: z.ZodError): Refusal {
  const named = (issue: z.core.$ZodIssue): string[] =>
    'keys' in issue && issue.code === 'unrecognized_keys' ? issue.keys.map((key) => String(key)) : []
  const faults: Fault[] = error.issues.map((issue) => ({
    path: [...issue.path, ...named(issue)].join('.'),
    text: words[issue.code]?.(issue) ?? {
      zh: '这里的内容不合要求',
      en: issue.message,
    },
  }))
  const where = faults.map((fault) => fault.path || '·').join('、')
  return new Refusal(
    422,
    'invalid',
    { zh: `内容不合要求：${where}`, en: `Not accepted: ${where}` },
    { faults },
  )
}

/** Fields of a record that are fixed once it exists, each named. */
function settled(fields: readonly { path: string; zh: string; en: string }[]): Refusal {
  return new Refusal(
    422,
    'settled',
    {
      zh: `没有保存：${fields.map(({ zh }) => `“${zh}”`).join('、')}建立后不能修改`,
      en: `Not saved: ${fields.map(({ en }) => en).join(', ')} cannot be changed once the record exists`,
    },
    {
      faults: fields.map(({ path, zh, en }) => ({
        path,
        text: {
          zh: `“${zh}”建立后不能修改。去掉这一项，或照原样送回`,
          en: `${en} is fixed once the record exists. Leave it out or send it back unchanged`,
        },
      })),
    },
  )
}

/** What PostgreSQL tells of a violated constraint, whatever language it speaks. */
interface Violation {
  readonly code: string
  readonly table?: string
  readonly column?: string
  readonly constraint?: string
  readonly detail?: string
}

/** A reference to nothing, something that others refer to, a value that is missing or not allowed: each with its field. */
function refusalOfConstraint({ code, table = '', column, constraint = '', detail = '' }: Violation): Refusal {
  if (code === '23001' || code === '23503') {
    // `Key (owner_id)=(999999) …`: the columns of the reference, or the number of what is referred to.
    const named = /\(([^()]+)\)=\(/.exec(detail)?.[1]?.split(', ') ?? []
    if (code === '23001' || named.includes('id'))
      return new Refusal(409, 'in-use', {
        zh: '没有删除：还有别的记录引用它，先处理那些记录',
        en: 'Not deleted: other records refer to it. Deal with those first',
      })
    // Under row security the values are not told; the name of the constraint is.
    const column = /^(.+)_fkey$/.exec(constraint)?.[1]?.replace(`${table}_`, '')
    const fields = named.length > 0 || !column ? named : [column]
    return faulty(fields, { zh: '选的这一条不存在，重新选择', en: 'There is no such record. Choose another' })
  }
  const field =
    column ?? (constraint.startsWith(`${table}_`) ? constraint.slice(table.length + 1, -'_check'.length) : '')
  return faulty(
    field ? [field] : [],
    code === '23502'
      ? { zh: '这里要填', en: 'This has to be filled in' }
      : { zh: '这个值不在允许的范围内', en: 'This value is not allowed here' },
  )
}

const faulty = (fields: readonly string[], text: { zh: string; en: string }): Refusal =>
  new Refusal(
    422,
    'invalid',
    { zh: `没有保存：${text.zh}`, en: `Not saved: ${text.en}` },
    { faults: fields.map((path) => ({ path, text })) },
  )

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', '53300'])

// What the client says of a connection that broke before or amid a statement, a rollback included; these have no code.
const goneWords = /^Connection terminated|is not queryable$/
const crowded = /^timeout exceeded when trying to connect/

/** Faults of PostgreSQL that a person can mend; everything else stays a defect. */
export function refusalOfDatabase(error: unknown): Refusal | null {
  const code = (error as { code?: string } | null)?.code
  if (code === '42501')
    return new Refusal(404, 'not-found', {
      zh: '没有这条内容，或者它不在您的范围内',
      en: 'There is no such thing, or it is outside your scope',
    })
  if (code === '23505')
    return new Refusal(409, 'duplicate', {
      zh: '已有相同编号的记录，换一个编号或打开原来的那条',
      en: 'A record with this code exists. Take another code or open the existing record',
    })
  // PostgreSQL 18 tells of a row that others hold on to by a code of its own.
  if (code === '23001' || code === '23502' || code === '23503' || code === '23514')
    return refusalOfConstraint(error as Violation)
  if (code === 'KB001') return settled(JSON.parse((error as { detail: string }).detail))
  if (code === '40001' || code === '40P01')
    return new Refusal(409, 'busy', {
      zh: '没有保存：另一个人正在改同一处，再试一次',
      en: 'Not saved: somebody else is changing the same thing. Try once more',
    })
  // No connection or no lock within the time there is for it, or a statement that ran too long: nothing was written.
  if (
    code === '57014' ||
    code === '55P03' ||
    code === '25P03' ||
    crowded.test(String((error as Error | null)?.message))
  )
    return new Refusal(503, 'crowded', {
      zh: '现在用的人太多，没有办成；过几秒再试',
      en: 'Too much is going on at the moment and this was not done. Try again in a few seconds',
    })
  const away = code === undefined ? goneWords.test(String((error as Error | null)?.message)) : null
  if (away ?? (/^(08|57P)/.test(code ?? '') || unreachable.has(code ?? '')))
    return new Refusal(503, 'database-away', {
      zh: '数据库暂时连不上，没有保存；稍后再试',
      en: 'The database cannot be reached at the moment; nothing was saved. Try again shortly',
    })
  // Whatever of the input slips past its schema and no column can hold: a NUL, a number out of range.
  if (code?.startsWith('22'))
    return new Refusal(422, 'invalid', {
      zh: '内容不合要求：有数据库存不下的字符、数字或日期',
      en: 'Not accepted: a character, number or date that cannot be stored',
    })
  if (code === '53100')
    return new Refusal(507, 'disk-full', {
      zh: '没有保存：磁盘已满，等管理员腾出空间后再试',
      en: 'Not saved: the disk is full. Try again once the administrator has freed space',
    })
  return null
}
