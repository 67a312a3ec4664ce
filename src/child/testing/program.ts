import { runInChild } from '../run.ts'
import type { Work } from './works.ts'

// A program that waits for work without an end.
const work: Work = { name: 'spin' }
await runInChild(process.argv[2] as string, work, { memoryMb: 400, seconds: 600 })
