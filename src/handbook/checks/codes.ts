import type { Edition, Place } from '../model.ts'
import { check } from './say.ts'
import { isWork, nodesOf } from './steps.ts'

/** Hyphens and leading zeros are lost when people speak or write by hand. */
const spoken = (code: string) =>
  code
    .toUpperCase()
    .replaceAll('-', '')
    .replace(/(\D)0+(\d)/g, '$1$2')

export const codes = check(
  {
    id: 'codes',
    answers: [20],
    about: {
      zh: '编号不重复，也不只差一个连字符或前导零；步骤编号也算。',
      en: 'Every code is unique, also when hyphens and leading zeros are left out; step codes count.',
    },
    why: {
      zh: '口头和手写时连字符、前导零会丢；只差这些的两个编号迟早会弄混。换一个编号。原文自带的同形编号（职能 C1 与步骤 C-1）由带类别的引用区分。',
      en: 'Hyphens and leading zeros get lost in speech and handwriting; two codes that differ by nothing else will be mixed up. Choose another code. Pairs that the source itself has (function C1, step C-1) are told apart by typed references.',
    },
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
      ['record', edition.records],
    ] as const
    const all: Coded[] = [
      ...lists.flatMap(([kind, list]) =>
        list.map((one) => ({ kind, id: one.id, at: one.at, seed: 'tag' in one && one.tag === 'seed' })),
      ),
      ...stepsOf(edition),
    ]
    const seen = new Map<string, Coded[]>()
    for (const one of all) {
      const before = seen.get(spoken(one.id)) ?? []
      seen.set(spoken(one.id), [...before, one])
      const same = before.find((other) => !toldApart(one, other))
      if (same)
        yield {
          at: one.at,
          ...(one.kind === 'step' ? {} : { ref: `${one.kind}:${one.id}` }),
          text: {
            zh: `编号 ${one.id} 与 ${same.id} 重复，或只差连字符、前导零；换一个`,
            en: `The code ${one.id} repeats ${same.id}, or differs only by a hyphen or leading zero; choose another`,
          },
        }
    }
  },
)

interface Coded {
  readonly kind: string
  readonly id: string
  readonly at: Place
  readonly seed: boolean
}

/** Printed step codes, each once; headings over steps bear codes, too. */
function stepsOf(edition: Edition): Coded[] {
  const found = new Map<string, Coded>()
  for (const workflow of edition.workflows)
    for (const { code } of workflow.groups)
      found.set(code, { kind: 'step', id: code, at: workflow.at, seed: false })
  for (const { node } of nodesOf(edition))
    if (isWork(node) && node.step && !found.has(node.step))
      found.set(node.step, {
        kind: 'step',
        id: node.step,
        at: node.at,
        seed: node.kind === 'task' && node.tag === 'seed',
      })
  return [...found.values()]
}

/** The source itself numbers functions C1 and steps C-1: typed references tell them apart. */
const toldApart = (one: Coded, other: Coded): boolean =>
  [one.kind, other.kind].sort().join() === 'fn,step' && (one.seed || other.seed)
