import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { beyondMemory } from './wire.ts'

const { memoryMb, parent } = workerData as { memoryMb: number; parent: number }

// Bounds of the heap do not count what native parts take, and a killed program says nothing to its children: both are looked after here.
setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * 1_048_576) {
    writeSync(2, beyondMemory)
    process.kill(process.pid, 'SIGKILL')
  }
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 50)
