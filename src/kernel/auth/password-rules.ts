import { sql } from 'kysely'
import type { Text } from '../../handbook/model.ts'
import type { Tx } from '../db/database.ts'
import { Refusal } from '../refusal.ts'

/** What a password must not be built from, each in any spelling: login, names, the company. */
export interface About {
  readonly login: string
  readonly names: readonly string[]
  readonly company: readonly string[]
}

const fewest = 10
const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
/** One spelling of what guessers take for the same: width, case, letters drawn with digits. */
const folded = (text: string): string =>
  [...text.normalize('NFKC').toLowerCase()].map((one) => leet[one] ?? one).join('')
/** Letters only, in their own spelling. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}]/gu, '')

// What people in China put before their digits: love and luck in pinyin, the commonest surnames, and a company's words for itself.
const habits = new Set(
  `woaini woaiwo aini woaiziji woaibaobao woaiwojia wodemima mima baobao laopo laogong tiantian xiaoxiao nihao
  wang li zhang liu chen yang huang zhao zhou wu xu sun zhu ma hu guo lin he gao liang zheng luo song xie tang han cao deng xiao feng zeng
  cheng cai peng pan yuan dong yu su ye lv wei jiang tian du ding shen ren yao lu fu zhong cui tan fan jin shi jia xia
  qq qwe asd zxc abc aaa admin root user test demo guest kambook company welcome changeme letmein mm woshishui`.split(
    /\s+/,
  ),
)
const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')])

let common: Promise<ReadonlySet<string>> | undefined
/** The list of the passwords that are tried first everywhere; read when somebody sets one. */
const commonOnes = (): Promise<ReadonlySet<string>> => {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set((dictionary['passwords-common'] as string[]).map((one) => one.toLowerCase())),
  )
  return common
}

const reasons = {
  short: (n: number): Text => ({
    zh: `还差 ${n} 个字符：密码至少 ${fewest} 个字符`,
    en: `${n} more: a password has ${fewest} characters or more`,
  }),
  blank: { zh: '密码不能只是空格', en: 'A password is more than blanks' },
  repeated: {
    zh: '密码不能是同一段字符反复',
    en: 'A password is more than the same few characters over and over',
  },
  sequence: {
    zh: '密码不能是按顺序的数字、字母或相邻的键',
    en: 'A password is no run of digits, letters or neighbouring keys',
  },
  digits: {
    zh: '密码不能几乎全是数字（生日、电话容易猜到）：加上几个词',
    en: 'A password of hardly anything but digits, such as a birthday or a phone number, is guessed. Add some words',
  },
  login: {
    zh: '密码不能由登录名组成，倒写、写两遍或加数字也不行',
    en: 'A password is not made of the login, nor backwards, twice or with digits',
  },
  name: { zh: '密码不能由本人的姓名组成', en: 'A password is not made of the person’s own name' },
  company: { zh: '密码不能由公司名称组成', en: 'A password is not made of the company’s name' },
  common: {
    zh: '这是最常见的密码之一，猜密码的人先试它们：换几个不相干的词',
    en: 'This is one of the commonest passwords, which guessers try first. Take several words that have nothing to do with each other',
  },
}

/** Why a password will not do, or `null`. */
export async function passwordFault(password: string, about: About): Promise<Text | null> {
  const letters = [...password]
  if (password.trim() === '') return reasons.blank
  if (letters.length < fewest) return reasons.short(fewest - letters.length)
  if (repeats(letters)) return reasons.repeated
  if (isRun(password)) return reasons.sequence
  if (madeOf(password, [about.login])) return reasons.login
  if (madeOf(password, about.names)) return reasons.name
  if (madeOf(password, about.company)) return reasons.company
  if (await isCommon(password)) return reasons.common
  if (letters.length < 16 && letters.filter((one) => !/[\d\s.\-+/]/.test(one)).length < 4)
    return reasons.digits
  return null
}

/** One piece of at most four characters over and over, the last one cut off or not; or hardly any different characters. */
function repeats(letters: readonly string[]): boolean {
  if (new Set(letters.map(folded)).size < 4) return true
  return [1, 2, 3, 4].some((size) => letters.every((one, at) => one === letters[at % size]))
}

/** Whether two or three runs make up all of it. */
function isRun(password: string): boolean {
  let left = password.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
  for (let pieces = 0; pieces < 3 && left !== ''; pieces += 1) {
    let longest = 0
    for (const run of runs)
      for (let size = Math.min(left.length, run.length); size > Math.max(longest, 2); size -= 1)
        if (run.includes(left.slice(0, size))) longest = size
    if (longest === 0) return false
    left = left.slice(longest)
  }
  return left === ''
}

/** Whether a password is a word, forwards, backwards or repeated, and besides it fewer than six other letters. */
function madeOf(password: string, words: readonly string[]): boolean {
  for (const text of [folded(password), password.normalize('NFKC').toLowerCase()])
    for (const word of words.flatMap(spellings)) {
      const rest = text.replaceAll(word, '')
      if (rest !== text && lettersOf(rest).length < 6) return true
    }
  return false
}

/** A word and its parts as somebody would type them; what is too short to tell is left out. */
function spellings(word: string): string[] {
  const parts = [word, ...word.split(/[\s.·_-]+/u)]
  return parts.flatMap((part) => {
    const plain = part.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')
    const fewestOf = /\p{Script=Han}/u.test(plain) ? 2 : 3
    if ([...plain].length < fewestOf) return []
    return [plain, folded(plain)].flatMap((one) => [one, [...one].reverse().join('')])
  })
}

async function isCommon(password: string): Promise<boolean> {
  const list = await commonOnes()
  const plain = password.normalize('NFKC').toLowerCase()
  const bare = plain.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const spelled = [plain, bare, folded(plain), folded(bare)]
  if (spelled.some((one) => list.has(one))) return true
  // A common word, once or twice, with digits and signs around it.
  const inner = plain.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '')
  return [inner, folded(inner)].some((one) => list.has(one) || habits.has(one) || list.has(halfOf(one)))
}

const halfOf = (text: string): string => {
  const half = text.slice(0, text.length / 2)
  return half + half === text ? half : text
}

/**
 * Refuses a password that will not do, at its field.
 * @param whose the user it is for, or what is known of one that is not there yet
 * @throws Refusal 422 `weak-password`
 */
export async function requirePassword(
  tx: Tx,
  password: string,
  whose: { readonly userId: number } | About,
  path: string,
): Promise<void> {
  const about = 'login' in whose ? whose : await aboutOf(tx, whose.userId)
  refuseFault(await passwordFault(password, about), path)
}

/** The same without a database: for a company that is being made. */
export function refuseFault(fault: Text | null, path: string): void {
  if (fault)
    throw new Refusal(
      422,
      'weak-password',
      { zh: `没有保存：${fault.zh}`, en: `Not saved. ${fault.en}` },
      { faults: [{ path, text: fault }] },
    )
}

async function aboutOf(tx: Tx, userId: number): Promise<About> {
  const { rows } = await sql<About>`select u.login, array_remove(array[p.name, p.name_en], '') as names,
      coalesce((select array_remove(array[name_zh, name_en], '') from company), '{}') as company
    from app_user u left join person p on p.id = u.person_id where u.id = ${userId}`.execute(tx)
  const [row] = rows
  return { login: row?.login ?? '', names: (row?.names ?? []).filter(Boolean), company: row?.company ?? [] }
}
