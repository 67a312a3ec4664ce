import type { Text } from '../../handbook/model.ts'

/** One thing that `doctor` looked at: in order, to be known, or to be mended. */
export interface Finding {
  readonly mark: '✓' | '!' | '✗'
  readonly text: Text
}
export const well = (zh: string, en: string): Finding => ({ mark: '✓', text: { zh, en } })
/** It works, and whoever runs it should know; the command's exit code stays 0. */
export const warned = (zh: string, en: string): Finding => ({ mark: '!', text: { zh, en } })
export const ill = (zh: string, en: string): Finding => ({ mark: '✗', text: { zh, en } })
