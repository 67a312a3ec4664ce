import { account } from './account.ts'
import { areaTrail } from './area.ts'

/** What accounts bring to the house. */
export const accounts = { kinds: [account], trails: [areaTrail] }
