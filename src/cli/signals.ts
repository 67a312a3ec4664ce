import { isatty } from 'node:tty'
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
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)
  // Whoever started it with `nohup` wants it to outlive the terminal.
  let hungUp = false
  process.on('SIGHUP', () => {
    if (isDetached()) hungUp = true
    else leave()
  })
  withNpm(() => {
    // npm does not outlive the terminal, and its end is no order then.
    if (!hungUp) leave()
  })
}

/**
 * Whether nobody sits at a terminal of this program: `nohup` gives it none. That the signal was to be ignored Node itself forgets before the
 * first line runs.
 */
const isDetached = (): boolean => ![0, 1, 2].some((stream) => isatty(stream))

/** npm passes a signal on to the shell that it starts programs by, and some shells keep it to themselves: when they are gone, so are we. */
function withNpm(leave: () => void): void {
  if (!process.env.npm_execpath) return
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    // A hang-up reaches npm and this program at once; it may be told here a moment later.
    setTimeout(leave, 300)
  }, 500)
  look.unref()
}
