import { basename } from 'node:path'
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

/** The browser's half: built once into dist/web, served by the program itself. */
export default defineConfig({
  root: 'src/web',
  plugins: [react(), smallFont],
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
            // What every page needs first, and what stands at the door.
            { name: 'base', tags: ['$initial'], priority: 3 },
            {
              name: 'door',
              test: /src\/(web\/(texts|Gate|GateField|useGateForm)|ui\/components\/PersonTag)\.tsx?$/,
              priority: 2,
            },
            // What several pages share, by which of them do; what is small goes along with its neighbour.
            {
              name: 'part',
              test: /\.(m?js|tsx?)$/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 40_000,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': process.env.KAMBOOK_API ?? 'http://127.0.0.1:4610' } },
})
