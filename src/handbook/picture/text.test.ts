import { expect, test } from 'vitest'
import { widthOf, wrap } from './text.ts'

test('A word wider than its line breaks behind a hyphen; one that fits stays whole', () => {
  expect(wrap('Marketing-promotion department', 13, 90)).toEqual(['Marketing-', 'promotion', 'department'])
  for (const line of wrap('Marketing-promotion department', 13, 90))
    expect(widthOf(line, 13)).toBeLessThan(90)
  expect(wrap('Sales-department manager', 13, 130)).toEqual(['Sales-department', 'manager'])
  expect(wrap('FM-18 and P-12a', 13, 20, 4)).toEqual(['FM-18', 'and', 'P-12a'])
})
