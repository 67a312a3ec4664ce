import { type Element, elements } from './bpmn-element.ts'

/** Lists of an element that hold others which BPMN lets go without an id, as far as they are read here. */
const parts = [
  'rootElements',
  'participants',
  'messageFlows',
  'laneSets',
  'lanes',
  'flowElements',
  'eventDefinitions',
  'dataInputAssociations',
] as const

/**
 * Gives every element without an id one that says where it stands: `PLAN_UserTask_2` is the second such task of its process without an id.
 * The same file gets the same ids at every reading, so that cases, notes and comparisons find what they mean.
 * @returns the nearest element around each that is named in the file, by the id that was made
 */
export function giveIds(root: Element): ReadonlyMap<string, string | undefined> {
  const taken = new Set<string>()
  const within = (one: Element): Element[] => [
    ...parts.flatMap((part) => elements(one[part])),
    ...(one.childLaneSet ? [one.childLaneSet as Element] : []),
  ]
  const note = (one: Element): void => {
    if (one.id !== undefined) taken.add(one.id)
    within(one).forEach(note)
  }
  note(root)
  const made = new Map<string, string | undefined>()
  const give = (one: Element, named: string | undefined): void => {
    const counts = new Map<string, number>()
    for (const part of within(one)) {
      const type = part.$type.replace(/^.*:/, '')
      if (part.id === undefined) {
        let id: string
        do {
          const n = (counts.get(type) ?? 0) + 1
          counts.set(type, n)
          id = `${one.id ? `${one.id}_` : ''}${type}_${n}`
        } while (taken.has(id))
        taken.add(id)
        made.set(id, named)
        part.id = id
        give(part, named)
      } else give(part, part.id)
    }
  }
  give(root, root.id)
  return made
}
