import type { Edition, Lang } from '../model.ts'
import { filled } from '../words/norms.ts'
import { type Block, type Document, heading } from './block.ts'
import { formBlocks, functionBlocks, policyBlocks, postBlocks, workflowBlocks } from './elements.ts'
import { generated } from './sections.ts'
import { type Speaker, speaker } from './words.ts'

/** The whole manual, chapter by chapter. */
function manual(edition: Edition, s: Speaker): Block[] {
  return edition.chapters.flatMap((chapter) => [
    heading(1, `${chapter.id} ${s.t(chapter.title)}`),
    ...chapter.sections.flatMap((section, index) => [
      heading(2, `${chapter.id}.${index + 1} ${s.t(section.title)}`),
      ...section.statements.map(
        (one): Block => ({ kind: 'text', text: filled(edition, s.t(one.text), s.lang) }),
      ),
      ...(section.content ? generated[section.content](edition, s) : []),
    ]),
  ])
}

/** One element by its reference, e.g. `wf:PLAN` or `form:FM-19`; `null` when the edition has no such element. */
function element(edition: Edition, s: Speaker, ref: string): Block[] | null {
  const [kind, id = ''] = ref.split(':')
  const bare = id.split('/')[0]
  const draw = <T extends { id: string }>(
    from: readonly T[],
    one: (edition: Edition, s: Speaker, it: T) => Block[],
  ) => {
    const found = from.find((each) => each.id === bare)
    return found ? one(edition, s, found) : null
  }
  switch (kind) {
    case 'wf':
      return draw(edition.workflows, workflowBlocks)
    case 'post':
      return draw(edition.posts, postBlocks)
    case 'form':
      return draw(edition.forms, formBlocks)
    case 'fn':
      return draw(edition.functions, functionBlocks)
    case 'policy':
      return draw(edition.policies, policyBlocks)
    case 'ch':
      return draw(edition.chapters, (all, speaks, chapter) => manual({ ...all, chapters: [chapter] }, speaks))
    default:
      return null
  }
}

/** An edition, or a part of it, as a document in one language; `null` for a part that is not there. */
export function compose(edition: Edition, lang: Lang, part?: string): Document | null {
  const s = speaker(edition, lang)
  const blocks = part ? element(edition, s, part) : manual(edition, s)
  if (!blocks) return null
  const number = s.say('edition').replace('{n}', edition.number)
  const first = blocks.find((block) => block.kind === 'heading')
  return {
    title: part && first?.kind === 'heading' ? first.text : s.t(edition.title),
    subtitle: part ? `${s.t(edition.title)} · ${number}` : number,
    foot: `${s.t(edition.title)} · ${number}`,
    contents: part ? null : s.say('contents'),
    blocks,
  }
}
