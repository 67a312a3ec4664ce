import { z } from '@hono/zod-openapi'

const text = z.object({ zh: z.string(), en: z.string() })
const person = z.object({
  id: z.number().int(),
  name: z.string(),
  post: z.string(),
})

/** Why a task is with a person, by when, and which clause says so; `text` is the ready sentence. */
export const whySchema = z.object({
  text,
  post: z.string(),
  /** `post` holds it; `stand-in` for a vacant post below; `subject` the case is about this person. */
  reason: z.enum(['post', 'stand-in', 'subject']),
  standsIn: z.string().nullable(),
  clause: z.string(),
  edition: z.string(),
  /** Sentence on the deadline's norm, with 补办 when the case began after the norm's date. */
  deadline: text,
  /** Said beside it only where somebody asks: its year has no calendar of holidays. */
  deadlineNote: text.nullable(),
  late: z.boolean(),
  makeUp: z.boolean(),
})

export const outcomeSchema = z.object({
  id: z.string(),
  label: text,
  comment: z.enum(['optional', 'required']),
  negative: z.boolean(),
  /** What follows, e.g. `转销售部经理审议，5 个工作日`. */
  next: text,
  /** Who takes it over then, by name; empty where that is not known or is the reader. Told with a task's panel. */
  to: z.array(z.string()),
  /** Reason why it may not be chosen now. */
  blocked: text.nullable(),
  /** What is to be known before it is chosen: it would be `refused` now, something to `warn` of, or what else it `tell`s to whom. */
  notices: z.array(z.object({ kind: z.enum(['refused', 'warn', 'tell']), text })),
})

export const taskSchema = z
  .object({
    id: z.number().int(),
    case: z.number().int(),
    root: z.number().int(),
    workflow: z.string(),
    workflowName: text,
    /** Edition the case works by: its drawing and its forms. */
    editionId: z.number().int(),
    step: z.string(),
    node: z.string(),
    title: text,
    /** The case's own title, e.g. `2018 年度大客户销售计划`. */
    caseTitle: text,
    post: z.string(),
    round: z.number().int(),
    openedAt: z.string(),
    dueAt: z.string().nullable(),
    doneAt: z.string().nullable(),
    /** Working days left until `dueAt`; negative is overdue. */
    workdaysLeft: z.number().int().nullable(),
    group: z.enum(['overdue', 'today', 'week', 'later', 'done']),
    from: person.nullable(),
    /** Set while the task is open again because somebody sent it back: who, when, with which outcome and words. */
    returned: z.object({ by: person.nullable(), at: z.string(), outcome: text, why: z.string() }).nullable(),
    record: z.object({ kind: z.string(), id: z.number().int() }).nullable(),
    recordTitle: text.nullable(),
    amount: z.string().nullable(),
    outcomes: z.array(outcomeSchema),
    outcome: z.string().nullable(),
    why: whySchema,
    status: z.enum(['open', 'done', 'cancelled']),
  })
  .openapi('Task')
export type Task = z.infer<typeof taskSchema>

export const opinionSchema = z.object({
  at: z.string(),
  person: person.nullable(),
  step: z.string(),
  title: text,
  round: z.number().int(),
  outcome: z.string(),
  outcomeLabel: text,
  comment: z.string(),
})

const unit = z.enum(['money', 'percent', 'number', 'date', 'text'])
export const factSchema = z.object({
  label: text,
  value: z.string(),
  unit,
  /** `unit` only where it differs from the fact's own. */
  against: z.object({ label: text, value: z.string(), unit: unit.optional() }).optional(),
  /** True where somebody must act on it. */
  wrong: z.boolean().optional(),
})

/** One chip of the step strip: printed step codes in order, where the case stands. */
export const stepSchema = z.object({
  step: z.string(),
  title: text,
  state: z.enum(['done', 'here', 'waiting', 'described']),
  /** Who has done it, or whom it waits for. */
  who: z.array(z.string()),
  dueAt: z.string().nullable(),
})

/** GET tasks/{id}: what the panel shows. */
export const taskDetailSchema = taskSchema
  .extend({
    facts: z.array(factSchema),
    href: z.string().nullable(),
    forms: z.array(z.object({ id: z.string(), title: text })),
    /** Functions of the matrix by which the task's post works in this workflow. */
    functions: z.array(z.object({ id: z.string(), name: text })),
    steps: z.array(stepSchema),
    opinions: z.array(opinionSchema),
    /** What those before wrote to whoever does this task; `text` is empty where nothing was written. */
    said: z.array(z.object({ name: z.string(), at: z.string(), text: z.string() })),
    /** Why the history is not the whole of it; `null` when the asker sees all of it. */
    withheld: text.nullable(),
    revisions: z.record(z.string(), z.number().int()),
    /** True when the asker may complete it. */
    mine: z.boolean(),
  })
  .openapi('TaskDetail')
export type TaskDetail = z.infer<typeof taskDetailSchema>

export const completionSchema = z
  .object({
    outcome: z.string(),
    comment: z.string().max(4000).default(''),
    form: z.record(z.string(), z.unknown()).default({}),
    revisions: z.record(z.string(), z.number().int()).default({}),
  })
  .openapi('Completion')

export const caseSchema = z
  .object({
    id: z.number().int(),
    workflow: z.string(),
    process: z.string(),
    title: text,
    edition: z.string(),
    editionId: z.number().int(),
    /** `running`, the word it rests at (`cascaded`), or its result. */
    status: z.string(),
    statusText: text,
    state: z.enum(['running', 'resting', 'ended']),
    root: z.number().int(),
    parent: z.number().int().nullable(),
    subject: person.nullable(),
    record: z.object({ kind: z.string(), id: z.number().int() }).nullable(),
    startedAt: z.string(),
    startedBy: person.nullable(),
    endedAt: z.string().nullable(),
    /** 补办: begun after the norm's date. */
    makeUp: z.boolean(),
  })
  .openapi('Case')
export type CaseRow = z.infer<typeof caseSchema>

/** What a case is taken back with. */
export const cancellationSchema = z.object({ why: z.string().trim().min(1).max(1000) })

/** What a case and those it called wait for: open tasks of one kind taken together. */
export const waitingSchema = z.object({
  step: z.string(),
  title: text,
  /** How many tasks, and with whom they are, each named once. */
  tasks: z.number().int(),
  who: z.array(z.string()),
  /** The nearest of their deadlines. */
  dueAt: z.string().nullable(),
  workdaysLeft: z.number().int().nullable(),
})
/** GET cases: where each one stands. */
export const caseListedSchema = caseSchema.extend({ waiting: z.array(waitingSchema) }).openapi('CaseListed')
export type CaseListed = z.infer<typeof caseListedSchema>

/** GET cases/{id}: with open tasks, children, history and what the picture marks. */
export const caseDetailSchema = caseSchema
  .extend({
    tasks: z.array(taskSchema),
    children: z.array(
      caseSchema.extend({
        open: z.array(z.object({ step: z.string(), title: text, who: z.array(z.string()) })),
      }),
    ),
    opinions: z.array(opinionSchema),
    steps: z.array(stepSchema),
    /** By node id of the case's process, for the swim-lane. */
    marks: z.record(
      z.string(),
      z.object({
        state: z.enum(['done', 'here', 'waiting', 'described']),
        open: z.number().int().optional(),
        late: z.number().int().optional(),
        own: z.boolean().optional(),
      }),
    ),
    /** The process graph as the edition draws it (type `Process` of the handbook model). */
    processGraph: z.unknown(),
    /** What stands still and why, e.g. the described tail. */
    note: text.nullable(),
    /** When the whole was taken back, by whom and why. */
    cancellation: z.object({ at: z.string(), person: person.nullable(), why: z.string() }).nullable(),
    /** True when the asker may take it back now. */
    mayCancel: z.boolean(),
  })
  .openapi('CaseDetail')
export type CaseDetail = z.infer<typeof caseDetailSchema>

export const startSchema = z.object({
  workflow: z.string(),
  input: z.record(z.string(), z.unknown()).default({}),
  subject: z.object({ kind: z.string(), id: z.number().int() }).optional(),
})
/** GET /api/v1/starts: workflows the asker may start, with the fields to ask for. */
export const startableSchema = z.object({
  workflow: z.string(),
  title: text,
  input: z.array(
    z.object({
      id: z.string(),
      label: text,
      type: z.enum(['number', 'text']),
      suggested: z.unknown(),
    }),
  ),
})
/**
 * GET tasks?box=todo|done|started|cc&q=&workflow=&cursor= -> {items: Task[], next, counts: {todo, overdue, done, started}}
 * GET tasks/{id} -> TaskDetail · POST tasks/{id}/completion Completion -> {task: Task, case: Case, next: Task | null}
 * POST cases/{id}/cancellation {why} -> Case
 * GET cases?workflow=&state=&started=me -> {items: CaseListed[], next} · POST cases -> 201|200 Case & {tasks} · GET cases/{id} -> CaseDetail · GET starts
 */
