import type { Edition, Place, Text } from '../model.ts'

const isText = (value: object): value is Text =>
  'zh' in value && 'en' in value && typeof value.zh === 'string' && typeof value.en === 'string'
const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' && value !== null && 'line' in value && 'file' in value

/** Every text of an edition with the nearest place the model keeps; bodies of policies stand in files of their own. */
export function textsOf(edition: Edition): { text: Text; at: Place }[] {
  const found: { text: Text; at: Place }[] = []
  const walk = (value: unknown, at: Place): void => {
    if (typeof value !== 'object' || value === null) return
    if (isText(value)) {
      found.push({ text: value, at })
      return
    }
    const here = 'at' in value && isPlace(value.at) ? value.at : at
    for (const [key, part] of Object.entries(value)) if (key !== 'body' && key !== 'files') walk(part, here)
  }
  const { glossary, ...rest } = edition
  walk(rest, { file: 'edition.yaml', line: 1, column: 1 })
  walk(glossary, { file: 'glossary.yaml', line: 1, column: 1 })
  return found
}
