import type { Text } from '../../../handbook/model.ts'

/** Encodings that a text file is looked at in, the likelier ones first. */
export const encodings = [
  'utf-8',
  'gb18030',
  'big5',
  'utf-16le',
  'utf-16be',
  'shift_jis',
  'euc-kr',
  'windows-1252',
] as const
export type Encoding = (typeof encodings)[number]

export const encodingNames: Record<Encoding, Text> = {
  'utf-8': { zh: 'UTF-8', en: 'UTF-8' },
  gb18030: { zh: '简体中文 GBK / GB18030', en: 'Simplified Chinese GBK / GB18030' },
  big5: { zh: '繁体中文 Big5', en: 'Traditional Chinese Big5' },
  'utf-16le': { zh: 'UTF-16（小端）', en: 'UTF-16 LE' },
  'utf-16be': { zh: 'UTF-16（大端）', en: 'UTF-16 BE' },
  shift_jis: { zh: '日文 Shift_JIS', en: 'Japanese Shift_JIS' },
  'euc-kr': { zh: '韩文 EUC-KR', en: 'Korean EUC-KR' },
  'windows-1252': { zh: '西文 Windows-1252 / Latin-1', en: 'Western Windows-1252 / Latin-1' },
}
