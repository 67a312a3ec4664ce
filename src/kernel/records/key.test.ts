import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../test/database.ts'
import { keyOf } from './key.ts'

let base: TestDatabase
beforeAll(async () => {
  base = await freshDatabase()
}, 120_000)
afterAll(() => base?.drop())

const inDatabase = async (said: readonly string[]): Promise<string[]> => {
  const { rows } = await sql<{ key: string }>`select key_of(said) as key
    from unnest(${said as string[]}::text[]) with ordinality t(said, at) order by at`.execute(base.db.kysely)
  return rows.map((row) => row.key)
}

test('One code in several spellings has one key', async () => {
  const spelled = ['Q001', 'Q001 ', 'q001', 'Ｑ００１', 'Q001\u200b', '\ufeffQ001', '\u3000q００１\n']
  expect(new Set(spelled.map(keyOf))).toEqual(new Set(['Q001']))
  expect(new Set(await inDatabase(spelled))).toEqual(new Set(['Q001']))
  expect(keyOf('示例（中国）有限公司')).toBe(keyOf('示例(中国)有限公司'))
  expect(keyOf('Ärzte  GmbH')).toBe(keyOf('ärzte gmbh'))
})

test('Leading zeros and other letters stay', () => {
  expect(keyOf('000042')).not.toBe(keyOf('42'))
  expect(keyOf('ß')).not.toBe(keyOf('SS'))
})

/** A small repeatable generator of numbers below `n`. */
function picker(seed: number): (n: number) => number {
  let state = seed >>> 0
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

test('The program and the database make the same key of every character and of any mixture', async () => {
  const single = Array.from({ length: 0xffff }, (_, at) => at + 1)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    // Characters that one of the two does not know yet are left to either.
    .filter((code) => (code < 0xa7cb || code > 0xa7f5) && /\P{Cn}/u.test(String.fromCodePoint(code)))
    .map((code) => String.fromCodePoint(code))
  expect(await inDatabase(single)).toEqual(single.map(keyOf))
  const pick = picker(11)
  const often = [...' \t\u3000\u200b\ufeffaAzZäßÿςıſﬁ㈱①Ａｚ０（）()有限公司é\u0301ǰｶﾞΐ']
  const mixed = Array.from({ length: 3000 }, () =>
    Array.from({ length: 1 + pick(12) }, () =>
      pick(3) === 0 ? (single[pick(single.length)] as string) : (often[pick(often.length)] as string),
    ).join(''),
  )
  expect(await inDatabase(mixed)).toEqual(mixed.map(keyOf))
})
