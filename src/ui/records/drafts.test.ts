import { describe, expect, it } from 'vitest'
import type { RecordItem } from '../../kernel/records/wire.ts'
import { forgetUnsent } from '../device.ts'
import { keepRecordDraft, offerOf, readRecordDraft } from './drafts.ts'
import type { FieldMeta } from './Value.tsx'

const shelf = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    get length() {
      return kept.size
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
const field = (id: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
  id,
  type: 'text',
  label: { zh: id, en: id },
  required: false,
  wanted: false,
  computed: false,
  sortable: true,
  ...more,
})
const fields = [
  field('city'),
  field('phone'),
  field('owner_id', { type: 'reference', to: 'person' }),
  field('budget', { type: 'money' }),
  field('password'),
  field('sales', { computed: true }),
]
const record: RecordItem = {
  id: 7,
  rev: 3,
  city: '沈阳',
  phone: null,
  owner_id: { id: 1, title: '丁君' },
  budget: { amount: '10', currency: 'CNY' },
}
const of = { login: 'rep01', kind: 'account', id: 7 }
const at = new Date('2018-01-02T03:00:00Z')

describe('a record that was half changed', () => {
  it('is offered to the same login, record and nobody else', () => {
    const store = shelf()
    keepRecordDraft(store, of, fields, record, { city: '大连' }, at)
    expect(readRecordDraft(store, of)).toEqual({
      rev: 3,
      at: '2018-01-02T03:00:00.000Z',
      fields: { city: { value: '大连', before: '沈阳' } },
    })
    expect(readRecordDraft(store, { ...of, login: 'rep02' })).toBeNull()
    expect(readRecordDraft(store, { ...of, id: 8 })).toBeNull()
    expect(readRecordDraft(store, { ...of, id: null })).toBeNull()
  })
  it('keeps no field that stands as before, however it is written, and is gone with the last one', () => {
    const store = shelf()
    keepRecordDraft(
      store,
      of,
      fields,
      record,
      { city: '大连', owner_id: { id: 1, title: '丁君（东北）' }, budget: '10', phone: '' },
      at,
    )
    expect(Object.keys(readRecordDraft(store, of)?.fields ?? {})).toEqual(['city'])
    keepRecordDraft(store, of, fields, record, { city: '沈阳' }, at)
    expect(store.kept.size).toBe(0)
  })
  it('keeps neither secrets nor what the program sets', () => {
    const store = shelf()
    keepRecordDraft(store, of, fields, record, { password: 'correct-horse', sales: '1' }, at)
    expect(store.kept.size).toBe(0)
  })
  it('does not lay itself over what somebody changed since', () => {
    const store = shelf()
    keepRecordDraft(store, of, fields, record, { city: '大连', phone: '024-1' }, at)
    const newer = { ...record, rev: 4, city: '鞍山' }
    const offer = offerOf(readRecordDraft(store, of), newer, fields)
    expect(offer).toMatchObject({ plain: ['phone'], moved: ['city'] })
    // An empty field that was filled by somebody else is a newer value as well.
    expect(offerOf(readRecordDraft(store, of), { ...record, rev: 4, phone: '024-9' }, fields)).toMatchObject({
      plain: ['city'],
      moved: ['phone'],
    })
    // Written on at the newer revision it is still asked about.
    keepRecordDraft(store, of, fields, newer, { city: '大连市' }, at)
    expect(offerOf(readRecordDraft(store, of), newer, fields)?.moved).toEqual(['city'])
  })
  it('offers nothing that stands there already', () => {
    const store = shelf()
    keepRecordDraft(store, of, fields, record, { city: '大连' }, at)
    expect(offerOf(readRecordDraft(store, of), { ...record, city: '大连' }, fields)).toBeNull()
    expect(offerOf(null, record, fields)).toBeNull()
  })
  it('survives a closed store and a value that is not ours', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(() => keepRecordDraft(full, of, fields, record, { city: '大连' }, at)).not.toThrow()
    for (const junk of ['{', 'null', '3', '{"fields":null}', '{"fields":{}}'])
      expect(readRecordDraft({ ...shelf(), getItem: () => junk }, of)).toBeNull()
  })
  it('leaves the device with whoever signs out, and only with him', () => {
    const store = shelf()
    keepRecordDraft(store, of, fields, record, { city: '大连' }, at)
    keepRecordDraft(store, { ...of, login: 'rep011' }, fields, record, { city: '大连' }, at)
    store.setItem('kambook.task.rep01.4', '{}')
    store.setItem('kambook.display', '{}')
    forgetUnsent(store, 'rep01')
    expect([...store.kept.keys()]).toEqual(['kambook.record.rep011.account.7', 'kambook.display'])
  })
})
