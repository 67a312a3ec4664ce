/**
 * The typed, frozen model of one handbook edition: what `load` gives and everything else reads.
 * Nothing else parses handbook files. Every element keeps the place it was written at.
 */
import type {
  Adoption,
  FunctionId,
  KpiId,
  Place,
  PostId,
  Ref,
  Statement,
  Tag,
  Text,
  WorkflowId,
} from './model/base.ts'
import type { Calendar, Norm, Switch } from './model/norm.ts'
import type { Form, FormField, Policy, Term } from './model/paper.ts'
import type { Workflow } from './model/workflow.ts'

export type * from './model/base.ts'
export type * from './model/norm.ts'
export type * from './model/paper.ts'
export type * from './model/workflow.ts'

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
  /** The records that workflows produce and indicators count, by their printed codes. */
  readonly records: readonly HandbookRecord[]
  readonly workflows: readonly Workflow[]
  readonly forms: readonly Form[]
  /** The fields that every form begins with: number, edition, drafter, signatures. */
  readonly formFrame: readonly FormField[]
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
    | 'rollout-workflows'
    | 'policies'
    | 'forms'
    | 'norms'
    | 'switches'
    | 'records'
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

export type Verb =
  | 'read'
  | 'create'
  | 'update'
  | 'delete'
  | 'import'
  | 'export'
  | 'assign'
  | 'publish'
  | 'approve'
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
/** `standards` is the handbook where it changes posts, limits or indicators. */
export type SystemPart = 'organisation' | 'handbook' | 'standards' | 'audit' | 'users'

export interface Kpi {
  readonly id: KpiId
  readonly name: Text
  readonly unit: 'money' | 'percent' | 'points' | 'days' | 'number'
  readonly vat: 'excluded' | 'included' | null
  readonly formula: Text
  /** Codes of the records it is computed from, e.g. `R-ORD`. */
  readonly records: readonly string[]
  readonly periods: readonly ('month' | 'quarter' | 'half-year' | 'year')[]
  readonly posts: readonly PostId[]
  readonly direction: 'up' | 'down'
  readonly scored: boolean
  readonly missingBase: Text
  /** How the figure becomes points, and the norm table with its numbers. */
  readonly scoring: {
    readonly method: 'ratio' | 'linear' | 'steps' | 'value' | 'none'
    readonly norm: string | null
  }
  /** Steps at which people, not the program, measure it, e.g. `SATI/H-6`. */
  readonly measuredAt: readonly string[]
  readonly note?: Text
  readonly adoption: Adoption
  /** The measure in code that computes it; needed when `running`. */
  readonly measure?: string
  readonly tag: Tag
  readonly at: Place
}
/** A record of the business: what a step leaves behind and an indicator counts. */
export interface HandbookRecord {
  readonly id: string
  readonly name: Text
  /** The record kind that holds it in the program. */
  readonly kind: string
  readonly at: Place
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
