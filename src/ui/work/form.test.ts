import { expect, it } from 'vitest'
import type { FormField, FormSection } from '../../handbook/model.ts'
import { fieldOf, missingIn, sectionsFor } from './form.ts'

const field = (id: string, type: FormField['type'], required = false): FormField => ({
  id,
  label: { zh: id, en: id },
  type,
  required,
  tag: 'reading',
})
const section = (id: string, steps: string[], fields: FormField[], repeat = false): FormSection => ({
  id,
  title: { zh: id, en: id },
  repeat,
  steps,
  fields,
})
const form = {
  sections: [
    section('head', [], [field('year', 'number', true)]),
    section(
      'basis',
      ['PLAN/C-1'],
      [field('total', 'computed'), field('strategy', 'text', true), field('from', 'date')],
    ),
    section('targets', ['PLAN/C-1'], [field('amount', 'money')], true),
    section('review', ['PLAN/C-3'], [field('round', 'computed')]),
  ],
}

it('asks at a step only for what that step writes', () => {
  const asked = sectionsFor(form, 'PLAN/C-1')
  expect(asked.map((one) => [one.section.id, one.fields.map((two) => two.id)])).toEqual([
    ['basis', ['strategy', 'from']],
  ])
  expect(sectionsFor(form, 'PLAN/C-3')).toEqual([])
})

it('names the place of each required field that is empty', () => {
  const fields = sectionsFor(form, 'PLAN/C-1').flatMap((one) => one.fields)
  expect(missingIn('FM-18', fields, {})).toEqual(['form.FM-18.strategy'])
  expect(missingIn('FM-18', fields, { strategy: '稳住华东' })).toEqual([])
})

it('draws a field with the control of its type', () => {
  expect(fieldOf(field('strategy', 'text')).type).toBe('longtext')
  expect(
    fieldOf({ ...field('scenario', 'choice'), options: [{ id: 'low', name: { zh: '低位', en: 'Low' } }] }),
  ).toMatchObject({
    type: 'choice',
    options: [{ id: 'low', label: { zh: '低位', en: 'Low' } }],
  })
})
