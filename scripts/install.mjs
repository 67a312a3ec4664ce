import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { requireNode, root, say } from './root.mjs'
import { runNpm } from './run.mjs'

const machine = `${process.platform}-${process.arch}`
const machineFile = join(root, 'node_modules', '.kambook-machine')
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

/**
 * Why the packages have to be installed, `null` when what npm noted as installed is what the lock file asks for.
 * @param {{dev: boolean}} want whether what only tests need belongs to it
 */
export function staleness({ dev }) {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return 'missing'
  if (existsSync(machineFile) && readFileSync(machineFile, 'utf8') !== machine) return 'other machine'
  const has = json(installed).packages
  const lock = Object.entries(json(join(root, 'package-lock.json')).packages)
  const other = lock.find(
    ([path, entry]) =>
      path !== '' &&
      !entry.optional &&
      !entry.devOptional &&
      !entry.peer &&
      (dev || !entry.dev) &&
      has[path]?.version !== entry.version,
  )
  return other ? other[0] : null
}

/**
 * Installs what the lock file asks for, when it is not there.
 * @returns {Promise<boolean>} whether the packages are there now
 */
export async function install({ dev = true } = {}) {
  const stale = staleness({ dev })
  if (!stale) return true
  say(
    '安装依赖（第一次或依赖有更新）……',
    'Installing packages (first time, or the lock file has changed) ...',
  )
  const kinds = dev ? ['--include=dev'] : ['--omit=dev']
  const common = [...kinds, '--include=optional', '--no-audit', '--no-fund']
  // A checkout on a network where the exact list cannot be had still gets what package.json allows; the reason is told.
  const exact = await runNpm(['ci', ...common])
  if (!exact.ok) {
    say(
      'npm ci 没有成功（原因见上），改用 npm install --no-save：版本可能与锁文件不同',
      'npm ci did not succeed (see above); trying npm install --no-save: versions may differ from the lock file',
    )
    if (!(await runNpm(['install', '--no-save', ...common])).ok) return false
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(machineFile, machine)
  return true
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode()
  process.exit((await install()) ? 0 : 1)
}
