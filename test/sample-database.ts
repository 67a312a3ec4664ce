import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { standingClock } from '../src/kernel/clock.ts'
import { openAsAdmin } from '../src/kernel/db/database.ts'
import { databaseOf, migratedTemplate, type TestDatabase, template } from './database.ts'
import { makeSample } from './people.ts'

/** When the sample company's handbook is published. */
const begin = '2018-01-02T02:00:00Z'

let sample: Promise<string> | undefined

/**
 * A new database with the sample company: the repository's handbook published and everybody signed up, as `makeSample` does it. It is copied
 * from a template that is made once per state of the sources, for to publish takes seconds and to copy a fraction of one.
 */
export async function sampleDatabase(): Promise<TestDatabase> {
  sample ??= sampleTemplate()
  return databaseOf(await sample)
}

async function sampleTemplate(): Promise<string> {
  return template(`sample_${sourcesHash()}`, await migratedTemplate(), async (url) => {
    const db = openAsAdmin(url, { max: 2 })
    try {
      await makeSample(db, standingClock(begin))
    } finally {
      await db.close()
    }
  })
}

/** Whatever the program does when it publishes and signs up may change what stands in the template, and so may the day: the company's clock starts from it. */
function sourcesHash(): string {
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 10))
  const files = ['src', 'handbook'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !/\.test\.tsx?$|\.tsx$/.test(one.name))
      .map((one) => join(one.parentPath, one.name)),
  )
  for (const file of [...files.sort(), 'test/people.ts']) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 16)
}
