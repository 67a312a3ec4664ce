import { userNamed } from '../../kernel/auth/password.ts'
import { endSession, endSessions, sessionsOf } from '../../kernel/auth/sessions.ts'
import { asOwner } from '../../kernel/db/transaction.ts'
import { readArguments, required } from '../arguments.ts'
import { withPool } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook sessions LOGIN [--end N|all]`: where a login is signed in, and the way out. */
export async function sessions(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(args, { end: { type: 'string' } }, 1)
  const login = required(positionals[0], 'LOGIN')
  const { end } = values
  if (end !== undefined && end !== 'all' && !/^[1-9]\d{0,8}$/.test(end))
    throw new UsageError({
      zh: '--end 要是列表里的编号，或 all',
      en: '--end is a number from the list, or all',
    })
  await withPool((db) =>
    asOwner(db, async (tx) => {
      const user = await userNamed(tx, login)
      if (end === 'all') {
        const n = await endSessions(tx, user, null)
        return say({ zh: `已结束 ${n} 处登录和令牌`, en: `${n} sessions and tokens have ended` })
      }
      if (end !== undefined) {
        await endSession(tx, user, Number(end), null)
        return say({ zh: '已结束', en: 'Ended' })
      }
      const items = await sessionsOf(tx, user.id)
      if (items.length === 0) say({ zh: `${login} 没有登录着`, en: `${login} is not signed in` })
      for (const one of items) {
        const what = one.device ?? { zh: `令牌 ${one.label}`, en: `token ${one.label}` }
        say({
          zh: `${one.id}  ${what.zh}  ${one.address ?? ''}  自 ${one.since}  最近 ${one.seen}`,
          en: `${one.id}  ${what.en}  ${one.address ?? ''}  since ${one.since}  last ${one.seen}`,
        })
      }
    }),
  )
}
