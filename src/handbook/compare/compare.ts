import type { Edition, Process, Ref, Text } from '../model.ts'
import { filled } from '../words/norms.ts'
import { alike, type Face, type Group, type Line } from './face.ts'
import { facesOf, type KindNames, placesOf } from './faces.ts'
import { label } from './words.ts'

export type { Group } from './face.ts'
export type Change = 'added' | 'removed' | 'changed'

/** One statement that differs: `before` is `null` for a new one, `after` for one that is gone. */
export interface Part {
  readonly key: string
  readonly label: Text
  readonly change: Change
  readonly prose: boolean
  readonly before: Text | null
  readonly after: Text | null
}

/** A process of a workflow as it was and as it is to be, for a picture of both. */
export interface PictureChange {
  readonly process: string
  readonly name: Text
  readonly before: Process | null
  readonly after: Process | null
}

/** An element that differs between two editions. */
export interface ElementChange {
  readonly key: string
  readonly ref: Ref
  readonly group: Group
  readonly change: Change
  readonly code: string
  readonly name: Text
  /** The chapter and the section where it is read, with the section's number. */
  readonly place: { readonly number: string; readonly chapter: Text; readonly section: Text | null }
  readonly parts: readonly Part[]
  readonly pictures: readonly PictureChange[]
}

export interface Comparison {
  readonly changes: readonly ElementChange[]
  /** Elements that say the same in both. */
  readonly same: number
  /** Files that differ although nothing in them says anything else: comments, order, positions on drawings. */
  readonly quiet: readonly string[]
}

/**
 * Compares two editions clause by clause. Elements are matched by their stable ids, so that what moved is not taken for new.
 * @param kinds names of record kinds, for rights in words
 */
export function compareEditions(before: Edition, after: Edition, kinds: KindNames = {}): Comparison {
  const old = new Map(facesOf(before, kinds).map((face) => [face.key, face]))
  const now = new Map(facesOf(after, kinds).map((face) => [face.key, face]))
  const places = { before: placesOf(before), after: placesOf(after) }
  const changes: (ElementChange & { rank: number })[] = []
  let same = 0
  const tell = (was: Face | null, is: Face | null): void => {
    if (was && is && alike(was.whole, is.whole)) {
      same += 1
      return
    }
    const parts = partsOf(was, is, before, after)
    const face = (is ?? was) as Face
    const found = (is ? places.after : places.before).of(face)
    changes.push({
      key: face.key,
      ref: face.ref,
      group: face.group,
      change: was === null ? 'added' : is === null ? 'removed' : 'changed',
      code: face.code,
      name: face.name,
      place: found.place,
      parts,
      pictures: face.group === 'workflow' ? picturesOf(was, is) : [],
      rank: found.rank,
    })
  }
  for (const [key, is] of now) tell(old.get(key) ?? null, is)
  for (const [key, was] of old) if (!now.has(key)) tell(was, null)
  changes.sort((a, b) => a.rank - b.rank || a.key.localeCompare(b.key, 'en', { numeric: true }))
  return {
    changes: changes.map(({ rank: _, ...one }) => one),
    same,
    quiet: changes.length === 0 ? filesThatDiffer(before.files, after.files) : [],
  }
}

function partsOf(was: Face | null, is: Face | null, before: Edition, after: Edition): Part[] {
  const parts: Part[] = []
  const old = was?.lines()
  const now = is?.lines()
  for (const key of new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])])) {
    const one = old?.get(key)
    const other = now?.get(key)
    if (one?.raw === other?.raw) continue
    if (one && other && one.value.zh === other.value.zh && one.value.en === other.value.en) {
      parts.push({
        key,
        label: besides(other.label),
        change: 'changed',
        prose: false,
        before: null,
        after: null,
      })
      continue
    }
    // A step that is new or gone is told once; its settings go without saying.
    const step = stepOf(key)
    if (step !== null && old && now && !(old.has(step) && now.has(step))) continue
    const line = (other ?? one) as Line
    parts.push({
      key,
      label: line.label,
      change: !one ? 'added' : !other ? 'removed' : 'changed',
      prose: line.prose,
      before: one ? shown(before, one.value) : null,
      after: other ? shown(after, other.value) : null,
    })
  }
  if (parts.length === 0 && was && is)
    parts.push({ key: 'rest', label: label.rest, change: 'changed', prose: false, before: null, after: null })
  return parts
}

const besides = (of: Text): Text => ({
  zh: `${of.zh}：${label.rest.zh}`,
  en: `${of.en}: ${label.rest.en}`,
})

/** The line of the step a setting belongs to: `node:PLAN/review` of `node:PLAN/review/due`. */
const stepOf = (key: string): string | null => /^(node:[^/]+\/[^/]+)\/.+$/.exec(key)?.[1] ?? null

/** Text as people read it: norms filled in with the edition's own values, tags of origin left out. */
const shown = (edition: Edition, text: Text): Text => ({
  zh: filled(edition, plain(text.zh), 'zh'),
  en: filled(edition, plain(text.en), 'en'),
})
const plain = (text: string): string => text.replaceAll(/^\{(?:seed|reading|practice|default|law)\} ?/gm, '')

function picturesOf(was: Face | null, is: Face | null): PictureChange[] {
  const ids = new Set([...(is?.processes ?? []), ...(was?.processes ?? [])].map((one) => one.id))
  return [...ids].flatMap((id): PictureChange[] => {
    const before = was?.processes?.find((one) => one.id === id) ?? null
    const after = is?.processes?.find((one) => one.id === id) ?? null
    if (before && after && alike(before, after)) return []
    return [{ process: id, name: (after ?? before)?.name as Text, before, after }]
  })
}

/** Paths whose text differs between two sets of files. */
export function filesThatDiffer(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .sort()
}
