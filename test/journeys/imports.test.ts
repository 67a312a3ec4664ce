import * as XLSX from '@e965/xlsx'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sampleServer, type TestServer } from '../server.ts'
import { type Desk, noBrowser, openDesk, type Person } from './desk.ts'

// A clerk brings files that are not clean. What the program found out stands on the page, and what it cannot know she chooses there.

const password = 'correct-horse-battery'
const head = ['行 ID', '订单 ID', '订单日期', '客户 ID', '客户名称', '地区', '产品名称', '销售额']
type Cells = (string | number | null | XLSX.CellObject)[][]
const line = (n: number, amount: Cells[number][number]): Cells[number] => [
  `B-${n}`,
  `BO-${n}`,
  '2017-03-05',
  'BK-1',
  '示例商行',
  '华东',
  '轴承',
  amount,
]

let server: TestServer
let desk: Desk
let sup: Person

function xlsx(sheets: Record<string, Cells>, hidden: readonly string[] = []): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), name)
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ Hidden: hidden.includes(name) ? 1 : 0 })) }
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer
}

/** Hands a file over on the imports page, for the importer asked for. */
async function hands(name: string, buffer: Buffer, what = 'sales'): Promise<void> {
  await sup.opens(`/imports?what=${what}`)
  await sup.sees('把文件拖到这里')
  await sup.page.setInputFiles('input[type=file]', { name, mimeType: 'application/octet-stream', buffer })
  await sup.page.waitForURL(/\/imports\/\d+/)
  await sup.sees(name)
  // Nothing of these years stands yet: the first import says by which date they count.
  if (what === 'sales') await chooses('销售口径', '按下单日期')
}
async function chooses(field: string, option: string | RegExp): Promise<void> {
  await sup.page.getByRole('combobox', { name: field }).click()
  await sup.page.locator('.ant-select-item-option').filter({ hasText: option }).click()
}
const fresh = () => sup.page.locator('.kb-import-totals dd').first().innerText()

describe.skipIf(noBrowser)('Files that are not clean, in the browser', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    server = await sampleServer()
    desk = await openDesk(server.url)
    sup = await desk.seat('sup')
    await sup.signIn(password)
  }, 600_000)
  afterAll(async () => {
    await desk?.close()
    await server?.close()
  })

  test('an encoding that is clear is named with a sample; one that is not waits for her choice', async () => {
    const taiwan = iconv.encode('客戶編號,客戶名稱\nB-1,臺灣測試水泥股份有限公司', 'big5')
    await hands('客戶.csv', taiwan, 'account')
    await sup.sees('繁体中文 Big5')
    await sup.sees('客戶編號,客戶名稱', sup.page.locator('.kb-import-samples'))

    const korean = iconv.encode('고객코드,고객명\nA1,삼성전자주식회사', 'euc-kr')
    await hands('고객.csv', korean, 'account')
    await sup.sees('看不准这个文件的编码，先选一种')
    await sup.sees('고객코드,고객명')
    expect(await sup.page.getByRole('button', { name: '下一步：对应列' }).isDisabled()).toBe(true)
    await sup.looks('import-encoding')
    await chooses('文字编码', '韩文 EUC-KR')
    await sup.sees('고객명', sup.page.getByRole('region', { name: /的前几行/ }))
    await sup.page.getByText('看不准这个文件的编码，先选一种').waitFor({ state: 'detached' })
  })

  test('the row of headings is found below a title, and can be chosen', async () => {
    await hands('标题.xlsx', xlsx({ 订单: [['二〇一七年销售', '单位：元'], head, line(1, 100)] }))
    await sup.sees('标题在第 2 行，上面 1 行不读')
    await chooses('标题行', '第 1 行')
    await sup.sees('二〇一七年销售', sup.page.getByRole('region', { name: /的前几行/ }))
    await chooses('标题行', '第 2 行')
    await sup.presses('下一步：对应列')
    await sup.presses('试算')
    await sup.sees('每一行都能写入')
  })

  test('a hidden sheet is left alone and said to be there; a second sheet is no returns', async () => {
    await hands(
      '隐藏.xlsx',
      xlsx(
        {
          订单: [head, line(2, 111)],
          明细: [head, line(3, 222)],
          发货: [
            ['订单号', '承运商'],
            ['BO-3', '示例快运'],
          ],
        },
        ['订单'],
      ),
    )
    await sup.sees('订单（隐藏）')
    await sup.page.getByRole('region', { name: '“明细”的前几行' }).waitFor()
    await sup.presses('下一步：对应列')
    await sup.presses('试算')
    await sup.sees('没有导入的工作表：订单（隐藏）、发货')
    await sup.looks('import-hidden')
  })

  test('an error is named by its cell, also in a column that nobody takes', async () => {
    await hands(
      '错误.xlsx',
      xlsx({
        订单: [
          [...head, '税率'],
          [...line(4, { t: 'e', v: 0x17 }), 1],
          [...line(5, 100), { t: 'e', v: 0x07 }],
        ],
      }),
    )
    await sup.presses('下一步：对应列')
    await sup.sees('没有导入的列：')
    await sup.looks('import-left-over')
    await sup.presses('试算')
    await sup.sees('H2：这一格是错误值 #REF!')
    await sup.sees('I3 #DIV/0!')
    await sup.looks('import-errors')
  })

  test('12,50 is refused by its cell until she says that the comma is the decimal mark', async () => {
    const rows = [head.join(';'), 'B-6;BO-6;2017-03-05;BK-1;示例商行;华东;轴承;12,50']
    await hands('逗号.csv', Buffer.from(rows.join('\n')))
    await sup.presses('下一步：对应列')
    await sup.presses('试算')
    await sup.sees('逗号若是小数点')
    const { page } = sup
    await sup.follows('1 选择工作表', page.getByRole('list', { name: '导入的步骤' }))
    await chooses('小数点', '小数点写作逗号')
    await sup.presses('下一步：对应列')
    await sup.presses('试算')
    await sup.sees('每一行都能写入')
    expect(Number(await fresh())).toBeGreaterThan(0)
    await sup.leaves()
  })
})
