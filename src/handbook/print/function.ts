import type { Edition, HandbookFunction } from '../model.ts'
import { type Block, facts, heading } from './block.ts'
import { dutyNames, type Speaker } from './words.ts'

/** A function: who leads it, what each post does in it, and the workflows, policies and indicators that belong to it. */
export function functionBlocks(edition: Edition, s: Speaker, one: HandbookFunction): Block[] {
  const named = (from: readonly { id: string; name: { zh: string; en: string } }[], ids: readonly string[]) =>
    s.list(ids.map((id) => `${id} ${s.t(from.find((each) => each.id === id)?.name)}`))
  return [
    {
      kind: 'whole',
      blocks: [
        heading(3, `${one.id} ${s.t(one.name)}`),
        ...facts([
          [s.say('lead'), one.lead === 'KA' ? s.say('keyAccounts') : s.post(one.lead)],
          [
            s.say('parts'),
            s.list(
              Object.entries(one.cells).map(
                ([post, duties]) =>
                  `${s.post(post)}${s.paren(s.list(duties.map((duty) => dutyNames[duty][s.lang])))}`,
              ),
            ),
          ],
          [s.say('workflows'), named(edition.workflows, one.workflows) || s.t(one.noWorkflow)],
          [s.say('policies'), named(edition.policies, one.policies)],
          [s.say('kpis'), named(edition.kpis, one.kpis)],
          [s.say('origin'), s.origin(one.tag)],
        ]),
      ],
    },
  ]
}
