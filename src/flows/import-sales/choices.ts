import type { Choices, Importer } from '../../kernel/exchange/importer.ts'
import { textOf } from '../../kernel/exchange/sheet/values.ts'
import { keyOf } from '../../kernel/records/key.ts'
import { invalid } from '../../kernel/refusal.ts'
import { type Basis, basisNames } from '../../modules/orders/basis.ts'
import type { Counting } from './words.ts'

export const ownSource = 'default'

/** What a person may decide of a sales file, besides its mapping and its owners. */
export const salesChoices: Importer['choices'] = [
  {
    id: 'basis',
    label: { zh: '销售口径', en: 'Basis of sales' },
    options: [
      { id: 'set', label: { zh: '按各年已定的口径', en: 'As set for each year' } },
      ...(['order', 'shipment', 'acceptance'] as const).map((id) => ({ id, label: basisNames[id] })),
    ],
  },
  { id: 'source', label: { zh: '来源名称', en: 'Name of the source' }, options: [], free: ownSource },
  {
    id: 'numbers',
    label: { zh: '行号', en: 'Line numbers' },
    options: [
      { id: 'known', label: { zh: '照这个来源以前的说法', en: 'As this source had it before' } },
      { id: 'order', label: { zh: '每张订单内不重复', en: 'Unique within an order' } },
      { id: 'source', label: { zh: '整个来源内不重复', en: 'Unique within the source' } },
    ],
  },
  {
    id: 'counted',
    label: { zh: '另有哪些状态算销售', en: 'Other states that count as sales' },
    options: [],
    free: '',
  },
  { id: 'left', label: { zh: '另有哪些状态不算', en: 'Other states that do not' }, options: [], free: '' },
]

/** Choices in the program's own words; `null` where nothing was chosen. */
export interface Chosen {
  readonly basis: Basis | null
  readonly source: string
  readonly numbers: 'order' | 'source' | null
  /** What the person said that words of state mean, by their key. */
  readonly states: ReadonlyMap<string, Counting>
}

/** @throws Refusal 422 naming the choice that cannot be read */
export function chosenOf(choices: Choices): Chosen {
  const one = <T extends string>(id: string, allowed: readonly T[], none: string): T | null => {
    const said = choices[id] ?? none
    if (said === none || said === '') return null
    const found = allowed.find((value) => value === said)
    if (found) return found
    throw unknown(id, allowed)
  }
  const source = textOf(choices.source ?? ownSource) || ownSource
  if (source.length > 40)
    throw invalid({ zh: '来源名称最多 40 个字', en: 'The name of a source has 40 characters at most' }, [
      { path: 'choices.source', text: { zh: '太长', en: 'Too long' } },
    ])
  const states = new Map<string, Counting>()
  for (const [word, said] of Object.entries((choices.states ?? {}) as Record<string, unknown>)) {
    if (said !== 'counted' && said !== 'left') throw unknown('states', ['counted', 'left'])
    states.set(keyOf(word), said)
  }
  for (const said of ['counted', 'left'] as const)
    for (const word of String(choices[said] ?? '').split(/[,，、;；]/))
      if (word.trim()) states.set(keyOf(word), said)
  return {
    basis: one('basis', ['order', 'shipment', 'acceptance'], 'set'),
    source,
    numbers: one('numbers', ['order', 'source'], 'known'),
    states,
  }
}

const unknown = (id: string, allowed: readonly string[]) =>
  invalid({ zh: `“${id}”只能是 ${allowed.join('、')}`, en: `“${id}” is one of ${allowed.join(', ')}` }, [
    { path: `choices.${id}`, text: { zh: '没有这个选项', en: 'There is no such option' } },
  ])
