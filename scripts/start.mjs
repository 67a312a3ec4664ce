import { isatty } from 'node:tty'
import { program } from './program.mjs'

// Started with `nohup`, it outlives its terminal also while it is still being built; see src/cli/signals.ts.
if (![0, 1, 2].some((stream) => isatty(stream))) process.on('SIGHUP', () => {})

await program(['start', ...process.argv.slice(2)])
