import { readablePassword } from '../../kernel/auth/secrets.ts'
import { setSampleDate, setSamplePassword } from '../../kernel/org/sample/load.ts'
import { readArguments } from '../arguments.ts'
import { withPool } from '../place.ts'
import { say, UsageError } from '../say.ts'

/** `kambook sample [--password [PASSWORD]] [--date 2018-01-02]`: without a word after it, `--password` makes one up. */
export async function sample(args: string[]): Promise<void> {
  const { values, positionals } = readArguments(
    args,
    { password: { type: 'boolean', default: false }, date: { type: 'string' } },
    1,
  )
  const [given] = positionals
  if (given !== undefined && !values.password)
    throw new UsageError({ zh: `多余的参数：${given}`, en: `Not understood: ${given}` })
  if (!values.password && !values.date)
    throw new UsageError({
      zh: '说明要改什么：--password 或 --date 2018-01-02',
      en: 'Say what to change: --password or --date 2018-01-02',
    })
  await withPool(async (db) => {
    if (values.date) {
      await setSampleDate(db, values.date)
      say({ zh: `示例公司的今天是 ${values.date}`, en: `Today in the sample company is ${values.date}` })
    }
    if (!values.password) return
    const password = given ?? readablePassword()
    await setSamplePassword(db, password)
    say({
      zh: given ? '所有示例登录的密码已改' : `所有示例登录的新密码：${password}`,
      en: given
        ? 'The password of all sample logins is changed'
        : `New password of all sample logins: ${password}`,
    })
  })
}
