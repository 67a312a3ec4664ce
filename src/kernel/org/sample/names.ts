/** A small generator with a seed: the same seed makes the same people on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const surnames = [
  ['冯', 'Feng'],
  ['褚', 'Chu'],
  ['卫', 'Wei'],
  ['蒋', 'Jiang'],
  ['沈', 'Shen'],
  ['韩', 'Han'],
  ['秦', 'Qin'],
  ['尤', 'You'],
  ['许', 'Xu'],
  ['何', 'He'],
  ['吕', 'Lü'],
  ['施', 'Shi'],
  ['孔', 'Kong'],
  ['曹', 'Cao'],
  ['严', 'Yan'],
  ['华', 'Hua'],
  ['金', 'Jin'],
  ['魏', 'Wei'],
  ['陶', 'Tao'],
  ['姜', 'Jiang'],
  ['戚', 'Qi'],
  ['谢', 'Xie'],
  ['邹', 'Zou'],
  ['喻', 'Yu'],
  ['柏', 'Bai'],
  ['窦', 'Dou'],
  ['章', 'Zhang'],
  ['苏', 'Su'],
  ['潘', 'Pan'],
  ['葛', 'Ge'],
  ['奚', 'Xi'],
  ['范', 'Fan'],
] as const
const given = [
  ['予安', "Yu'an"],
  ['明礼', 'Mingli'],
  ['知夏', 'Zhixia'],
  ['怀川', 'Huaichuan'],
  ['书言', 'Shuyan'],
  ['若棠', 'Ruotang'],
  ['景行', 'Jingxing'],
  ['望舒', 'Wangshu'],
  ['云舟', 'Yunzhou'],
  ['清和', 'Qinghe'],
  ['牧之', 'Muzhi'],
  ['听澜', 'Tinglan'],
  ['以宁', 'Yining'],
  ['砚秋', 'Yanqiu'],
  ['南星', 'Nanxing'],
  ['长风', 'Changfeng'],
  ['思齐', 'Siqi'],
  ['乐山', 'Leshan'],
  ['行简', 'Xingjian'],
  ['子衿', 'Zijin'],
  ['嘉木', 'Jiamu'],
  ['疏桐', 'Shutong'],
  ['其琛', 'Qichen'],
  ['北辰', 'Beichen'],
] as const

/** Invented names without repetition: surname and given name are paired by the seed. */
export function* inventedNames(random: () => number): Generator<{ zh: string; en: string }> {
  const used = new Set<string>()
  for (;;) {
    const [surname, surnameEn] = surnames[Math.floor(random() * surnames.length)] as readonly [string, string]
    const [name, nameEn] = given[Math.floor(random() * given.length)] as readonly [string, string]
    if (used.has(surname + name)) continue
    used.add(surname + name)
    yield { zh: surname + name, en: `${surnameEn} ${nameEn}` }
  }
}
