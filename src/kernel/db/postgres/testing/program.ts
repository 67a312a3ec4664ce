import { holdFolder, StartProblem, startPostgres } from '../launcher.ts'

// A program that holds a data folder and runs its database, so that tests can kill it: `program.js FOLDER [URL]`.
const [dataDir = '', url = 'http://127.0.0.1:1'] = process.argv.slice(2)
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
try {
  const hold = await holdFolder(dataDir)
  const postgres = await startPostgres({ dataDir, log: (text) => tell({ log: text.en }) })
  await hold.tellUrl(url)
  tell({ url: postgres.url, port: postgres.port, adopted: postgres.adopted, uid: process.getuid?.() })
  process.on('SIGTERM', async () => {
    await postgres.stop()
    await hold.release()
    process.exit(0)
  })
  setInterval(() => {}, 60_000)
} catch (error) {
  if (!(error instanceof StartProblem)) throw error
  tell({ problem: error.code, zh: error.text.zh, en: error.text.en, detail: error.detail })
  process.exit(3)
}
