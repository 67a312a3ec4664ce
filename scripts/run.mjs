import { spawn } from 'node:child_process'
import { root } from './root.mjs'

/** npm as a program: under npm itself its own script, so that the same npm is used; else the one of the PATH. */
const npm = process.env.npm_execpath?.endsWith('.js')
  ? [process.execPath, [process.env.npm_execpath]]
  : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]

export const runNpm = (args, options = {}) =>
  run(npm[0], [...npm[1], ...args], {
    shell: process.platform === 'win32' && npm[1].length === 0,
    ...options,
  })

/** Runs a package's own program (`node_modules/<script>`) with this Node. */
export const runScript = (script, args, options) => run(process.execPath, [script, ...args], options)

/**
 * Runs a program in the checkout. With `quiet` its output is collected instead of shown.
 * @returns {Promise<{ok: boolean, output: string, code: number | null}>}
 */
export function run(program, args, { quiet = false, env = {}, cwd = root, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    })
    let output = ''
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}`, code: null }))
    child.on('close', (code) => resolve({ ok: code === 0, output, code }))
  })
}
