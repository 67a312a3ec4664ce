import { z } from '@hono/zod-openapi'
import { encodings } from './sheet/encodings.ts'
import { limits } from './sheet/limits.ts'

/** How one sheet is read. */
const sheetReadingSchema = z.object({
  /** Number in the file of the row of headings; 0 says that there is none. */
  headerRow: z.number().int().min(0).max(1_048_576).optional(),
  /** Hidden rows are taken as well. */
  hiddenRows: z.boolean().optional(),
  /** What stands in a merged cell holds for every row that it covers. */
  fillMerged: z.boolean().optional(),
})

/** What a person chose for the reading of one file; what is left out is found out, or refused where it is not clear. */
export const readingSchema = z.object({
  encoding: z.enum(encodings).optional(),
  /** Order of day, month and year where a date says it in figures only. */
  dates: z.enum(['ymd', 'dmy', 'mdy']).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  sheets: z
    .record(z.string().max(200), sheetReadingSchema)
    .refine((sheets) => Object.keys(sheets).length <= limits.sheets)
    .optional(),
})
export type Reading = z.infer<typeof readingSchema>
export type SheetReading = z.infer<typeof sheetReadingSchema>
