import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import subsetFont from 'subset-font'
import { defineConfig, type Plugin } from 'vite'

/** Latin letters, figures and the signs of the screens: what falls to Inter; Chinese comes from the reader's own system. */
const signs = String.fromCodePoint(
  ...Array.from({ length: 0x7f - 0x20 }, (_, n) => 0x20 + n),
  ...Array.from({ length: 0x100 - 0xa0 }, (_, n) => 0xa0 + n),
  ...Array.from('–—‘’“”…•−×·→←↑↓⌘', (sign) => sign.codePointAt(0) as number),
)

/** Inter with the weights and signs that the screens show: half of what it weighs as it comes. */
const smallFont: Plugin = {
  name: 'small-font',
  async generateBundle(_, bundle) {
    for (const one of Object.values(bundle)) {
      if (one.type !== 'asset' || !/inter-latin-wght.*\.woff2$/.test(basename(one.fileName))) continue
      one.source = await subsetFont(Buffer.from(one.source), signs, {
        targetFormat: 'woff2',
        variationAxes: { wght: { min: 400, max: 600 } },
      })
    }
  },
}

/**
 * Packs the largest files as small as they get: a build has the second that no reader should wait for. The server packs the
 * others when they are first asked for.
 */
const packed: Plugin = {
  name: 'packed',
  async writeBundle({ dir = '' }, bundle) {
    const pack = promisify(brotliCompress)
    for (const name of Object.keys(bundle).filter((one) => one.endsWith('.js'))) {
      const plain = await readFile(join(dir, name))
      if (plain.length < 40_000) continue
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      }
      await writeFile(join(dir, `${name}.br`), await pack(plain, { params }))
    }
  },
}

/** The browser's half: built once into dist/web, served by the program itself. */
export default defineConfig({
  root: 'src/web',
  plugins: [react(), smallFont, packed],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      // These packages say nothing of it, and would come whole because of one of their parts.
      treeshake: { moduleSideEffects: [{ test: /node_modules\/@rc-component\//, sideEffects: false }] },
      output: {
        // A shared part would bear the names of all that share it.
        chunkFileNames: ({ name }) => `assets/${name.startsWith('part~') ? 'part' : '[name]'}-[hash].js`,
        codeSplitting: {
          groups: [
            // What every page needs first, with the door. What a part needs comes along with it, unless it says otherwise.
            { name: 'base', tags: ['$initial'], priority: 9 },
            // What the shell and the inbox are drawn with; fields of forms are fetched by who fills one.
            {
              name: 'frame',
              test: /antd\/es\/(button|config-provider|dropdown|input|modal|popover|tooltip)\/index\.js$/,
              priority: 7,
            },
            // Only these, without what else they need: of a form's machinery the frame takes the context alone.
            {
              name: 'forms',
              test: /@rc-component\/(async-validator\/|form\/es\/(?!FormContext))/,
              includeDependenciesRecursively: false,
              priority: 8,
            },
            {
              name: 'ui',
              test: /lucide-react|@tanstack\/(react-)?(router|query)|src\/ui\/(session|(components|format)\/(?!SidePane)\w+|work\/(texts|useForms|Deadline|StartCase|who))\.tsx?$/,
              priority: 6,
            },
            {
              name: 'work',
              test: /antd\/es\/(segmented|drawer)\/index\.js$|@tanstack\/(react-virtual|virtual-core)|src\/ui\/work\/(useInbox|inboxState)/,
              priority: 5,
            },
            // A task of the plan in the inbox.
            {
              name: 'plan',
              test: /src\/modules\/planning\/(rules|screens\/(texts|Growth|rowsLink|basis\/|words\/|grid\/|content\/))/,
              includeDependenciesRecursively: false,
              priority: 4,
            },
            // What several pages share, by which of them do; what is small goes along with its neighbour.
            {
              name: 'part',
              test: /\.(m?js|tsx?)$/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 10_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': process.env.KAMBOOK_API ?? 'http://127.0.0.1:4610' } },
})
