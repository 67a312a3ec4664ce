import { expect, test } from 'vitest'
import { recordsOf, separatorOf } from './csv.ts'

test.each([
  ['a,b\n1,2', [',', 0]],
  ['a;b;c\n1,5;2,5;3', [';', 0]],
  ['a\tb\n1,5\t2', ['\t', 0]],
  ['sep=;\na;b', [';', 6]],
  ['编号;名称\n1;示例, 商行, 上海\n2;甲, 乙, 丙', [';', 0]],
])('fields of %j are parted by %j', (text, [separator, from]) => {
  expect(separatorOf(text)).toEqual({ separator, from })
})

test.each([
  [
    'a,b\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a,"b\nc",d', [['a', 'b\nc', 'd']]],
  ['"说""引号"",逗号",x', [['说"引号",逗号', 'x']]],
  ['12" 管,1', [['12" 管', '1']]],
  ['="00123",1', [['="00123"', '1']]],
  ['a,b,', [['a', 'b', '']]],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['"open,1\n2', [['open,1\n2']]],
])('%j holds the records %j', (text, records) => {
  expect([...recordsOf(text, ',')]).toEqual(records)
})
