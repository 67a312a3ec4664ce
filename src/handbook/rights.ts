import type { Duty, Edition, Reach, Verb } from './model.ts'

/** One right of one post on one record kind, with the function and matrix value it follows from. */
export interface RightGrant {
  readonly post: string
  readonly kind: string
  readonly verb: Verb
  readonly reach: Reach
  readonly function: string | null
  readonly duty: Duty | null
  /** Typed reference of the clause, e.g. `fn:C5` or `rights:ADM`. */
  readonly clause: string
}

/** Compiles matrix and rights.yaml to grants; the database and the API read these rows. Each (post, kind, verb, clause) once. */
export function compileRights(edition: Edition): RightGrant[] {
  const { rights } = edition
  const found = new Map<string, RightGrant>()
  const add = (grant: RightGrant) => {
    found.set([grant.post, grant.kind, grant.verb, grant.clause].join('|'), grant)
  }
  for (const rule of rights.kinds) {
    const row = edition.functions.find((one) => one.id === rule.function)
    for (const [post, duties] of Object.entries(row?.cells ?? {})) {
      const reach = rights.reach[post]
      if (!reach) continue
      for (const duty of duties)
        for (const verb of rule.verbs[duty] ?? [])
          add({
            post,
            kind: rule.kind,
            verb,
            reach,
            function: rule.function,
            duty,
            clause: `fn:${rule.function}`,
          })
    }
  }
  for (const { post, kinds } of rights.read)
    for (const kind of kinds)
      add({
        post,
        kind,
        verb: 'read',
        reach: rights.reach[post] ?? 'own',
        function: null,
        duty: null,
        clause: `post:${post}`,
      })
  for (const { post, part, verbs } of rights.system)
    for (const verb of verbs)
      add({
        post,
        kind: `system.${part}`,
        verb,
        reach: 'all',
        function: null,
        duty: null,
        clause: `post:${post}`,
      })
  return [...found.values()]
}
