import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: '.',
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // By itself it leaves one processor of two to its own process, which has next to nothing to do.
    maxWorkers: 2,
    // Files share a process, and what it has loaded: to load the program anew took longer than most files. What a file changes of the
    // process itself, as variables of its environment, `test/afterwards.ts` takes back.
    isolate: false,
    setupFiles: ['test/afterwards.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
