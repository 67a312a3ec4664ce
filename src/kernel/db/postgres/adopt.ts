import { setTimeout as wait } from 'node:timers/promises'
import { readPidFile, serverLives } from './pidfile.ts'
import { StartProblem } from './problem.ts'
import { answers } from './server.ts'

const patienceMs = 30_000

/**
 * Takes over a server that a killed program left running on this folder, once it answers. One that is just stopping is waited for.
 * @returns `null` when there is none
 * @throws StartProblem `server-silent`, `password-wrong`
 */
export async function adopt(
  cluster: string,
  password: string,
): Promise<{ pid: number; port: number } | null> {
  let pid = 0
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) {
    const file = await readPidFile(cluster)
    if (!file || !(await serverLives(cluster, file.pid))) return null
    pid = file.pid
    // A server writes its port a moment after its number.
    if (!file.port) continue
    const up = await answers({ cluster, password }, file.port).catch((error) => {
      if (error.code === '28P01') throw wrongPassword(file.pid)
      return false
    })
    if (up) return { pid: file.pid, port: file.port }
  }
  throw new StartProblem(
    'server-silent',
    {
      zh: `数据库进程 ${pid} 仍在运行，但不应答。结束它（kill ${pid}）后重新启动；已保存的数据不受影响`,
      en: `The database process ${pid} is still running but does not answer. End it (kill ${pid}) and start again; what was saved is safe`,
    },
    { pid: String(pid) },
  )
}

const wrongPassword = (pid: number): StartProblem =>
  new StartProblem(
    'password-wrong',
    {
      zh: `数据库进程 ${pid} 不接受 postgres.secret 里的密码。恢复原来的文件；或者结束该进程，删除 postgres.secret 后重新启动，会设定新密码`,
      en: `The database process ${pid} does not take the password in postgres.secret. Restore the former file; or end that process, remove postgres.secret and start again, which sets a new one`,
    },
    { pid: String(pid) },
  )
