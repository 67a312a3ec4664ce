import type { Database } from '../../kernel/db/database.ts'
import { app, keeper, missingRoles, owner, program, roles, unsettledOwners } from '../../kernel/db/roles.ts'
import { type Finding, ill, warned, well } from './finding.ts'

interface Login {
  readonly whole: boolean
  readonly past: boolean
  readonly makes: boolean
  readonly member: string[]
}

/**
 * Whether the roles stand as they should: who owns what, and that the program's login can become nobody who owns anything.
 * @param login the name that the running program signs in with
 * @param shared the administrator and the program use one address
 */
export async function rolesOf(db: Database, login: string, shared: boolean): Promise<Finding[]> {
  const missing = await missingRoles(db.pool)
  if (missing.length > 0)
    return [
      ill(
        `缺少数据库角色或授权，下次启动补上；管理员的用户不能建立角色时，请数据库管理员执行：\n${missing.join(';\n')};`,
        `Roles or grants of the database are missing; the next start makes them. If its administrator's user may not, have run:\n${missing.join(';\n')};`,
      ),
    ]
  const client = await db.pool.connect()
  const left = await unsettledOwners(client).finally(() => client.release())
  const findings: Finding[] = [
    left.length === 0
      ? well(
          `操作记录和安全日志归 ${keeper}，其余归 ${owner}`,
          `Trail and security log belong to ${keeper}, everything else to ${owner}`,
        )
      : ill(
          `数据库里有 ${left.length} 处归属或授权不对，下次启动改正，如：${left[0]}`,
          `${left.length} owners or grants in the database are not right; the next start mends them, such as: ${left[0]}`,
        ),
  ]
  if (shared)
    return [
      ...findings,
      warned(
        `程序和管理用的是同一个数据库用户 ${login}：拿到这个地址的人可以改写操作记录。分成两个：DATABASE_URL 给程序，KAMBOOK_ADMIN_URL 给启动、备份和恢复。请数据库管理员执行：\n${grantsFor(login)}`,
        `Program and administration use one database user, ${login}: whoever has this address can rewrite the trail. Use two: DATABASE_URL for the program, KAMBOOK_ADMIN_URL for start, backup and restore. Have the database's administrator run:\n${grantsFor(login)}`,
      ),
    ]
  const faults = faultsOf(login, await loginOf(db, login))
  return [
    ...findings,
    ...(faults.length > 0
      ? faults
      : [
          well(
            `程序以 ${login} 登录数据库，它不能改动操作记录`,
            `The program signs in to the database as ${login}, which cannot change the trail`,
          ),
        ]),
  ]
}

/** What a server of one's own needs; `admin` is the login of KAMBOOK_ADMIN_URL. */
export const grantsFor = (admin: string): string =>
  [
    ...roles.map((name) =>
      name === app
        ? `alter role ${app} login noinherit password '…'; -- DATABASE_URL=postgres://${app}:…`
        : '',
    ),
    `grant ${roles.join(', ')} to "${admin}"; -- KAMBOOK_ADMIN_URL`,
    `grant ${program} to ${app};`,
  ]
    .filter((line) => line !== '')
    .join('\n')

async function loginOf(db: Database, login: string): Promise<Login | null> {
  const { rows } = await db.pool.query<Login>(
    `select rolsuper as whole, rolbypassrls as past, rolcreaterole as makes,
      array(select r.rolname::text from pg_roles r where r.rolname in ($2, $3) and pg_has_role(l.oid, r.oid, 'member')) as member
    from pg_roles l where rolname = $1`,
    [login, keeper, owner],
  )
  return rows[0] ?? null
}

function faultsOf(login: string, found: Login | null): Finding[] {
  if (!found) return [ill(`数据库里没有用户 ${login}`, `The database has no user ${login}`)]
  const say = (zh: string, en: string, order: string) =>
    ill(
      `程序登录用的数据库用户 ${login} ${zh}，可以改写操作记录。请数据库管理员执行：${order}`,
      `The program's database user ${login} ${en} and could rewrite the trail. Have the database's administrator run: ${order}`,
    )
  if (found.whole) return [say('是超级用户', 'is a superuser', `alter role "${login}" nosuperuser;`)]
  return [
    ...(found.past
      ? [say('不受行级安全限制', 'passes row security by', `alter role "${login}" nobypassrls;`)]
      : []),
    ...(found.makes ? [say('可以建立角色', 'may make roles', `alter role "${login}" nocreaterole;`)] : []),
    ...found.member.map((role) =>
      say(`属于 ${role}`, `is a member of ${role}`, `revoke ${role} from "${login}";`),
    ),
  ]
}
