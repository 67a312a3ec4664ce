import { z } from '@hono/zod-openapi'
import { readingSchema } from './reading.ts'
import { encodings } from './sheet/encodings.ts'

const text = z.object({ zh: z.string(), en: z.string() })
const thing = z.object({ id: z.number().int(), title: z.string() })

export const countSchema = z.object({
  id: z.string(),
  label: text,
  fresh: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
})

export const proposalSchema = z.object({
  key: z.string(),
  title: z.string(),
  amount: z.string(),
  unit: thing.nullable(),
  owner: thing.nullable(),
  backup: thing.nullable(),
  manager: thing.nullable(),
})
export type ProposalRow = z.infer<typeof proposalSchema>

const candidate = z.object({ id: z.number().int(), title: z.string(), unit: z.string() })
export const proposalPageSchema = z.object({
  items: z.array(proposalSchema),
  next: z.number().int().nullable(),
  candidates: z.array(candidate),
})
/** How a proposal falls on people; `proposed` is `[key, owner, unit]` of every row. */
export const loadsSchema = z.object({
  cap: z.number().nullable(),
  proposed: z.array(z.tuple([z.string(), z.number().int().nullable(), z.number().int().nullable()])),
  units: z.array(thing),
  people: z.array(candidate),
})
export type Loads = z.infer<typeof loadsSchema>

export const mappingSchema = z.object({
  sheets: z.record(z.string(), z.string().nullable()),
  columns: z.record(z.string(), z.record(z.string(), z.string().nullable())),
})

/** Sheets and columns an importer asks for, with their names. */
const specSchema = z.object({
  id: z.string(),
  label: text,
  required: z.boolean(),
  columns: z.array(z.object({ id: z.string(), label: text, required: z.boolean() })),
})

export const importSchema = z
  .object({
    id: z.number().int(),
    rev: z.number().int(),
    importer: z.object({ id: z.string(), label: text, proposes: z.boolean() }),
    fileName: z.string(),
    size: z.number().int(),
    /** mapping → tried → writing → done, or failed, or cancelled. */
    state: z.enum(['mapping', 'tried', 'writing', 'done', 'failed', 'cancelled']),
    stateText: text,
    startedAt: z.string(),
    /** What stands in the file: sheets with their headings and the first rows, cell by cell as text. */
    sheets: z.array(
      z.object({
        name: z.string(),
        rows: z.number().int(),
        headings: z.array(z.string()),
        sample: z.array(z.array(z.string())),
        hidden: z.boolean(),
        /** Number in the file of the row of headings; 0 where there is none. */
        headerRow: z.number().int(),
        /** How many hidden rows are not read. */
        hiddenRows: z.number().int(),
        hiddenColumns: z.array(z.string()),
        /** Whether cells of several rows are merged. */
        merged: z.boolean(),
        /** The first rows as they stand in the file, for the choice of the row of headings. */
        top: z.array(z.object({ row: z.number().int(), cells: z.array(z.string()) })),
        /** What is out of the ordinary. */
        notices: z.array(text),
      }),
    ),
    /** How the file is read, as far as somebody chose it. */
    reading: readingSchema,
    /** How the text of the file is encoded; null where the format says it itself. A run whose encoding is not clear cannot be tried. */
    encoding: z
      .object({
        found: z.enum(encodings),
        name: text,
        clear: z.boolean(),
        candidates: z.array(z.object({ encoding: z.enum(encodings), name: text, sample: z.string() })),
        /** All that may be chosen. */
        choices: z.array(z.object({ encoding: z.enum(encodings), name: text })),
      })
      .nullable(),
    /** Choices of the last such file that do not fit this one. */
    dropped: z.array(text),
    asks: z.array(specSchema),
    mapping: mappingSchema,
    /** True when the mapping is the one used for the last file that looked like this. */
    remembered: z.boolean(),
    options: z.array(
      z.object({
        id: z.string(),
        label: text,
        options: z.array(z.object({ id: z.string(), label: text })),
        /** A word of the person's own instead of an option; what holds where nothing is said. */
        free: z.string().optional(),
      }),
    ),
    choices: z.record(z.string(), z.unknown()),
    trial: z
      .object({
        counts: z.array(countSchema),
        /** What is wrong, told one by one; a row may be wrong in several places. */
        faults: z.number().int(),
        /** Rows that cannot be written. */
        faultyRows: z.number().int(),
        warnings: z.array(text),
        /** How many proposals there are; they are read by pages. */
        proposals: z.number().int(),
      })
      .nullable(),
    progress: z.object({ part: z.number(), doing: text }).nullable(),
    result: z
      .object({
        counts: z.array(countSchema),
        booked: z.number().int(),
        seconds: z.number(),
        /** What was booked, in plain words, and pages of the program where it is looked at. */
        said: text.optional(),
        links: z.array(z.object({ href: z.string(), label: text })).optional(),
      })
      .nullable(),
    /** Why writing failed; nothing of it stands in the records. */
    failure: text.nullable(),
  })
  .openapi('Import')
export type ImportRun = z.infer<typeof importSchema>

export const importRowSchema = importSchema.pick({
  id: true,
  importer: true,
  fileName: true,
  size: true,
  state: true,
  stateText: true,
  startedAt: true,
  result: true,
})
export type ImportRow = z.infer<typeof importRowSchema>

export const faultSchema = z.object({
  n: z.number().int(),
  sheet: z.string(),
  row: z.number().int(),
  column: z.string(),
  value: z.string(),
  text,
})
export type ImportFault = z.infer<typeof faultSchema>

/** Body of POST imports/{id}/trial. `choices.owners` is `{ accountCode: personId }`, what the person changed of the proposal. */
export const trialInput = z.object({
  rev: z.number().int(),
  mapping: mappingSchema,
  choices: z.record(z.string(), z.unknown()).default({}),
})
/** Body of POST imports/{id}/reading: all of it, what is left out is found out. */
export const readingInput = z.object({ rev: z.number().int(), reading: readingSchema })
export const writeInput = z.object({
  rev: z.number().int(),
  /** Must be said when there are faulty rows: they are left out, the others are written. */
  leaveOutFaulty: z.boolean().default(false),
  owners: z.record(z.string(), z.number().int()).default({}),
})
/**
 * Routes: POST /api/v1/imports?importer=sales&name=FILE (bytes) -> Import · GET /api/v1/imports -> {items: ImportRow[]}
 * · GET /api/v1/imports/{id} -> Import · POST …/reading -> Import · POST …/trial -> Import · GET …/faults?from=0 -> {items, next} · GET …/faults.xlsx
 * · GET …/proposal?q=&from=0 -> {items, next, candidates: [{id, title, unit}]} · POST …/write -> Import (state writing; ask again for
 * progress) · POST …/cancel -> Import · GET /api/v1/importers -> {items: [{id, label, may}]}
 */
