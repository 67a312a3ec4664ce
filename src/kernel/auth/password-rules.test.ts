import { describe, expect, test } from 'vitest'
import { passwordFault } from './password-rules.ts'
import { readablePassword } from './secrets.ts'

// 李明 of 杭州远山贸易 chooses a password.

const about = {
  login: 'liming.hz',
  names: ['李明', 'Li Ming'],
  company: ['杭州远山贸易有限公司', 'Yuanshan Trading'],
}
const why = async (password: string) => (await passwordFault(password, about))?.en ?? null

describe('A password is refused, with its reason,', () => {
  test.each([
    ['short1', /4 more/],
    ['          ', /blanks/],
    ['　　　　　　　　　　', /blanks/],
    ['aaaaaaaaaaaa', /over and over/],
    ['abababababab', /over and over/],
    ['1231231231231', /over and over/],
    ['1234567890', /run of/],
    ['0987654321', /run of/],
    ['qwertyuiop', /run of/],
    ['qwerty123456', /run of/],
    ['Asdfghjkl123', /run of/],
    ['1qaz2wsx3edc', /run of/],
    ['liming.hzliming.hz', /login/],
    ['zh.gnimil2024', /login/],
    ['LIMING.HZ!!', /login/],
    ['l1m1ng.hz99', /login/],
    ['ming li 1990 01', /name/],
    ['李明李明李明李明李明', /name|over and over/],
    ['李明2024杭州123', /name/],
    ['yuanshan2024', /company/],
    ['杭州远山贸易有限公司', /company/],
    ['password123', /commonest/],
    ['Password2024!', /commonest/],
    ['P@ssw0rd1234', /commonest/],
    ['woaini1314', /commonest/],
    ['woaini5201314', /commonest/],
    ['a123456789', /commonest/],
    ['wang19880808', /commonest/],
    ['qq123456789', /commonest/],
    ['iloveyou1314', /commonest/],
    ['dragondragon', /commonest/],
    ['13812345678', /digits/],
    ['1990-01-01-88', /digits/],
  ])('%s', async (password, reason) => {
    expect(await why(password)).toMatch(reason)
  })

  test('in both languages', async () => {
    const fault = await passwordFault('woaini1314', about)
    expect(fault?.zh).toMatch(/最常见/)
  })
})

describe('A password is taken', () => {
  test.each([
    'two-rivers-meet-here',
    '春天的柳树很绿很软真好看',
    'correct-horse-battery',
    'Tr0ub4dor&3xyz',
    'mingled tea leaves',
    'k9#vQ2!mZx',
  ])('%s', async (password) => {
    expect(await why(password)).toBeNull()
  })

  test('when it is made up here', async () => {
    for (let n = 0; n < 200; n += 1) expect(await why(readablePassword())).toBeNull()
    // One in some thousands was hardly anything but digits.
    const made = Array.from({ length: 20_000 }, readablePassword)
    expect(made.filter((one) => (one.match(/[a-z]/g) ?? []).length < 4)).toEqual([])
  })
})

test('The list of common ones is large enough to be worth its name', async () => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const long = dictionary['passwords-common'].filter((one) => [...one].length >= 10)
  expect(long.length).toBeGreaterThan(1000)
  let taken = 0
  for (const one of long) if ((await why(one)) === null) taken += 1
  expect(taken).toBe(0)
})
