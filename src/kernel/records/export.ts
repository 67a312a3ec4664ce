import { PassThrough } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { Big } from 'big.js'
import type { Lang } from '../../handbook/model.ts'
import { companyZone } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { invalid, Refusal } from '../refusal.ts'
import { listed } from './beside.ts'
import type { Query } from './filter.ts'
import type { Field, Kind } from './kind.ts'
import { listRecords } from './read.ts'
import { listSchema, type Money } from './schema.ts'
import type { OutsideReference, RecordItem, Reference } from './wire.ts'

const mostRows = 200_000
const pageSize = 2000

/** Query of an export: the list's own parameters, the file's format and the columns wanted. */
export function exportSchema(kind: Kind): z.ZodObject {
  return listSchema(kind).extend({
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
    columns: z.string().max(2000).optional(),
  })
}

export interface ExportedFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly rows: number
}

const mimes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * Every record that the list would show under the same filter and that the right to export reaches, as a file: headings in the reader's language, values as people read them.
 * @throws Refusal 422 for a column that is not declared, or for more rows than a sheet is good for
 */
export async function exportedFile(ctx: Ctx, kind: Kind, query: Query): Promise<ExportedFile> {
  const { format, columns, limit: _, cursor: __, ...list } = query
  const lang = query.lang === 'en' || query.lang === 'zh' ? query.lang : ctx.lang
  const { fields } = listed(kind, ctx.house.registry.besides.get(kind.id))
  const chosen = columnsOf(fields, columns as string | undefined)
  let rows = 0
  const counted = async function* () {
    for await (const page of pagesOf({ ...ctx, lang }, kind, list)) {
      rows += page.length
      yield page
    }
  }
  const as = format === 'csv' ? 'csv' : 'xlsx'
  const bytes =
    as === 'csv'
      ? new TextEncoder().encode(await csvOf(chosen, lang, counted()))
      : await xlsxOf(kind.plural[lang], chosen, lang, counted())
  return { name: `${kind.plural[lang]} ${ctx.clock.today()}.${as}`, mime: mimes[as], bytes, rows }
}

type Column = readonly [id: string, field: Field]

/** The columns asked for, all of them when none is. Throws a Refusal 422 for one that is not there. */
export function columnsOf(fields: Readonly<Record<string, Field>>, asked: string | undefined): Column[] {
  if (!asked) return Object.entries(fields)
  return asked.split(',').map((id) => {
    const field = Object.hasOwn(fields, id) ? fields[id] : undefined
    if (!field)
      throw invalid({ zh: `没有导出：没有“${id}”这一列`, en: `Not exported: there is no column “${id}”` }, [
        { path: 'columns', text: { zh: '没有这个字段', en: 'No such field' } },
      ])
    return [id, field] as const
  })
}

async function* pagesOf(ctx: Ctx, kind: Kind, list: Query): AsyncGenerator<RecordItem[]> {
  let cursor: string | undefined
  let count = 0
  do {
    const query = { ...list, limit: pageSize, ...(cursor ? { cursor } : {}) }
    const page = await listRecords(ctx, kind, query, 'export')
    count += page.items.length
    if (count > mostRows)
      throw new Refusal(422, 'too-many-rows', {
        zh: `没有导出：超过 ${mostRows.toLocaleString('en')} 行，先用筛选缩小范围`,
        en: `Not exported: more than ${mostRows.toLocaleString('en')} rows. Narrow the filter first`,
      })
    yield page.items
    cursor = page.next ?? undefined
  } while (cursor)
}

const outsideScope = { zh: '范围外', en: 'Outside your scope' }
const yesNo = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } } as const

/** A value as a person reads it; amounts keep every decimal. */
export function readableValue(field: Field, value: unknown, lang: Lang): string {
  if (value === null || value === undefined) return ''
  switch (field.type) {
    case 'reference':
      return (value as Reference | OutsideReference).title ?? outsideScope[lang]
    case 'money':
      return (value as Money).amount
    case 'boolean':
      return yesNo[value ? 'true' : 'false'][lang]
    case 'moment':
      return momentText(value as Date | string)
    case 'percent':
      return `${new Big(String(value)).times(100).toFixed()}%`
    default:
      return field.options?.find((option) => option.id === value)?.label[lang] ?? String(value)
  }
}

/** A moment on the company's clock, as sheets have it. */
export const momentText = (value: Date | string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: companyZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(value),
  )

async function csvOf(
  columns: readonly Column[],
  lang: Lang,
  pages: AsyncIterable<RecordItem[]>,
): Promise<string> {
  const lines = [columns.map(([, field]) => csvText(field.label[lang])).join(',')]
  for await (const items of pages)
    for (const item of items)
      lines.push(
        columns
          .map(([id, field]) => {
            const text = readableValue(field, item[id], lang)
            return isNumber(field) || field.type === 'date' ? text : csvText(text)
          })
          .join(','),
      )
  // The mark tells Excel that the text is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

const isNumber = (field: Field): boolean => ['integer', 'decimal', 'money', 'percent'].includes(field.type)

/** A cell of text for CSV. A spreadsheet would run what starts like a formula, also behind blanks, so such text is led by an apostrophe. */
export function csvText(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The text of such a cell when it comes back. */
export const withoutGuard = (text: string): string =>
  text.startsWith("'") && formulaStart.test(text.slice(1)) ? text.slice(1) : text

// Spreadsheets skip blanks and control characters before a sign, and take full-width signs for plain ones.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const formulaStart = /^[\s\u0000-\u0020\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|^[\t\r]/

const formats: Partial<Record<Field['type'], string>> = {
  date: 'yyyy-mm-dd',
  money: '#,##0.00####',
  decimal: '#,##0.######',
  integer: '0',
  percent: '0.0#%',
}

/** Excel keeps 15 digits: a longer amount goes as text, so that none is changed on the way. */
function cellOf(field: Field, value: unknown, lang: Lang): string | number | Date | null {
  if (value === null || value === undefined) return null
  if (isNumber(field)) {
    const text = field.type === 'money' ? (value as Money).amount : String(value)
    return text.replace(/^-?0*\.?0*|\./g, '').length <= 15 ? Number(text) : text
  }
  if (field.type === 'date') return new Date(`${String(value)}T00:00:00Z`)
  return readableValue(field, value, lang)
}

const widths: Partial<Record<Field['type'], number>> = { longtext: 48, date: 12, boolean: 10, integer: 10 }

async function xlsxOf(
  sheetName: string,
  columns: readonly Column[],
  lang: Lang,
  pages: AsyncIterable<RecordItem[]>,
): Promise<Uint8Array<ArrayBuffer>> {
  return workbook(
    sheetName,
    columns.map(([, field]) => ({
      label: field.label[lang],
      format: formats[field.type],
      width: widths[field.type] ?? 18,
    })),
    (async function* () {
      for await (const items of pages)
        for (const item of items) yield columns.map(([id, field]) => cellOf(field, item[id], lang))
    })(),
  )
}

export interface SheetColumn {
  readonly label: string
  readonly format?: string | undefined
  readonly width?: number
}

/** One sheet with a fixed, filterable heading, written row by row. Text stays text: no cell is ever a formula. */
export async function workbook(
  name: string,
  columns: readonly SheetColumn[],
  rows: AsyncIterable<readonly (string | number | Date | null)[]>,
): Promise<Uint8Array<ArrayBuffer>> {
  // Hundreds of files that no start needs: read when the first sheet is written.
  const { default: ExcelJS } = await import('exceljs')
  const sink = new PassThrough()
  const chunks: Buffer[] = []
  sink.on('data', (chunk: Buffer) => chunks.push(chunk))
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true })
  const sheet = book.addWorksheet(name.replaceAll(/[[\]*?:/\\]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
  })
  sheet.columns = columns.map((column) => ({
    header: column.label,
    width: column.width ?? 18,
    style: column.format ? { numFmt: column.format } : {},
  }))
  sheet.getRow(1).font = { bold: true }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
  for await (const row of rows) sheet.addRow([...row]).commit()
  sheet.commit()
  await book.commit()
  return new Uint8Array(Buffer.concat(chunks))
}

/** An Excel file, saved under its title. */
export const xlsxFile = (title: string, bytes: Uint8Array<ArrayBuffer>) => ({
  name: `${title}.xlsx`,
  mime: mimes.xlsx,
  bytes,
})

/** A file as an answer, saved under its name. */
export function fileAnswer({
  name,
  mime,
  bytes,
}: {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}): Response {
  const plain = name
    .replaceAll(/[^\x20-\x7e]+/g, '')
    .replaceAll(/["\\]/g, '')
    .trim()
  return new Response(bytes, {
    headers: {
      'content-type': mime,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
