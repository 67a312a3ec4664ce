/** The first character, in pinyin order, that begins with each letter; no word of Mandarin begins with i, u or v. */
const firsts: readonly (readonly [string, string])[] = [
  ['a', '阿'],
  ['b', '八'],
  ['c', '嚓'],
  ['d', '哒'],
  ['e', '妸'],
  ['f', '发'],
  ['g', '旮'],
  ['h', '哈'],
  ['j', '讥'],
  ['k', '咔'],
  ['l', '垃'],
  ['m', '妈'],
  ['n', '拏'],
  ['o', '噢'],
  ['p', '妑'],
  ['q', '七'],
  ['r', '呥'],
  ['s', '仨'],
  ['t', '他'],
  ['w', '穵'],
  ['x', '夕'],
  ['y', '丫'],
  ['z', '帀'],
]
const order = new Intl.Collator('zh-CN-u-co-pinyin')

/** Pinyin initials of a Chinese text, other letters and digits as they are: 年度计划 → `ndjh`. */
export function initialsOf(text: string): string {
  let all = ''
  for (const char of text) {
    if (/[a-z0-9]/i.test(char)) all += char.toLowerCase()
    else if (/\p{Script=Han}/u.test(char))
      all += firsts.findLast(([, first]) => order.compare(first, char) <= 0)?.[0] ?? ''
  }
  return all
}
