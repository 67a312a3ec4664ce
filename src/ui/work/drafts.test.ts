import { describe, expect, it } from 'vitest'
import { isBlank, keepDraft, noDraft, readDraft } from './drafts.ts'

const shelf = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const written = { comment: '三季度偏高', form: { 'FM-18': { risks: '需求放缓' } } }

describe('an opinion that was not sent', () => {
  it('is there again for the same login and task only', () => {
    const store = shelf()
    expect(keepDraft(store, 'sdm', 4, written)).toBe(true)
    expect(readDraft(store, 'sdm', 4)).toEqual(written)
    expect(readDraft(store, 'sdm', 5)).toEqual(noDraft)
    expect(readDraft(store, 'gm', 4)).toEqual(noDraft)
  })
  it('is forgotten once nothing stands in it', () => {
    const store = shelf()
    keepDraft(store, 'sdm', 4, written)
    keepDraft(store, 'sdm', 4, { comment: '  ', form: { 'FM-18': { risks: '', year: null } } })
    expect(store.kept.size).toBe(0)
  })
  it('survives a full or closed store and a value that is not ours', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(keepDraft(full, 'sdm', 4, written)).toBe(false)
    for (const junk of ['{', 'null', '3', '{"comment":3,"form":null}'])
      expect(readDraft({ ...shelf(), getItem: () => junk }, 'sdm', 4)).toEqual(noDraft)
  })
  it('is blank without words', () => {
    expect(isBlank(noDraft)).toBe(true)
    expect(isBlank(written)).toBe(false)
  })
})
