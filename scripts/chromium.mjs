import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { root } from './root.mjs'

const require = createRequire(join(root, 'package.json'))

/** Where systems put a Chromium. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/** What a Chromium without a window needs, as root too. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Finds a Chromium: `CHROMIUM_PATH`, one of the system, else the one that npm brought, unpacked once.
 * @returns {Promise<{path: string, env: Record<string, string>} | {path: null, why: string}>} with the environment it needs
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named)
    return existsSync(named)
      ? { path: named, env: {} }
      : { path: null, why: `CHROMIUM_PATH: ${named} is not there` }
  const found = usual.find((path) => existsSync(path))
  if (found) return { path: found, env: {} }
  try {
    return await unpacked()
  } catch (error) {
    return { path: null, why: String(error.message ?? error) }
  }
}

/** The packaged Chromium with its libraries, and our own font, since a bare machine has none for Chinese. */
async function unpacked() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no packaged Chromium for this machine')
  const home = dirname(dirname(dirname(require.resolve('@sparticuz/chromium'))))
  const { version } = require(join(home, 'package.json'))
  const folder = join(tmpdir(), `kambook-chromium-${version}-${process.getuid()}`)
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`
    mkdirSync(half, { recursive: true, mode: 0o700 })
    await unpack(join(home, 'bin', 'chromium.br'), join(half, 'chromium'), 0o755)
    for (const part of ['al2023', 'swiftshader']) {
      await unpack(join(home, 'bin', `${part}.tar.br`), join(half, `${part}.tar`))
      execFileSync('tar', ['-xf', join(half, `${part}.tar`), '-C', half])
      rmSync(join(half, `${part}.tar`))
    }
    renameSync(half, folder)
  }
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: fontsOf(folder),
    },
  }
}

const unpack = (from, to, mode = 0o644) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }))

/** The browser is shared by all checkouts, its fonts lie in one of them: each has a list of its own, or a moved checkout takes all letters along. */
function fontsOf(folder) {
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const mine = createHash('sha256').update(fonts).digest('hex').slice(0, 12)
  const file = join(folder, `fonts-${mine}.conf`)
  if (existsSync(file)) return file
  const half = `${file}.${process.pid}`
  writeFileSync(
    half,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${fonts}</dir><cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`,
  )
  renameSync(half, file)
  return file
}
