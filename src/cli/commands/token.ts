import { issueToken } from '../../kernel/auth/token.ts'
import { readArguments, required } from '../arguments.ts'
import { withPool } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook token --user LOGIN [--days 90]`: the token is the last line. */
export async function token(args: string[]): Promise<void> {
  const { values } = readArguments(args, {
    user: { type: 'string' },
    days: { type: 'string', default: '90' },
    label: { type: 'string', default: 'kambook token' },
  })
  const login = required(values.user, '--user')
  const days = Number(values.days)
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new UsageError({
      zh: '--days 要是 1 到 3650 的整数',
      en: '--days is a whole number from 1 to 3650',
    })
  const secret = await withPool((db) => issueToken(db, { login, days, label: values.label }))
  say({
    zh: `${login} 的接口令牌，${days} 天内有效，只显示这一次`,
    en: `API token of ${login}, good for ${days} days, shown this once`,
  })
  console.log(secret)
}
