import { expect, it } from 'vitest'
import { checks } from './check.ts'
import { rulesDocument } from './document.ts'
import { questions } from './questions.ts'

it('documents every rule in both languages; --update writes the pages anew', async () => {
  await expect(rulesDocument('en')).toMatchFileSnapshot('../../../docs/handbook-checks.md')
  await expect(rulesDocument('zh')).toMatchFileSnapshot('../../../docs/handbook-checks.zh-CN.md')
})

it('answers every question by a rule', () => {
  for (const [index, question] of questions.entries())
    expect(
      checks.filter((one) => one.answers.includes(index + 1)),
      question.en,
    ).not.toEqual([])
  for (const one of checks) for (const answer of one.answers) expect(questions[answer - 1]).toBeDefined()
})

it('speaks both languages', () => {
  for (const one of checks) {
    expect(`${one.about.zh}${one.why.zh}`).toMatch(/\p{Script=Han}/u)
    expect(`${one.about.en}${one.why.en}`).not.toMatch(/\p{Script=Han}/u)
  }
})
