import { sql } from 'kysely'
import { holds } from '../../handbook/conditions.ts'
import type { CallNode, EndNode, FlowNode, TaskNode } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { candidatesFor, superiorOf } from '../org/people.ts'
import { Refusal } from '../refusal.ts'
import { taskDue } from './deadline.ts'
import { type CompiledWorkflow, type Graph, runs } from './graph.ts'
import {
  type CandidateRecord,
  type CaseRecord,
  type Held,
  newIds,
  type Step,
  type TaskRecord,
  type TokenRecord,
  write,
} from './store.ts'

/** How a token came to a gateway: what the task before it decided, for the how-manieth time. */
interface Came {
  readonly outcome: string | null
  readonly round: number
}

/**
 * One step of a call tree, in memory: tokens move until all of them wait, then everything is written in one statement.
 * The root case is locked by the caller (or new).
 */
export class Walk {
  readonly #ctx: Ctx
  readonly #version: CompiledWorkflow
  readonly #cases = new Map<number, CaseRecord & { siblings?: number }>()
  readonly #tokens = new Map<number, TokenRecord>()
  readonly #rounds = new Map<string, number>()
  readonly #fresh = new Set<number>()
  readonly #changed = new Set<number>()
  readonly #moved = new Set<number>()
  readonly #gone: number[] = []
  readonly #running = new Map<number, number>()
  readonly #step: Step = { log: [] }
  #ids: number[]
  readonly tasks: TaskRecord[] = []
  readonly candidates: CandidateRecord[] = []

  constructor(ctx: Ctx, version: CompiledWorkflow, held?: Held) {
    this.#ctx = ctx
    this.#version = version
    this.#ids = held?.ids ?? []
    for (const one of held?.cases ?? []) this.#cases.set(one.id, one)
    for (const one of held?.tokens ?? []) this.#tokens.set(one.id, one)
    for (const one of held?.rounds ?? []) this.#rounds.set(`${one.caseId} ${one.node}`, one.done)
    for (const one of held?.cases ?? [])
      if (one.parent_token !== null) this.#running.set(one.parent_token, one.siblings + 1)
  }

  /** Puts a token on the start of a new case and lets it run. */
  async begin(fresh: CaseRecord): Promise<void> {
    this.#cases.set(fresh.id, fresh)
    this.#fresh.add(fresh.id)
    this.#step.log.push({ case_id: fresh.id, event: 'started' })
    const token = { id: await this.id(), case_id: fresh.id, node: 'start', flow: null }
    this.#tokens.set(token.id, token)
    await this.#leave(fresh, token, this.#graph(fresh).start, { outcome: null, round: 0 })
    this.#settle(fresh)
  }

  /** Finishes a task and lets its token run on. */
  async finish(task: TaskRecord, outcome: string, comment: string): Promise<void> {
    const at = this.case(task.case_id)
    const token = this.#tokens.get(task.token_id)
    if (!token) throw new Error(`task ${task.id} has lost its token`)
    this.#step.done = { id: task.id, rev: task.rev, outcome, comment }
    this.#rounds.set(`${at.id} ${task.node}`, task.round)
    this.#step.log.push({
      case_id: at.id,
      event: 'completed',
      node: task.node,
      detail: { outcome, round: task.round },
    })
    await this.#leave(at, token, this.#graph(at).node(task.node), { outcome, round: task.round })
    this.#settle(at)
  }

  async save(): Promise<void> {
    const some = <T>(rows: T[]): T[] | undefined => (rows.length > 0 ? rows : undefined)
    const token = (id: number) => this.#tokens.get(id)
    const step: Step = {
      ...this.#step,
      cases: some([...this.#fresh].map((id) => this.case(id))),
      changed: some([...this.#changed].filter((id) => !this.#fresh.has(id)).map((id) => this.case(id))),
      tokens: some([...this.#moved].map(token).filter((one): one is TokenRecord => one !== undefined)),
      gone: some(this.#gone),
      tasks: some(this.tasks),
      candidates: some(this.candidates),
    }
    await write(this.#ctx, step)
  }

  case(id: number): CaseRecord {
    const found = this.#cases.get(id)
    if (!found) throw new Error(`case ${id} was not read`)
    return found
  }

  async id(): Promise<number> {
    if (this.#ids.length === 0) this.#ids = await newIds(this.#ctx, 16)
    return this.#ids.shift() as number
  }

  #graph(of: CaseRecord): Graph {
    return this.#version.graph(of.process)
  }

  async #leave(of: CaseRecord, token: TokenRecord, node: FlowNode, came: Came): Promise<void> {
    const out = this.#graph(of).out(node.id)
    if (node.kind === 'parallel') {
      for (const [index, flow] of out.entries()) {
        const one = index === 0 ? token : { id: await this.id(), case_id: of.id, node: node.id, flow: null }
        this.#tokens.set(one.id, one)
        await this.#arrive(of, one, flow.to, flow.id, came)
      }
      return
    }
    const { edition } = this.#ctx.edition
    const fits = (flow: (typeof out)[number]) => flow.outcome === null || flow.outcome === came.outcome
    const flow =
      node.kind === 'exclusive'
        ? (out.find((one) => one.condition && fits(one) && holds(edition, one.condition, came.round)) ??
          out.find((one) => !one.condition && one.outcome !== null && fits(one)) ??
          out.find((one) => !one.condition && fits(one)))
        : out[0]
    if (!flow)
      throw new Refusal(500, 'no-way', {
        zh: `流程在“${node.name.zh || node.id}”没有可走的去处，管理员核对手册里的流程图后再办`,
        en: `The workflow has no way on at “${node.name.en || node.id}”; the administrator checks its drawing`,
      })
    await this.#arrive(of, token, flow.to, flow.id, came)
  }

  async #arrive(of: CaseRecord, token: TokenRecord, to: string, flow: string, came: Came): Promise<void> {
    const node = this.#graph(of).node(to)
    token.node = to
    token.flow = flow
    this.#moved.add(token.id)
    if (!runs(node)) return
    if (node.kind === 'task') return this.#open(of, token, node)
    if (node.kind === 'call') return this.#call(of, token, node)
    if (node.kind === 'end') return this.#drop(of, token, node)
    if (node.kind === 'milestone') {
      of.status = node.word
      this.#changed.add(of.id)
      this.#step.log.push({ case_id: of.id, event: 'milestone', node: node.id, detail: { word: node.word } })
    }
    if (node.kind === 'parallel' && !this.#joined(of, token, node)) return
    await this.#leave(of, token, node, came)
  }

  /** True when a token has come by every way into the join; the others are used up. */
  #joined(of: CaseRecord, token: TokenRecord, node: FlowNode): boolean {
    const ways = this.#graph(of).into(node.id)
    const here = [...this.#tokens.values()].filter((one) => one.case_id === of.id && one.node === node.id)
    const first = ways.map((way) => here.find((one) => one.flow === way.id))
    if (first.some((one) => one === undefined)) return false
    for (const one of first) if (one && one !== token) this.#remove(one)
    // The arriving token goes on; were another of its way first, that one stays for the next round.
    return true
  }

  #remove(token: TokenRecord): void {
    this.#tokens.delete(token.id)
    this.#moved.delete(token.id)
    this.#gone.push(token.id)
  }

  async #drop(of: CaseRecord, token: TokenRecord, node: EndNode): Promise<void> {
    this.#remove(token)
    if ([...this.#tokens.values()].some((one) => one.case_id === of.id)) return
    Object.assign(of, { state: 'ended', status: node.result, result: node.result })
    if (this.#fresh.has(of.id)) of.ended_at = this.#ctx.clock.now().toISOString()
    this.#changed.add(of.id)
    this.#step.log.push({ case_id: of.id, event: 'ended', node: node.id, detail: { result: node.result } })
    if (of.parent_id !== null && of.parent_token !== null) await this.#returned(of.parent_id, of.parent_token)
  }

  /** A child has ended: the caller goes on when it was the last. */
  async #returned(parentId: number, tokenId: number): Promise<void> {
    const left = (this.#running.get(tokenId) ?? 1) - 1
    this.#running.set(tokenId, left)
    if (left > 0) return
    const parent = this.case(parentId)
    const token = this.#tokens.get(tokenId)
    if (!token) throw new Error(`case ${parentId} has lost the token that waits for its children`)
    await this.#leave(parent, token, this.#graph(parent).node(token.node), { outcome: null, round: 0 })
    this.#settle(parent)
  }

  async #call(of: CaseRecord, token: TokenRecord, node: CallNode): Promise<void> {
    const collection = this.#ctx.house.registry.collections.get(node.each ?? '')
    if (!collection) throw new Error(`there is no collection ${node.each}`)
    const items = await collection.items(this.#ctx, { caseId: of.id, rootId: of.root_id, input: of.input })
    if (items.length === 0) return this.#leave(of, token, node, { outcome: null, round: 0 })
    this.#running.set(token.id, items.length)
    const now = this.#ctx.clock.now().toISOString()
    for (const item of items)
      await this.begin({
        ...of,
        id: await this.id(),
        parent_id: of.id,
        parent_token: token.id,
        process: node.process,
        start_key: null,
        title_zh: item.title.zh,
        title_en: item.title.en,
        input: { ...item.input },
        subject_id: item.subjectId,
        unit_id: item.unitId,
        status: 'running',
        state: 'running',
        rev: 1,
        started_by: this.#ctx.actor.personId,
        started_at: now,
        ended_at: null,
        result: null,
      })
  }

  async #open(of: CaseRecord, token: TokenRecord, node: TaskNode): Promise<void> {
    const { clock, edition, actor } = this.#ctx
    const opened = clock.now()
    const task: TaskRecord = {
      id: await this.id(),
      case_id: of.id,
      token_id: token.id,
      node: node.id,
      step: node.step,
      post: node.post,
      round: (this.#rounds.get(`${of.id} ${node.id}`) ?? 0) + 1,
      due_at: taskDue(edition.edition, of, node, opened)?.toISOString() ?? null,
      opened_at: opened.toISOString(),
      status: 'open',
      rev: 1,
      outcome: null,
      comment: null,
      done_by: null,
      done_at: null,
      from_person: actor.personId,
    }
    const people = await this.#peopleFor(of, node)
    if (people.length === 0)
      throw new Refusal(409, 'nobody', {
        zh: `“${node.name.zh}”没有人可以办：${node.post} 及其上级都空缺。先在组织里任命`,
        en: `Nobody can take “${node.name.en}”: ${node.post} and all its superiors are vacant. Fill a seat first`,
      })
    this.tasks.push(task)
    const seen = new Set<number>()
    for (const one of people)
      if (!seen.has(one.person_id)) {
        seen.add(one.person_id)
        this.candidates.push({ ...one, task_id: task.id })
      }
    this.#step.log.push({ case_id: of.id, event: 'opened', node: node.id, detail: { task: task.id } })
  }

  async #peopleFor(of: CaseRecord, node: TaskNode): Promise<Omit<CandidateRecord, 'task_id'>[]> {
    const parent = of.parent_id === null ? null : this.case(of.parent_id)
    const person =
      node.assign === 'subject'
        ? of.subject_id
        : node.assign === 'giver'
          ? (parent?.subject_id ?? null)
          : null
    const { tx, edition } = this.#ctx
    if (person !== null) {
      const { rows } = await sql`select from holder where person_id = ${person} limit 1`.execute(tx)
      if (rows.length > 0) return [{ person_id: person, reason: 'subject', stands_in: null }]
    }
    // The person has left: his work goes to the post above.
    const post = person === null ? node.post : (superiorOf(edition.edition, node.post) ?? node.post)
    const unit = node.assign === 'post' || person !== null ? null : of.unit_id
    const people = await candidatesFor(tx, edition.edition, post, unit)
    return people.map((one) => {
      const standsIn = person === null ? one.standsIn : node.post
      return { person_id: one.personId, reason: standsIn ? 'stand-in' : 'post', stands_in: standsIn }
    })
  }

  /** After the tokens stopped: a case whose every way has come to a described part rests there. */
  #settle(of: CaseRecord): void {
    if (of.state === 'ended') return
    const graph = this.#graph(of)
    const mine = [...this.#tokens.values()].filter((one) => one.case_id === of.id)
    const rests = mine.some((one) => !runs(graph.node(one.node)))
    const works = mine.some((one) => {
      const node = graph.node(one.node)
      return (node.kind === 'task' || node.kind === 'call') && runs(node)
    })
    if (works) return
    if (!rests) throw new Error(`case ${of.id} stands still without a task`)
    of.state = 'resting'
    this.#changed.add(of.id)
    this.#step.log.push({ case_id: of.id, event: 'rested', detail: { status: of.status } })
  }
}
