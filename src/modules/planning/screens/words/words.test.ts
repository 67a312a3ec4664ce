import { expect, it } from 'vitest'
import type { Form } from '../../../../handbook/model.ts'
import { emptyFields, writtenSections } from '../../rules-words.ts'
import { overwritten } from './words.ts'

const text = { zh: '', en: '' }
const field = (id: string, type: 'text' | 'computed' | 'money') => ({
  id,
  label: text,
  type,
  required: false,
  tag: 'reading' as const,
})
const section = (id: string, steps: string[], fields: ReturnType<typeof field>[], repeat = false) => ({
  id,
  title: text,
  repeat,
  steps,
  fields,
})
const form = {
  sections: [
    section('head', [], [field('year', 'text')]),
    section('basis', ['PLAN/C-1'], [field('baseTotal', 'computed'), field('strategy', 'text')]),
    section('targets', ['PLAN/C-2'], [field('amount', 'money'), field('note', 'text')], true),
    section('measures', ['PLAN/C-2'], [field('risks', 'text')]),
  ],
} as Pick<Form, 'sections'>
const found = (step: string | null) =>
  writtenSections(form, step).map(({ section: { id }, fields }) => [id, ...fields.map((one) => one.id)])

it('asks for the words of a step, never for rows or what is computed', () => {
  expect(found('C-1')).toEqual([['basis', 'strategy']])
  expect(found(null)).toEqual([
    ['basis', 'strategy'],
    ['measures', 'risks'],
  ])
})

it('names what is still empty: nothing but blanks is empty, too', () => {
  const left = (words: Record<string, unknown>, step: string | null) =>
    emptyFields(form, words, step).map((one) => one.id)
  expect(left({}, null)).toEqual(['strategy', 'risks'])
  expect(left({ strategy: '   ' }, 'C-1')).toEqual(['strategy'])
  expect(left({ strategy: 'Keep', risks: 'None' }, null)).toEqual([])
})

it('finds the fields another person changed', () => {
  expect(overwritten({ a: 'mine', b: 'same' }, { a: 'old' }, { a: 'theirs', b: 'same', c: 'x' })).toEqual([
    'a',
  ])
  expect(overwritten({ a: 'mine' }, { a: 'old' }, { a: 'old', c: 'new' })).toEqual([])
})
