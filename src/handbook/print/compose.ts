import type { Edition, Lang, Statement } from '../model.ts'
import { type Block, type Document, flat, heading, type Tongue, whole } from './block.ts'
import { asBoth } from './both.ts'
import { formBlocks } from './form.ts'
import { functionBlocks } from './function.ts'
import { kpiBlocks } from './kpi.ts'
import { normBlocks } from './norm.ts'
import { policyBlocks } from './policy.ts'
import { postBlocks } from './post.ts'
import { generated } from './sections.ts'
import { straight } from './straight.ts'
import { type Speaker, speaker } from './words.ts'
import { workflowBlocks } from './workflow.ts'

/** Sentences up to which a section is not torn apart by the end of a page. */
const few = 4

function stated(statements: readonly Statement[], s: Speaker): Block[] {
  const blocks = statements.map(
    (one): Block => ({ kind: 'text', text: s.t(one.text), origin: s.tag(one.tag) }),
  )
  return blocks.length <= few ? whole(blocks) : blocks
}

/** The whole manual, chapter by chapter. */
function manual(edition: Edition, s: Speaker): Block[] {
  return edition.chapters.flatMap((chapter) => [
    heading(1, `${chapter.id} ${s.t(chapter.title)}`),
    ...chapter.sections.flatMap((section, index) => [
      heading(2, `${chapter.id}.${index + 1} ${s.t(section.title)}`),
      ...stated(section.statements, s),
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
    case 'kpi':
      return draw(edition.kpis, kpiBlocks)
    case 'norm': {
      const norm = edition.norms.find((each) => each.id === id)
      return norm ? normBlocks(norm, s) : null
    }
    case 'ch':
      return draw(edition.chapters, (all, speaks, chapter) => manual({ ...all, chapters: [chapter] }, speaks))
    default:
      return null
  }
}

function inOne(edition: Edition, lang: Lang, part?: string): Document | null {
  const s = speaker(edition, lang)
  const blocks = part ? element(edition, s, part) : manual(edition, s)
  if (!blocks) return null
  const { control } = edition
  const number = s.say('edition').replace('{n}', edition.number)
  const first = flat(blocks).find((block) => block.kind === 'heading')
  const doc: Document = {
    title: part && first?.kind === 'heading' ? first.text : s.t(edition.title),
    subtitle: part ? `${s.t(edition.title)} · ${number}` : number,
    control: part
      ? []
      : [
          [s.say('number'), control.documentNumber],
          [s.say('drafted'), s.t(control.drafted)],
          [s.say('reviewed'), s.t(control.reviewed)],
          [s.say('approved'), s.t(control.approved)],
          [s.say('date'), control.changes.at(-1)?.date ?? ''],
        ],
    foot: `${control.documentNumber} · ${s.t(edition.title)} · ${number}`,
    contents: part ? null : s.say('contents'),
    blocks,
  }
  return lang === 'en' ? straight(doc) : doc
}

/**
 * An edition, or a part of it, as a document in one language, or in both with English beside the Chinese.
 * @returns `null` for a part that is not there
 */
export function compose(edition: Edition, lang: Tongue, part?: string): Document | null {
  if (lang !== 'both') return inOne(edition, lang, part)
  const [zh, en] = [inOne(edition, 'zh', part), inOne(edition, 'en', part)]
  return zh && en ? asBoth(zh, en) : null
}
