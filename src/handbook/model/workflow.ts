import type { Adoption, FormId, Place, PostId, Ref, Tag, Text, WorkflowId } from './base.ts'

/* Workflows: read from BPMN 2.0 with the `kb:` extension (urn:kambook:bpmn:1). */

export interface Workflow {
  readonly id: WorkflowId
  readonly name: Text
  /** `rollout`: how the handbook itself is brought into use. */
  readonly kind: 'management' | 'business' | 'support' | 'rollout'
  readonly adoption: Adoption
  /** The main process first, then the processes its call activities start. */
  readonly processes: readonly Process[]
  readonly results: readonly { readonly id: string; readonly name: Text }[]
  /** Headings over printed steps, e.g. `T-1` over `T-1.1` to `T-1.5`; nobody works on a heading. */
  readonly groups: readonly StepGroup[]
  readonly note?: Text
  readonly file: string
  readonly at: Place
}

export interface StepGroup {
  readonly code: string
  readonly name: Text
  readonly steps: readonly string[]
  /** Norm that the steps together must keep. */
  readonly due: string | null
}

export interface Process {
  /** `PLAN` for the main process, `PLAN.manager` for one that it calls. */
  readonly id: string
  readonly name: Text
  /** The main process; one that a call activity starts; one that begins as a case of its own. */
  readonly entry: 'main' | 'called' | 'own'
  /** Norm that the whole process must keep. */
  readonly due: string | null
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
  /** Ends the whole case, whatever else is still under way in it; without it the case ends when its last token does. */
  readonly terminates: boolean
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
  /** Row of a limit table, e.g. `norm.limits.price`: one task that rises through the posts of the row until one may decide. */
  readonly ladder: string | null
  /** Records this task writes, by code. */
  readonly produces: readonly string[]
  /** Posts that each give an opinion on this one task. */
  readonly signers: readonly PostId[]
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
  /** Steps at which another case begins beside, e.g. `wf:OPP/M-2`. */
  readonly starts: readonly Ref[]
}
export interface GatewayNode extends NodeBase {
  readonly kind: 'exclusive' | 'parallel'
}
/** Starts a child case, or one per item of `each` (all at once); goes on when all have ended. */
export interface CallNode extends NodeBase {
  readonly kind: 'call'
  readonly step: string
  /** `PLAN.manager` of this workflow, or another workflow's main process. */
  readonly process: string
  /** The printed steps of the called process that this call runs through; all of it when `null`. */
  readonly segment: { readonly from: string; readonly to: string } | null
  /** Named collection in code, e.g. `planning.managers`. */
  readonly each: string | null
  readonly with: readonly PostId[]
  readonly due: string | null
  /** Result words of the child by which the case goes on; empty when there is one way only. */
  readonly outcomes: readonly Outcome[]
  readonly adoption: Adoption
  readonly tag: Tag
  readonly note?: Text
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
  /** Taken only after this outcome of the task or call before the gateway. */
  readonly outcome: string | null
  /**
   * FEEL over `round` (how often the task before the gateway has been completed in this case) and `norm.<id>.<value>`.
   * Null or a warning refuses the step.
   */
  readonly condition: string | null
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly at: Place
}
