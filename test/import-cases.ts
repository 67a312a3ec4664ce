import { existsSync, readFileSync } from 'node:fs'

/** Small sheets as people bring them, kept beside the repository. */
export const casesFolder = '../shared/data/import-cases'
export const casesThere = existsSync(casesFolder)

/** The bytes of one of them. */
export const caseFile = (name: string): Uint8Array => new Uint8Array(readFileSync(`${casesFolder}/${name}`))
