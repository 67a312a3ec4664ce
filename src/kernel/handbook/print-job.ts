import type { Edition } from '../../handbook/model.ts'
import type { Order } from '../../handbook/print/print.ts'
import type { Asked, HeavyKind } from '../jobs/heavy.ts'
import { programName } from '../jobs/heavy.ts'
import { notFound } from '../refusal.ts'
import { storedEdition } from './stored.ts'

interface Input {
  readonly editionId: number
  readonly order: Order
}

/** Whether an edition has what a reference such as `wf:PLAN` names; a print of nothing is not queued. */
export function isPart(edition: Edition, ref: string): boolean {
  const [kind = '', id = ''] = ref.split(':')
  const bare = kind === 'norm' ? id : id.split('/')[0]
  return (
    shelves
      .get(kind)?.(edition)
      .some((one) => one.id === bare) ?? false
  )
}
const shelves = new Map<string, (edition: Edition) => readonly { readonly id: string }[]>([
  ['wf', (edition) => edition.workflows],
  ['post', (edition) => edition.posts],
  ['form', (edition) => edition.forms],
  ['fn', (edition) => edition.functions],
  ['policy', (edition) => edition.policies],
  ['kpi', (edition) => edition.kpis],
  ['norm', (edition) => edition.norms],
  ['ch', (edition) => edition.chapters],
])

/** A print of an edition that the asker may read. Editions never change: who asks for the same again gets it at once. */
export function printAsked(edition: { readonly id: number; readonly hash: string }, order: Order): Asked {
  const input: Input = { editionId: edition.id, order }
  const { format, lang, part = '' } = order
  return {
    kind: 'print',
    key: [edition.hash, format, lang, part, programName].join(' '),
    keep: true,
    input: { ...input },
  }
}

export const printJob: HeavyKind = {
  id: 'print',
  label: { zh: '排版手册', en: 'Setting the handbook' },
  lane: 'print',
  bounds: { memoryMb: 1500, seconds: 300 },
  async run({ kernel, input, tell }) {
    const { editionId, order } = input as Input
    await tell(0.1, { zh: '读取手册', en: 'Reading the handbook' })
    const edition = await storedEdition(kernel.db, editionId)
    if (!edition) throw notFound()
    await tell(0.2, { zh: '排版', en: 'Setting the pages' })
    // Printing brings two large libraries along: they are loaded when somebody prints.
    const { printHere } = await import('../../handbook/print/set.ts')
    const printed = await printHere(edition, order)
    if (!printed) throw notFound()
    return { file: { name: printed.fileName, mime: printed.mime, bytes: printed.bytes } }
  },
}
