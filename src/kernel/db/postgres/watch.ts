import type { Text } from '../../../handbook/model.ts'
import { mendPidFile, readPidFile, serverLives } from './pidfile.ts'
import { StartProblem } from './problem.ts'
import { livingServer, runServer, type Setting, stopServer } from './server.ts'

const lookMs = 500

/** Looks after a server: one that dies is started again on the same port, so that the program's address for it holds. */
export function watchServer(
  setting: Setting,
  server: { pid: number; port: number },
  log: (text: Text) => void,
): { stop(): Promise<void>; end(): void } {
  let { pid } = server
  let over = false
  let told = ''
  let looking: Promise<void> = Promise.resolve()

  const look = async () => {
    if (over || (await serverLives(setting.cluster, pid))) return
    if (over) return
    try {
      pid = await again(setting, server.port)
      told = ''
      log({
        zh: '数据库意外停止，已重新启动',
        en: 'The database had stopped unexpectedly and was started again',
      })
    } catch (error) {
      const text = error instanceof StartProblem ? error.text : { zh: String(error), en: String(error) }
      // The same trouble is told once, not twice a second.
      if (text.en !== told)
        log({
          zh: `数据库停止，还不能重新启动：${text.zh}`,
          en: `The database stopped and cannot be started again yet: ${text.en}`,
        })
      told = text.en
    }
  }
  let timer = setTimeout(function turn() {
    looking = look().finally(() => {
      if (over) return
      timer = setTimeout(turn, lookMs)
      timer.unref()
    })
  }, lookMs)
  timer.unref()

  const end = () => {
    over = true
    clearTimeout(timer)
  }
  return {
    end,
    async stop() {
      end()
      await looking
      await stopServer(setting, pid)
    },
  }
}

async function again(setting: Setting, port: number): Promise<number> {
  const living = await livingServer(setting.cluster)
  if (living) return living.pid
  if (await readPidFile(setting.cluster)) await mendPidFile(setting.cluster)
  return runServer(setting, port)
}
