import { resetPassword } from '../../kernel/auth/password.ts'
import { readArguments } from '../arguments.ts'
import { withPool } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook password LOGIN [NEW]`: without NEW one is made up and shown once. */
export async function password(args: string[]): Promise<void> {
  const [login, given] = readArguments(args, {}, 2).positionals
  if (login === undefined) throw new UsageError({ zh: '写明是谁的密码', en: 'Say whose password it is' })
  const set = await withPool((db) => resetPassword(db, login, given))
  say({
    zh: `${login} 的密码已改，原来的登录和令牌都已失效`,
    en: `The password of ${login} is changed; earlier sessions and tokens have ended`,
  })
  if (given === undefined) console.log(set)
}
