import { sql } from 'kysely'
import type { SystemPart, Text, Verb } from '../../handbook/model.ts'
import type { Ctx, EffectiveEdition } from '../context.ts'
import { Refusal } from '../refusal.ts'

/** What a person reaches on one kind with one verb. `all` makes the rest irrelevant; ids are the person's own or `null`. */
export interface Scope {
  readonly all: boolean
  readonly units: readonly number[]
  readonly managed: number | null
  readonly own: number | null
}

/** A verdict with its reason: post, function, edition, clause. */
export interface Verdict {
  readonly allowed: boolean
  readonly why: Text
}

/** The asker's reach, the same that row security asks. */
export function scopeOf(ctx: Ctx, kind: string, verb: Verb): Scope {
  const [all, units = '', managed, own] = (ctx.can[`${kind}.${verb}`] ?? '').split('|')
  return {
    all: all === 't',
    units: units
      .replace(/[{}]/g, '')
      .split(',')
      .flatMap((one) => (one === '' ? [] : Number(one))),
    managed: managed ? Number(managed) : null,
    own: own ? Number(own) : null,
  }
}

interface Grant {
  kind: string
  verb: Verb
  post: string
  reach: string
  function: string | null
  duty: string | null
  clause: string
}

/** The rights that an edition in force gives to posts: they stay as they are, so that each edition is asked for once. */
const given = new WeakMap<EffectiveEdition, Promise<readonly Grant[]>>()

async function grantsIn(ctx: Ctx): Promise<readonly Grant[]> {
  const known = given.get(ctx.edition)
  if (known) return known
  const asked = sql<Grant>`select kind, verb, post, reach, function, duty, clause from right_grant
    where edition_id = ${ctx.edition.id} order by kind, verb, post, reach, clause`
    .execute(ctx.tx)
    .then(({ rows }) => rows)
  given.set(ctx.edition, asked)
  asked.catch(() => given.delete(ctx.edition))
  return asked
}

/** What gives the asker's posts their rights on the given kinds: the reasons, while `ctx.can` says what holds. */
export async function grantsOf(ctx: Ctx, kinds: readonly string[]): Promise<Grant[]> {
  const posts = new Set(ctx.actor.posts.map((held) => held.post))
  return (await grantsIn(ctx)).filter(({ post, kind }) => posts.has(post) && kinds.includes(kind))
}

const verbWords: Record<Verb, Text> = {
  read: { zh: '查看', en: 'read' },
  create: { zh: '新建', en: 'create' },
  update: { zh: '修改', en: 'change' },
  delete: { zh: '删除', en: 'delete' },
  import: { zh: '导入', en: 'import' },
  export: { zh: '导出', en: 'export' },
  assign: { zh: '分配', en: 'assign' },
  publish: { zh: '发布', en: 'publish' },
  approve: { zh: '批准', en: 'approve' },
}

const reachWords: Record<string, Text> = {
  all: { zh: '全部', en: 'everywhere' },
  unit: { zh: '本单位及下级', en: 'in your unit and below' },
  managed: { zh: '您主管的客户', en: 'on accounts you manage' },
  own: { zh: '您负责或协助的客户', en: 'on accounts you own or back up' },
}

/** Whether the asker's posts give a verb on a kind at all, and the sentence that says why or why not. */
export function verdictOf(ctx: Ctx, grants: readonly Grant[], kind: string, verb: Verb): Verdict {
  const grant = ctx.can[`${kind}.${verb}`]
    ? grants.find((one) => one.kind === kind && one.verb === verb)
    : undefined
  const word = verbWords[verb]
  const { number } = ctx.edition.edition
  if (grant) {
    const post = postName(ctx, grant.post)
    const reach = reachWords[grant.reach] as Text
    return {
      allowed: true,
      why: {
        zh: `${post.zh}可以${word.zh}（${reach.zh}），依据第 ${number} 版 ${clauseText(grant)}`,
        en: `${post.en} may ${word.en} ${reach.en}: edition ${number}, ${clauseText(grant)}`,
      },
    }
  }
  const holders = holdersOfRight(ctx, kind, verb)
  const mine = ctx.actor.posts.map((held) => postName(ctx, held.post))
  return {
    allowed: false,
    why: {
      zh: `${mine.map((post) => post.zh).join('、') || '您的岗位'}没有${word.zh}权${holders.length > 0 ? `，有${word.zh}权的是${few(holders).zh}` : ''}`,
      en: `${mine.map((post) => post.en).join(', ') || 'Your post'} may not ${word.en}${holders.length > 0 ? `; those who may: ${few(holders).en}` : ''}`,
    },
  }
}

const named = 3
/** Posts in a sentence: the first three, for the rest that there are more. */
const few = (posts: readonly Text[]): Text => {
  const more = posts.length > named
  const first = posts.slice(0, named)
  return {
    zh: `${first.map((post) => post.zh).join('、')}${more ? '等' : ''}`,
    en: `${first.map((post) => post.en).join(', ')}${more ? ' and others' : ''}`,
  }
}

const clauseText = (grant: Grant): string => grant.clause.replace(/^fn:/, '')

export function postName(ctx: Ctx, id: string): Text {
  return (
    ctx.edition.edition.posts.find((post) => post.id === id)?.name ?? {
      zh: id,
      en: id,
    }
  )
}

function holdersOfRight(ctx: Ctx, kind: string, verb: Verb): Text[] {
  const rules = ctx.edition.edition.rights.kinds.filter((rule) => rule.kind === kind)
  const posts = new Set<string>()
  for (const rule of rules)
    for (const [post, duties] of Object.entries(
      ctx.edition.edition.functions.find((one) => one.id === rule.function)?.cells ?? {},
    ))
      if (duties.some((duty) => rule.verbs[duty]?.includes(verb))) posts.add(post)
  return [...posts].map((post) => postName(ctx, post))
}

/** Why a person whose posts give a verb may not use it on a row that he sees. */
export const outside = (verb: Verb): Text => ({
  zh: `您能看到这条记录，但它不在您可以${verbWords[verb].zh}的范围内`,
  en: `You may see this record, but it is outside what you may ${verbWords[verb].en}`,
})

/** Refuses with the reason when none of the asker's posts gives the verb on the kind. */
export async function requireRight(ctx: Ctx, kind: string, verb: Verb): Promise<void> {
  if (ctx.can[`${kind}.${verb}`]) return
  throw new Refusal(403, 'no-right', verdictOf(ctx, [], kind, verb).why)
}

/** The same for a part of the program that is no record: organisation, handbook, audit, users. */
export async function requireSystemPart(ctx: Ctx, part: SystemPart, verb: Verb): Promise<void> {
  if (ctx.can[`system.${part}.${verb}`]) return
  const posts = ctx.edition.edition.rights.system
    .filter((rule) => rule.part === part && rule.verbs.includes(verb))
    .map((rule) => postName(ctx, rule.post))
  throw new Refusal(403, 'no-right', {
    zh: `您的岗位没有这一部分的${verbWords[verb].zh}权${posts.length > 0 ? `，有${verbWords[verb].zh}权的是${few(posts).zh}` : ''}`,
    en: `Your post may not ${verbWords[verb].en} this part${posts.length > 0 ? `; those who may: ${few(posts).en}` : ''}`,
  })
}
