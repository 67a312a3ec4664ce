import { expect, test } from 'vitest'
import { filled } from './texts.ts'

test('what is put into a Chinese sentence stands apart where it begins or ends with letters or digits', () => {
  expect(filled('已启动{name}', { name: '2018年度销售计划' })).toBe('已启动 2018年度销售计划')
  expect(filled('已启动{name}', { name: '年度销售计划' })).toBe('已启动年度销售计划')
  expect(filled('{date}生效，第 {n} 版', { date: '2018-01-02', n: 3 })).toBe('2018-01-02 生效，第 3 版')
})

test('a day has a small letter within an English sentence and a large one at its head', () => {
  expect(filled('asked by {who}, {when}', { who: 'Hua Yining', when: 'Today 10:00' })).toBe(
    'asked by Hua Yining, today 10:00',
  )
  expect(filled('{who} asked {at}', { who: 'Hua Yining', at: 'Tomorrow 10:00' })).toContain('asked tomorrow')
  expect(filled('{when}: signed', { when: 'Today 10:00' })).toBe('Today 10:00: signed')
})
