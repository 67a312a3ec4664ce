import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The browser's half: built once into dist/web, served by the program itself. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 900 },
  server: { host: '127.0.0.1', proxy: { '/api': process.env.KAMBOOK_API ?? 'http://127.0.0.1:4610' } },
})
