import { z } from '@hono/zod-openapi'

/** Exact decimal as text; amounts are in yuan without VAT. */
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const text = z.object({ zh: z.string(), en: z.string() })
const person = z.object({ id: z.number().int(), title: z.string() })

export const planSchema = z
  .object({
    id: z.number().int(),
    year: z.number().int(),
    baseYear: z.number().int(),
    /** Year the base year's growth is measured against. */
    growthYear: z.number().int(),
    /** `0.1` draft, `0.2` after a rejected round ..., `1.0` final. */
    version: z.string(),
    status: z.enum(['basis', 'draft', 'review', 'final', 'cascading', 'cascaded', 'cancelled']),
    statusText: text,
    caseId: z.number().int(),
    /** Edition whose forms the plan fills. */
    editionId: z.number().int(),
    /** How its targets tell regions apart: by where an order was booked, or by its account's home. Figures of the year go by the same. */
    regions: z.enum(['booked', 'home']),
    regionsName: text,
    rev: z.number().int(),
    /** Whose figures these are: the company's for whoever reads whole plans, else what the reader was given. */
    part: z.enum(['company', 'given']),
    /** Sum of the targets of that part; `null` before there are any. */
    total: decimal.nullable(),
    /** Sales of the base year of the same part; `null` where the reader may not see all of them. */
    baseTotal: decimal.nullable(),
    /** `total` against `baseTotal` as a fraction; `null` = n/a. */
    growth: decimal.nullable(),
    /** Working text of FM-18 by field id. */
    form: z.record(z.string(), z.unknown()),
    /** `targets`: whether the targets of the whole are for the reader. */
    may: z.object({ edit: z.boolean(), targets: z.boolean(), why: text }),
  })
  .openapi('Plan')
export type Plan = z.infer<typeof planSchema>

/** What was decided on a version, with its reason; kept for good. */
export const versionSchema = z
  .object({
    id: z.number().int(),
    version: z.string(),
    act: z.enum(['basis', 'submit', 'pass', 'reject', 'decide', 'finalise', 'sign']),
    at: z.string(),
    person,
    reason: z.string(),
    /** Sum of the targets as they stood; `null` before there were any. */
    total: decimal.nullable(),
  })
  .openapi('PlanVersion')
export type PlanVersion = z.infer<typeof versionSchema>
export const versionsSchema = z.object({
  items: z.array(versionSchema),
  /** What the reader does not see here and who does; `null` for whoever sees the plan's case. */
  withheld: text.nullable(),
})
export type PlanVersions = z.infer<typeof versionsSchema>

export const basisRowSchema = z.object({
  key: z.string(),
  label: text,
  amount: decimal,
  returned: decimal,
  net: decimal,
  profit: decimal,
  orders: z.number().int(),
  /** Amount of the year before, and growth against it as a fraction; `null` = n/a. */
  before: decimal,
  growth: decimal.nullable(),
  share: decimal.nullable(),
})
export const basisSchema = z
  .object({
    planId: z.number().int(),
    year: z.number().int(),
    cut: z.enum(['region', 'home', 'account', 'product', 'quarter', 'manager', 'industry']),
    /** Stamp the facts carry: order, shipment or acceptance. */
    basis: z.string(),
    note: text,
    rows: z.array(basisRowSchema),
    total: basisRowSchema,
    next: z.string().nullable(),
  })
  .openapi('PlanBasis')
export type PlanBasis = z.infer<typeof basisSchema>

export const gridRowSchema = z.object({
  /** Stable within the sheet, e.g. `unit:4` or `account:17`. */
  key: z.string(),
  label: text,
  /** Rows are shown under their group: the manager, or the rep. */
  group: z.object({ key: z.string(), label: text }).nullable(),
  values: z.record(z.string(), decimal),
  orders: z.record(z.string(), z.number().int()),
  lastYear: z.record(z.string(), decimal),
  /** What the signed plan has for this row, by column; absent where it has nothing to compare with. */
  signed: z.record(z.string(), decimal).optional(),
  editable: z.boolean(),
})
export const checkSchema = z.object({
  given: decimal,
  sum: decimal,
  /** sum - given; negative is missing. */
  difference: decimal,
  /** sum ÷ given, four decimals; `null` when nothing was given. */
  ratio: decimal.nullable(),
  ok: z.boolean(),
})
export const gridSchema = z
  .object({
    planId: z.number().int(),
    sheetId: z.number().int(),
    kind: z.enum(['draft', 'manager', 'rep']),
    tree: z.enum(['account', 'deal']),
    title: text,
    giver: person.nullable(),
    taker: person.nullable(),
    columns: z.array(z.object({ id: z.string(), label: text, quarter: z.number().int() })),
    rows: z.array(gridRowSchema),
    /** By quarter `Q1`..`Q4` and `total`; absent while nothing was given (the draft). */
    check: z.record(z.string(), checkSchema).nullable(),
    range: z.object({ min: decimal, max: decimal }),
    attempts: z.number().int(),
    handUp: z.object({ allowed: z.boolean(), why: text }),
    /** What `lastYear` is: by which regions it counts, and whether it is a part. */
    lastYearNote: text,
    /** How the plan tells regions apart; `null` on a sheet of accounts. */
    regions: z.enum(['booked', 'home']).nullable(),
    rev: z.number().int(),
    may: z.object({ edit: z.boolean(), why: text }),
  })
  .openapi('PlanGrid')
export type PlanGrid = z.infer<typeof gridSchema>

/** What a person changed; columns are those of the grid. */
export const cellsSchema = z.object({
  rev: z.number().int(),
  cells: z.array(
    z.object({
      row: z.string(),
      column: z.string(),
      amount: decimal.optional(),
      orders: z.number().int().min(0).optional(),
    }),
  ),
})
export type Cells = z.infer<typeof cellsSchema>

/** One-click repairs: level every column to what was given (times `factor`), or fill from last year's shape and a growth. */
export const repairSchema = z.object({
  rev: z.number().int(),
  how: z.enum(['level', 'last-year']),
  /** 1.00-1.05 for `level`; growth fraction for `last-year`, e.g. `0.10`. */
  factor: decimal.default('1'),
})

export const sheetSummarySchema = z.object({
  id: z.string(),
  /** Sheet to open; `null` where the reader may see the figure but not the sheet. */
  sheetId: z.number().int().nullable(),
  /** The head's split, a manager's split, or what one rep was given. */
  kind: z.enum(['manager', 'rep', 'letter']),
  tree: z.enum(['account', 'deal']),
  title: text,
  giver: person.nullable(),
  taker: person.nullable(),
  parentId: z.string().nullable(),
  /** Written with a return. */
  reason: z.string(),
  status: z.enum(['open', 'issued', 'waiting', 'returned', 'accepted', 'settled']),
  statusText: text,
  given: decimal.nullable(),
  sum: decimal,
  attempts: z.number().int(),
  /** When a letter was issued, and by when its open answer is due; `null` on a split and once it is answered. */
  since: z.string().nullable(),
  dueAt: z.string().nullable(),
  workdaysLeft: z.number().int().nullable(),
})
export type SheetSummary = z.infer<typeof sheetSummarySchema>
/**
 * Routes: GET /api/v1/plans · GET /api/v1/plans/{id} · PATCH /api/v1/plans/{id} {rev, form} · GET /api/v1/plans/{id}/basis?cut=
 * · GET /api/v1/plans/{id}/versions · GET /api/v1/plans/{id}/sheets · GET|PUT /api/v1/plans/{id}/sheets/{sheetId} (grid; PUT takes cells, answers the grid)
 * · POST .../sheets/{sheetId}/repair · GET /api/v1/plans/{id}/sheets/{sheetId}/sheet.xlsx.
 * `draft`: rows are regions, columns Q1-Q4. The head's cascade sheet is of kind `manager` (rows regions grouped by manager, Q1-Q4);
 * a manager's split is of kind `rep` (rows customers grouped by rep, columns M01-M12).
 */
