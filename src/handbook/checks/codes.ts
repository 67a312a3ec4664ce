import { check, repeated } from './say.ts'

/** Hyphens and leading zeros are lost when people speak or write by hand. */
const spoken = (code: string) =>
  code
    .toUpperCase()
    .replaceAll('-', '')
    .replace(/(\D)0+(\d)/g, '$1$2')

export const codes = check(
  'codes',
  {
    zh: '同一类里编号不重复，也不只差一个连字符或前导零。',
    en: 'Within its kind every code is unique, also when hyphens and leading zeros are left out.',
  },
  function* (edition) {
    const lists = [
      ['post', edition.posts],
      ['fn', edition.functions],
      ['kpi', edition.kpis],
      ['norm', edition.norms],
      ['wf', edition.workflows],
      ['form', edition.forms],
      ['policy', edition.policies],
      ['switch', edition.switches],
    ] as const
    for (const [kind, list] of lists)
      for (const one of repeated<(typeof list)[number]>(list, (item) => spoken(item.id)))
        yield {
          at: one.at,
          ref: `${kind}:${one.id}`,
          text: {
            zh: `编号 ${one.id} 与前面的重复，或只差连字符、前导零；换一个`,
            en: `The code ${one.id} repeats an earlier one, or differs only by a hyphen or leading zero; choose another`,
          },
        }
  },
)
