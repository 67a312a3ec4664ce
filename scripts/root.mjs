import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. Scripts work there, wherever they are called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Says one thing in both languages. */
export function say(zh, en) {
  console.log(`${zh}\n${en}`)
}

/** The oldest Node line that every package here runs on. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  say(
    `Kambook 需要 Node 20.19 以上，这里是 ${process.versions.node}。到 https://nodejs.org 安装后再运行`,
    `Kambook needs Node 20.19 or newer; this is ${process.versions.node}. Install it from https://nodejs.org and run again`,
  )
  process.exit(1)
}
