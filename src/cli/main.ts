import { backup, restore } from './commands/backup.ts'
import { basis } from './commands/basis.ts'
import { branches } from './commands/branches.ts'
import { doctor } from './commands/doctor.ts'
import { exportRecords } from './commands/export.ts'
import { handbook } from './commands/handbook.ts'
import { help, usageOf } from './commands/help.ts'
import { importRecords } from './commands/import.ts'
import { password } from './commands/password.ts'
import { sample } from './commands/sample.ts'
import { sessions } from './commands/sessions.ts'
import { start } from './commands/start.ts'
import { token } from './commands/token.ts'
import { user } from './commands/user.ts'
import { inWords, sayFailure, UsageError } from './say.ts'

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start,
  token,
  password,
  user,
  sessions,
  sample,
  handbook,
  import: importRecords,
  basis,
  branches,
  export: exportRecords,
  backup,
  restore,
  doctor,
  help,
  '--help': help,
  '-h': help,
}

/** Runs one command; the exit code tells a script how it went: 0 done, 1 failed or refused, 2 not understood. */
async function main([verb = 'help', ...args]: string[]): Promise<void> {
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  try {
    if (!command) throw new UsageError({ zh: `没有命令 ${verb}`, en: `There is no command ${verb}` })
    await (args.some((one) => one === '--help' || one === '-h') ? help([verb]) : command(args))
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(inWords(error.text))
      console.error(usageOf(verb))
      process.exitCode = 2
      return
    }
    sayFailure(error)
    process.exitCode = 1
  }
}

await main(process.argv.slice(2))
