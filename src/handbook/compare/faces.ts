import type { Edition, Section, Text } from '../model.ts'
import { outline } from '../outline.ts'
import type { Face, Group } from './face.ts'
import { workflowFace } from './flows.ts'
import { calendarFace, kpiFace, normFace, recordFace, switchFace } from './numbers.ts'
import { chapterFace, controlFace, formFace, frameFace, policyFace, sectionFace, termFace } from './paper.ts'
import { functionFace, organisationFace, postFace, rightFaces } from './people.ts'
import { namesIn } from './words.ts'

/** Names of record kinds as the program gives them. */
export type KindNames = Readonly<Record<string, Text>>

/** Every element of an edition as a comparison sees it. */
export function facesOf(edition: Edition, kinds: KindNames): Face[] {
  const names = namesIn(edition)
  const at = (content: Section['content']) => sectionOf(edition, content)
  return [
    controlFace(edition, at('control')),
    ...edition.chapters.flatMap((chapter) => [
      chapterFace(chapter),
      ...chapter.sections.map((section, index) =>
        sectionFace(chapter, section, `${chapter.id}.${index + 1}`),
      ),
    ]),
    organisationFace(edition, names, at('org-chart')),
    ...edition.posts.map((one) => postFace(names, one)),
    ...edition.functions.map((one) => functionFace(names, one)),
    ...rightFaces(edition, names, kinds),
    ...edition.kpis.map((one) => kpiFace(names, one)),
    ...edition.norms.map((one) => normFace(names, one)),
    ...edition.switches.map((one) => switchFace(one, at('switches'))),
    calendarFace(edition.calendar, at('norms')),
    ...edition.records.map((one) => recordFace(one, at('records'))),
    ...edition.workflows.map((one) => workflowFace(names, one)),
    ...edition.forms.map((one) => formFace(names, one)),
    frameFace(edition.formFrame, at('forms')),
    ...edition.policies.map((one) => policyFace(names, one)),
    ...edition.glossary.map((one) => termFace(one, at('glossary'))),
  ]
}

/** The section that is drawn from a part of the model; the first page where an edition has none. */
function sectionOf(edition: Edition, content: Section['content']): string {
  for (const chapter of edition.chapters)
    for (const section of chapter.sections)
      if (section.content === content) return `ch:${chapter.id}/${section.id}`
  return `ch:${edition.chapters[0]?.id ?? ''}`
}

const order: readonly Group[] = [
  'control',
  'chapter',
  'organisation',
  'post',
  'right',
  'function',
  'kpi',
  'norm',
  'switch',
  'calendar',
  'record',
  'workflow',
  'form',
  'policy',
  'term',
]

/** Where each element is read, in the order of the contents. */
export function placesOf(edition: Edition) {
  const found = new Map<string, { rank: number; number: string; chapter: Text; section: Text | null }>()
  let rank = 0
  for (const chapter of outline(edition)) {
    found.set(chapter.ref, { rank: rank++, number: chapter.number, chapter: chapter.title, section: null })
    for (const section of chapter.children) {
      const here = { number: section.number, chapter: chapter.title, section: section.title }
      found.set(section.ref, { rank: rank++, ...here })
      for (const one of section.children)
        if (!found.has(one.ref)) found.set(one.ref, { rank: rank++, ...here })
    }
  }
  return {
    of(face: Face) {
      const at = found.get(face.ref) ?? { rank, number: '', chapter: edition.title, section: null }
      return {
        // Elements that share a section stand in the order of their kinds.
        rank: at.rank * order.length + order.indexOf(face.group),
        place: { number: at.number, chapter: at.chapter, section: at.section },
      }
    },
  }
}
