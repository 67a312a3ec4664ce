import { account } from './account.ts'

/** What accounts bring to the house. */
export const accounts = { kinds: [account] }
