import type { Edition, Policy, Tag } from '../model.ts'
import { filled } from '../words/norms.ts'
import { policyStanding } from '../words/standing.ts'
import { type Block, facts, heading, whole } from './block.ts'
import type { Speaker } from './words.ts'

/** A policy: whose it is, what it belongs to, and its chapters. Few fill whole pages, so each begins where the one before it ends. */
export function policyBlocks(edition: Edition, s: Speaker, one: Policy): Block[] {
  const about = facts([
    [s.say('owner'), s.list([s.post(one.owner), ...one.with.map(s.post)])],
    [
      s.say('workflows'),
      s.list(
        one.workflows.map((id) => `${id} ${s.t(edition.workflows.find((flow) => flow.id === id)?.name)}`),
      ),
    ],
    [
      s.say('forms'),
      s.list(one.forms.map((id) => `${id} ${s.t(edition.forms.find((form) => form.id === id)?.name)}`)),
    ],
    [s.say('status'), s.status(policyStanding(edition, one).is === 'running' ? 'running' : 'described')],
  ])
  return [
    heading(3, `${one.id} ${s.t(one.name)}`),
    ...whole(about),
    ...(one.body ? markdown(filled(edition, one.body[s.lang], s.lang), s) : []),
  ]
}

const tagged = /^\{(seed|reading|practice|default|law)\}\s*/

/** Headings, lists and paragraphs of a Markdown text, which knows nothing else; emphasis marks fall away, origins become words. */
export function markdown(source: string, s: Speaker): Block[] {
  const blocks: Block[] = []
  const plain = (line: string) =>
    line
      .trim()
      .replace(tagged, '')
      .replaceAll(/\*\*|__|`/g, '')
      .trim()
  const origin = (line: string): { origin?: string } => {
    const tag = tagged.exec(line.trim())?.[1]
    return tag ? { origin: s.tag(tag as Tag) } : {}
  }
  for (const part of source.split(/\n\s*\n/)) {
    const lines = part.split('\n').filter((line) => line.trim() !== '')
    const items: { text: string; origin?: string }[] = []
    for (const line of lines) {
      const last = items.at(-1)
      if (/^#+\s/.test(line)) blocks.push(heading(4, plain(line.replace(/^#+\s/, ''))))
      else if (/^\s*([-*]|\d+\.)\s/.test(line)) {
        const bare = line.replace(/^\s*([-*]|\d+\.)\s/, '')
        items.push({ text: plain(bare), ...origin(bare) })
      } else if (last && /^\s+/.test(line)) last.text += plain(line)
      else blocks.push({ kind: 'text', text: plain(line), ...origin(line) })
    }
    if (items.length > 0) blocks.push({ kind: 'list', items })
  }
  return blocks.filter((block) => block.kind !== 'text' || block.text !== '')
}
