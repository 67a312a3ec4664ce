/**
 * What a spreadsheet puts on the clipboard, as rows of cells. Cells are parted by tabs, rows by line ends; a cell that itself holds
 * a tab, a line end or a quote stands in quotes, with quotes doubled. One line end after the last row is not a row.
 */
export function cellsOfText(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === '\t') endCell()
    else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Rows of cells as a spreadsheet reads them from the clipboard. */
export const textOfCells = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.join('\t')).join('\r\n')

/** Full-width digits and signs typed with a Chinese keyboard, as ASCII. */
const narrow = (text: string): string =>
  text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2007\u202f]/g, ' ')

/**
 * The number in what somebody typed or pasted, as an exact decimal string: thousands commas, currency signs, full-width digits,
 * accountants' brackets and a proper minus are understood. Empty text and a lone dash are zero; `null` is no number.
 */
export function readNumber(typed: string): string | null {
  let text = narrow(typed)
    .trim()
    .replace(/[−–—]/g, '-')
    .replace(/^(¥|￥|CNY|RMB)\s*/i, '')
    .replace(/\s*(元|万元?)$/, '')
  if (text === '' || text === '-') return '0'
  const bracketed = /^\((.*)\)$/.exec(text)
  if (bracketed) text = `-${bracketed[1]}`
  text = text.replace(/\s/g, '').replace('。', '.').replace(/、/g, ',')
  if (text.includes(',')) {
    if (!/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(text)) return null
    text = text.replaceAll(',', '')
  }
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(text)) return null
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', part = ''] = text.replace('-', '').split('.')
  const digits = whole.replace(/^0+(?=\d)/, '') || '0'
  const decimals = part.replace(/0+$/, '')
  const value = decimals ? `${digits}.${decimals}` : digits
  return value === '0' ? '0' : sign + value
}
