#!/usr/bin/env node
import { program } from '../scripts/program.mjs'

await program(process.argv.slice(2))
