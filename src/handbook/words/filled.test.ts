import { expect, test } from 'vitest'
import { loadEdition, readEditionFolder } from '../load.ts'
import type { Edition } from '../model.ts'
import { filled } from './norms.ts'

const edition = (await loadEdition(await readEditionFolder('handbook'))).edition as Edition

test('A value stands in a Chinese sentence without a space beside its Chinese words, and with one beside its figures', () => {
  const zh = (text: string) => filled(edition, text, 'zh')
  expect(zh('会后 {{norm.meetings.minutes}} 内发出')).toBe('会后 1 个工作日内发出')
  expect(zh('最多 {{norm.planning.reviewRounds}}；不通过')).toBe('最多 3 轮；不通过')
  expect(zh('在 {{norm.deadlines.delvClaim}} 认领')).toBe('在认领单挂出后 2 个工作日内认领')
  expect(zh('合同价的 {{norm.deposits.performance}} 以上')).toBe('合同价的 10% 以上')
  expect(zh('达到 {{norm.gifts.perPerson}} FM-29')).toBe('达到 200 元 FM-29')
})

test('In English the words around a value keep their spaces, and a value that is not there stays visible', () => {
  expect(filled(edition, 'go out within {{norm.meetings.minutes}} by post', 'en')).toBe(
    'go out within 1 working day by post',
  )
  expect(filled(edition, '见 {{norm.meetings.nothing}} 内', 'zh')).toBe('见 {{norm.meetings.nothing}} 内')
})
