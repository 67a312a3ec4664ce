import * as XLSX from '@e965/xlsx'

/** What a number format makes of a number: its digits, a day, or a text that says more than the digits. */
export type FormatSort = 'plain' | 'day' | 'shown'

const known = new Map<string, FormatSort>()

export function sortOfFormat(format: string | undefined): FormatSort {
  if (!format || format === 'General') return 'plain'
  const before = known.get(format)
  if (before) return before
  const sort = XLSX.SSF.is_date(format) ? 'day' : saysMore(format) ? 'shown' : 'plain'
  known.set(format, sort)
  return sort
}

/** Leading zeros, a percent sign, a currency or letters around the number; groups, decimals and colours alone say nothing. */
function saysMore(format: string): boolean {
  const [positive = ''] = format.split(';')
  const plain = positive
    .replaceAll(/\[\$([^\]-]*)(-[^\]]*)?\]/g, '$1')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/"([^"]*)"/g, '$1')
    .replaceAll(/[_*\\!]./g, (pair) => (pair[0] === '\\' || pair[0] === '!' ? (pair[1] as string) : ''))
    .replaceAll(/General|通用格式|G\//g, '')
    .trim()
  if (/^0{2,}/.test(plain.replaceAll(/[#,\s]/g, ''))) return true
  return /[^#0?.,\s()+-]/.test(plain)
}
