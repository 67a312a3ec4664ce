import { say } from './say.ts'

const patienceMs = 40_000

/** Closes in order at the first interrupt; at the second one, or when closing hangs, leaves at once. */
export function onInterrupt(close: () => Promise<void>): void {
  let leaving = false
  const leave = () => {
    // The database lives on then and is adopted by the next start.
    if (leaving) process.exit(1)
    leaving = true
    say({ zh: '正在停止……', en: 'Stopping ...' })
    setTimeout(() => process.exit(1), patienceMs).unref()
    close().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)
  withNpm(leave)
}

/** npm passes a signal on to the shell that it starts programs by, and some shells keep it to themselves: when they are gone, so are we. */
function withNpm(leave: () => void): void {
  if (!process.env.npm_execpath) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    leave()
  }, 500)
  look.unref()
}
