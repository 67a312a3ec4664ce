import { defineConfig } from 'vitest/config'

// What serves the whole program, starts processes of it or opens a browser gets a process of its own for each file: it holds more than
// this process's environment.
const apart = ['src/app/**/*.test.ts', 'src/kernel/jobs/**/*.test.ts', 'test/**/*.test.ts']

export default defineConfig({
  root: '.',
  test: {
    pool: 'forks',
    // By itself it leaves one processor of two to its own process, which has next to nothing to do.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', ...apart],
          // Files share a process, and what it has loaded: to load the program anew took longer than most files. What a file changes of the
          // process itself, as variables of its environment, `test/afterwards.ts` takes back.
          isolate: false,
          setupFiles: ['test/afterwards.ts'],
        },
      },
    ],
  },
})
