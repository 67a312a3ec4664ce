import { expect, test } from 'vitest'
import type { Problem } from '../model.ts'
import { readYaml } from './yaml.ts'

test.each([
  ['an alias that nothing was called by', 'a: 1\nb: *nope\n', 2, 'no anchor'],
  ['one that is merged', 'a: 1\nb:\n  <<: *nope\n', 3, 'no anchor'],
  [
    'aliases that expand without end',
    [
      'a: &a [x, x]',
      ...'bcdefghij'.split('').map((one, at) => `${one}: &${one} [${`*${'abcdefghi'[at]}, `.repeat(9)}x]`),
    ].join('\n'),
    2,
    'expand to too much',
  ],
])('%s is a fault with its line, not a defect', (_, source, line, said) => {
  const problems: Problem[] = []
  const { value } = readYaml('edition.yaml', source, problems)
  expect(value).toBeNull()
  expect(problems).toMatchObject([
    { where: { file: 'edition.yaml', line }, message: { en: expect.stringContaining(said) } },
  ])
})

test('an alias that was called before is taken', () => {
  const problems: Problem[] = []
  expect(readYaml('edition.yaml', 'a: &a [1]\nb: *a\n', problems).value).toEqual({ a: [1], b: [1] })
  expect(problems).toEqual([])
})
