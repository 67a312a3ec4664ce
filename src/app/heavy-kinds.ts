import { auditJob } from '../kernel/audit/routes.ts'
import { exportJob } from '../kernel/exchange/exports.ts'
import { faultsJob } from '../kernel/exchange/faults-sheet.ts'
import { importJob } from '../kernel/exchange/jobs.ts'
import { editionJobs } from '../kernel/handbook/edition-jobs.ts'
import { printJob } from '../kernel/handbook/print-job.ts'
import type { HeavyKind } from '../kernel/jobs/heavy.ts'
import { downloadJob } from '../kernel/records/export-job.ts'

/** Every kind of work that a request does not do itself. A new one is one line here, and is in the test that kills each. */
export const heavyKinds: readonly HeavyKind[] = [
  printJob,
  ...editionJobs,
  importJob,
  exportJob,
  downloadJob,
  faultsJob,
  auditJob,
]
