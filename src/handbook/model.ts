/**
 * The typed, frozen model of one handbook edition: what `load` gives and everything else reads.
 * Nothing else parses handbook files. Every element keeps the place it was written at.
 */

export type Lang = 'zh' | 'en'
export interface Text {
  readonly zh: string
  readonly en: string
}

/** Where a statement comes from: the source document, our reading of it, public practice, our own default, or law. */
export type Tag = 'seed' | 'reading' | 'practice' | 'default' | 'law'

/** `running`: the program works by it. `described`: read, printed and walked through, not yet enforced. */
export type Adoption = 'running' | 'described'

/** Position in the edition's folder; lines and columns from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A sentence of the handbook with its origin. */
export interface Statement {
  readonly text: Text
  readonly tag: Tag
}

export type PostId = string
export type FunctionId = string
export type FormId = string
export type KpiId = string
export type WorkflowId = string
export type NormId = string

/** Typed reference to an element, unique in an edition: `wf:PLAN`, `wf:PLAN/C-5`, `fn:C1`, `post:SUP`, `form:FM-18`, `kpi:K01`, `policy:MP-02`, `norm:norm.planning`, `ch:4`, `term:大客户`. */
export type Ref = string

export interface Edition {
  readonly id: string
  readonly number: string
  readonly title: Text
  readonly currency: string
  readonly control: DocumentControl
  readonly chapters: readonly Chapter[]
  readonly organisation: Organisation
  readonly posts: readonly Post[]
  readonly functions: readonly HandbookFunction[]
  readonly rights: Rights
  readonly kpis: readonly Kpi[]
  readonly norms: readonly Norm[]
  readonly calendar: Calendar
  readonly switches: readonly Switch[]
  readonly workflows: readonly Workflow[]
  readonly forms: readonly Form[]
  readonly policies: readonly Policy[]
  readonly glossary: readonly Term[]
  /** SHA-256 over the source files, sorted by path: equal sources, equal hash. */
  readonly hash: string
  /** The source files themselves, so that an edition can be stored, exported and compared. */
  readonly files: Readonly<Record<string, string>>
}

export interface DocumentControl {
  readonly documentNumber: string
  readonly drafted: Text
  readonly reviewed: Text
  readonly approved: Text
  readonly changes: readonly {
    readonly number: string
    readonly date: string
    readonly text: Text
  }[]
  readonly distribution: Text
}

/** Chapters 0-7. `body` is Markdown; a line that starts with `{tag}` carries its origin, e.g. `{seed} ...`. */
export interface Chapter {
  readonly id: string
  readonly title: Text
  readonly sections: readonly Section[]
  readonly at: Place
}
export interface Section {
  readonly id: string
  readonly title: Text
  /** Statements in order; absent when the section is generated from the model. */
  readonly statements: readonly Statement[]
  /** What the section is generated from: the printer and the reader draw it from the model. */
  readonly content?:
    | 'control'
    | 'org-chart'
    | 'headcount'
    | 'relations'
    | 'functions'
    | 'matrix'
    | 'posts'
    | 'kpis'
    | 'management-workflows'
    | 'business-workflows'
    | 'support-workflows'
    | 'policies'
    | 'forms'
    | 'norms'
    | 'switches'
    | 'glossary'
  readonly at: Place
}

export type UnitLevel = 'parent' | 'company' | 'hq' | 'region' | 'branch'

export interface Organisation {
  /** Approved headcount 编制 of the key account posts. */
  readonly headcount: number
  readonly seats: readonly Seats[]
  readonly levels: readonly {
    readonly id: UnitLevel
    readonly name: Text
    readonly legalEntity: boolean
  }[]
  /** The relations of a rep: business line, deal line, daily supervision, administration. */
  readonly relations: readonly Relation[]
  readonly at: Place
}
/** Seats are a list, never a formula: `count` in all, spread one by one over the units of the level. */
export interface Seats {
  readonly post: PostId
  readonly level: UnitLevel
  readonly count: number
  readonly perUnit: number | null
  readonly inHeadcount: boolean
  readonly provisional: boolean
  readonly tag: Tag
  readonly at: Place
}
export type RelationId = 'business' | 'deal' | 'supervision' | 'administration'
export interface Relation {
  readonly id: RelationId
  readonly name: Text
  readonly with: Text
  readonly may: Text
  readonly mayNot: Text
  readonly tag: Tag
}

export interface Post {
  readonly id: PostId
  readonly name: Text
  readonly aliases: readonly Text[]
  readonly kind: 'inside' | 'external' | 'placeholder'
  readonly level: UnitLevel | null
  /** Business superior; `null` ends the chain. */
  readonly superior: PostId | null
  readonly adoption: Adoption
  readonly tag: Tag
  /** Absent for posts that stand as titles only. */
  readonly sheet?: PostSheet
  readonly at: Place
}
export interface PostSheet {
  readonly mission: readonly Statement[]
  readonly work: readonly {
    readonly title: Text
    readonly items: readonly Statement[]
  }[]
  readonly kpis: readonly {
    readonly group: 'financial' | 'operating' | 'management'
    readonly kpi: KpiId
    readonly weight: number
    readonly tag: Tag
  }[]
  readonly processes: readonly {
    readonly workflow: WorkflowId
    readonly role: Text
    readonly tag: Tag
  }[]
  readonly requirements: readonly {
    readonly group: Text
    readonly items: readonly Statement[]
  }[]
  readonly limits: readonly Statement[]
}

/** Matrix values 负 参 监 批 协 办. */
export type Duty = 'responsible' | 'participates' | 'supervises' | 'approves' | 'coordinates' | 'executes'

export interface HandbookFunction {
  readonly id: FunctionId
  readonly name: Text
  /** `KA` or the post of the named department that leads. */
  readonly lead: string
  readonly dutyClass: 'core' | 'joint' | 'local'
  readonly cells: Readonly<Record<PostId, readonly Duty[]>>
  readonly workflows: readonly WorkflowId[]
  readonly policies: readonly string[]
  readonly kpis: readonly KpiId[]
  readonly noWorkflow?: Text
  readonly tag: Tag
  readonly at: Place
}

export type Verb = 'read' | 'create' | 'update' | 'delete' | 'import' | 'export' | 'assign'
/** Which rows: all; those whose unit is the holder's or below; those he owns or backs up; those whose deals he leads. */
export type Reach = 'all' | 'unit' | 'managed' | 'own'

export interface Rights {
  /** Under a function, which verbs a matrix value gives on a record kind. */
  readonly kinds: readonly RightRule[]
  /** Which rows each post reaches. */
  readonly reach: Readonly<Record<PostId, Reach>>
  /** Rights of posts outside the matrix (administrator, auditor, consultant): business kinds and system parts. */
  readonly system: readonly {
    readonly post: PostId
    readonly part: SystemPart
    readonly verbs: readonly Verb[]
    readonly at: Place
  }[]
  /** Posts that only read, outside the matrix, with the reason. */
  readonly read: readonly { readonly post: PostId; readonly kinds: readonly string[]; readonly why: Text }[]
  readonly at: Place
}
export interface RightRule {
  readonly kind: string
  readonly function: FunctionId
  readonly verbs: Readonly<Partial<Record<Duty, readonly Verb[]>>>
  readonly at: Place
}
export type SystemPart = 'organisation' | 'handbook' | 'audit' | 'users'

export interface Kpi {
  readonly id: KpiId
  readonly name: Text
  readonly unit: 'money' | 'percent' | 'points' | 'days' | 'number'
  readonly vat: 'excluded' | 'included' | null
  readonly formula: Text
  readonly records: readonly string[]
  readonly periods: readonly ('month' | 'quarter' | 'half-year' | 'year')[]
  readonly posts: readonly PostId[]
  readonly direction: 'up' | 'down'
  readonly scored: boolean
  readonly missingBase: Text
  readonly adoption: Adoption
  /** The measure in code that computes it; needed when `running`. */
  readonly measure?: string
  readonly tag: Tag
  readonly at: Place
}

/** A parameter table of the handbook. Numbers are written here once and referred to by `norm.planning.cascadeBuffer`. */
export interface Norm {
  readonly id: NormId
  readonly name: Text
  readonly tag: Tag
  readonly values: Readonly<Record<string, NormValue>>
  readonly at: Place
}
export interface NormValue {
  readonly name: Text
  readonly value: number | string | boolean | Deadline
  readonly unit?: Text
  readonly tag: Tag
}
/**
 * When a step is due. `date` (MM-DD) in the case's year plus `year`; or working days after the step begins, no later than `latest`.
 * A date that is no working day moves to the next one.
 */
export interface Deadline {
  readonly date?: string
  readonly year?: number
  readonly workdays?: number
  readonly latest?: { readonly date: string; readonly year: number }
}

/** Statutory days off and make-up working days per year. A year that is not listed counts weekends only, and says so. */
export interface Calendar {
  readonly years: Readonly<
    Record<string, { readonly off: readonly string[]; readonly work: readonly string[] }>
  >
  readonly tag: Tag
  readonly at: Place
}

export interface Switch {
  readonly id: string
  readonly name: Text
  readonly values: readonly { readonly id: string; readonly name: Text }[]
  readonly value: string
  readonly where: Text
  readonly tag: Tag
  readonly at: Place
}

/* ---- workflows: read from BPMN 2.0 with the `kb:` extension (urn:kambook:bpmn:1) ---- */

export interface Workflow {
  readonly id: WorkflowId
  readonly name: Text
  readonly kind: 'management' | 'business' | 'support'
  readonly adoption: Adoption
  /** The main process first, then the processes its call activities start. */
  readonly processes: readonly Process[]
  readonly results: readonly { readonly id: string; readonly name: Text }[]
  readonly note?: Text
  readonly file: string
  readonly at: Place
}

export interface Process {
  /** `PLAN` for the main process, `PLAN.manager` for one that it calls. */
  readonly id: string
  readonly name: Text
  readonly lanes: readonly Lane[]
  readonly nodes: readonly FlowNode[]
  readonly flows: readonly SequenceFlow[]
  readonly dataObjects: readonly DataObject[]
  readonly picture: {
    readonly width: number
    readonly height: number
    readonly pool: Bounds | null
  }
}
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
export interface Lane {
  readonly id: string
  readonly name: Text
  readonly post: PostId
  readonly bounds: Bounds
}
export interface DataObject {
  readonly id: string
  readonly name: Text
  readonly bounds: Bounds
  /** Nodes it feeds. */
  readonly into: readonly string[]
}
export type FlowNode = StartNode | EndNode | TaskNode | GatewayNode | CallNode | MilestoneNode
interface NodeBase {
  readonly id: string
  readonly name: Text
  readonly lane: string | null
  readonly bounds: Bounds
  readonly at: Place
}
export interface StartNode extends NodeBase {
  readonly kind: 'start'
}
export interface EndNode extends NodeBase {
  readonly kind: 'end'
  /** Result word of the case. */
  readonly result: string
}
export interface TaskNode extends NodeBase {
  readonly kind: 'task'
  /** Printed step code, e.g. `C-3`: one code may group several tasks. */
  readonly step: string
  readonly post: PostId
  /**
   * Who gets it: any holder of the post; the person this child case is for; the person the parent case is for
   * (for the main case's children: the holder of the task's post).
   */
  readonly assign: 'post' | 'subject' | 'giver'
  readonly forms: readonly FormId[]
  /** Advisers without a task. */
  readonly with: readonly PostId[]
  /** Norm value that gives the deadline, e.g. `norm.deadlines.plan-basis`. */
  readonly due: string | null
  readonly outcomes: readonly Outcome[]
  /** The act in code that fills and judges this task, e.g. `planning.review`; needed when `running`. */
  readonly act: string | null
  readonly adoption: Adoption
  readonly tag: Tag
  readonly note?: Text
}
export interface Outcome {
  readonly id: string
  readonly name: Text
  /** `required`: the outcome cannot be chosen without a written opinion. */
  readonly comment: 'optional' | 'required'
  /** Drawn last and never as the main button (refuse, return). */
  readonly negative: boolean
}
export interface GatewayNode extends NodeBase {
  readonly kind: 'exclusive' | 'parallel'
}
/** Starts a child case per item of `each` (all at once); goes on when all have ended. */
export interface CallNode extends NodeBase {
  readonly kind: 'call'
  readonly step: string
  readonly process: string
  /** Named collection in code, e.g. `planning.managers`. */
  readonly each: string
  readonly adoption: Adoption
}
/** A named point the case has passed. When all that follows is `described`, the case rests there under this word. */
export interface MilestoneNode extends NodeBase {
  readonly kind: 'milestone'
  readonly word: string
}
export interface SequenceFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly name: Text | null
  /** Taken only after this outcome of the task before the gateway. */
  readonly outcome: string | null
  /**
   * FEEL over `round` (how often the task before the gateway has been completed in this case) and `norm.<id>.<value>`.
   * Null or a warning refuses the step.
   */
  readonly condition: string | null
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly at: Place
}

/* ---- forms, policies, words ---- */

export interface Form {
  readonly id: FormId
  readonly name: Text
  readonly steps: readonly string[]
  readonly adoption: Adoption
  readonly sections: readonly FormSection[]
  readonly tag: Tag
  readonly at: Place
}
export interface FormSection {
  readonly id: string
  readonly title: Text
  /** Rows of the same fields. */
  readonly repeat: boolean
  /** Steps that fill it; empty: filled by the program. */
  readonly steps: readonly string[]
  readonly fields: readonly FormField[]
}
export interface FormField {
  readonly id: string
  readonly label: Text
  readonly type: 'text' | 'date' | 'money' | 'number' | 'percent' | 'choice' | 'reference' | 'computed'
  readonly required: boolean
  /** `kind.field` in the records. */
  readonly bind?: string
  readonly vat?: 'excluded' | 'included'
  readonly options?: readonly { readonly id: string; readonly name: Text }[]
  readonly tag: Tag
}

export interface Policy {
  readonly id: string
  readonly name: Text
  readonly owner: PostId
  readonly workflows: readonly WorkflowId[]
  readonly forms: readonly FormId[]
  readonly adoption: Adoption
  readonly tag: Tag
  /** Markdown chapters; absent while the policy stands as a title. */
  readonly body?: Text
  readonly at: Place
}

export interface Term {
  readonly term: Text
  readonly aliases: readonly string[]
  readonly why: Text
  readonly tag: Tag
}

/* ---- checks ---- */

/** What a check found. `error` refuses publishing; `note` is for described parts. */
export interface Problem {
  readonly check: string
  readonly severity: 'error' | 'warning' | 'note'
  readonly where: Place
  readonly ref?: Ref
  readonly message: Text
}
