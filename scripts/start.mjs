import { program } from './program.mjs'

await program(['start', ...process.argv.slice(2)])
