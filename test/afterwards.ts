import { afterAll, vi } from 'vitest'

// The next file finds the process as this one found it.
const before = { ...process.env }
afterAll(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  vi.useRealTimers()
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
  Object.assign(process.env, before)
})
