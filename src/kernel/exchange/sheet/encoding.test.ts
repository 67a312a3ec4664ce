import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decode, findEncoding } from './encoding.ts'

const found = (text: string, encoding: string) => {
  const { encoding: as, clear } = findEncoding(new Uint8Array(iconv.encode(text, encoding)))
  return { as, clear }
}

describe('The encoding of a file of text', () => {
  test.each([
    ['客户编号,客户名称\nA1,上海贸易公司', 'utf8', 'utf-8'],
    ['客户编号,客户名称\nA1,上海贸易公司', 'gb18030', 'gb18030'],
    ['客户编号,客户名称\n1,李㐂𠮷商贸\n2,龚䶮电气', 'gb18030', 'gb18030'],
    ['客户编号,客户名称\nA1,上海 Café 贸易', 'gb18030', 'gb18030'],
    ['code,name\n1,张三', 'gb18030', 'gb18030'],
    ['code,name\n1,联通', 'gb18030', 'gb18030'],
    ['客戶編號,客戶名稱\nA1,臺灣測試水泥股份有限公司', 'big5', 'big5'],
    ['客戶編號,客戶名稱\nA1,鴻海精密工業', 'gb18030', 'gb18030'],
    ['顧客コード,顧客名,売上金額\nA1,株式会社日本商事,1000', 'shift_jis', 'shift_jis'],
    ['Code,Nom\nA1,Société Générale\nA2,Café de la Paix', 'windows-1252', 'windows-1252'],
    ['Nr,Kunde\n1,Müller & Söhne\n2,Bäckerei Groß', 'windows-1252', 'windows-1252'],
    ['code,name\n1,Smith', 'utf8', 'utf-8'],
    ['客户编号\t客户名称\nA1\t上海', 'utf-16le', 'utf-16le'],
    ['code,name\n1,张三\n2,Smith and sons', 'utf-16be', 'utf-16be'],
  ])('%j written as %s is found to be %s', (text, written, encoding) => {
    expect(found(text, written)).toEqual({ as: encoding, clear: true })
  })

  test('that two sets of characters read about as well is for a person to choose, with a sample of each', () => {
    const korean = iconv.encode('고객코드,고객명\nA1,삼성전자주식회사', 'euc-kr')
    const { clear, candidates } = findEncoding(new Uint8Array(korean))
    expect(clear).toBe(false)
    expect(candidates.map(({ encoding }) => encoding)).toEqual(expect.arrayContaining(['gb18030', 'euc-kr']))
    expect(candidates.find(({ encoding }) => encoding === 'euc-kr')?.sample).toContain('삼성전자')
  })

  test('of which one byte is damaged stays what it is; the damage shows', () => {
    const bytes = new Uint8Array(Buffer.from('客户编号,客户名称\nA1,上海贸易公司\nA2,北京商行', 'utf8'))
    bytes[40] = 0xff
    expect(findEncoding(bytes)).toMatchObject({ encoding: 'utf-8', clear: true })
    expect(decode(bytes, 'utf-8')).toContain('\uFFFD')
  })

  test('is judged by lines further on, too', () => {
    const plain = `${'A1,plain row,100\n'.repeat(5000)}`
    expect(found(`${plain}A2,上海贸易公司,100\n`, 'gb18030')).toEqual({ as: 'gb18030', clear: true })
  })
})
