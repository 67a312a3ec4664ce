import { createHash, randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's second profile of argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, cost)

let nobody: Promise<string> | undefined
/** Hash that no password fits; an unknown login is measured against it, so that it takes as long as a wrong password. */
const hashOfNobody = (): Promise<string> => {
  nobody ??= hashPassword(randomBytes(24).toString('hex'))
  return nobody
}

/** False for a wrong password and, after the same work, for a login without one. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await hashOfNobody()), password)
  return stored !== null && fits
}

export const newSecret = (): string => randomBytes(32).toString('base64url')
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** A password one can read aloud: no look-alike characters, about 62 bits. */
export function readablePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const word = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')
  // One in some thousands comes out as digits, which the program itself would refuse as a password.
  for (;;) {
    const made = `${word()}-${word()}-${word()}`
    if (made.replaceAll(/[^a-z]/g, '').length >= 4) return made
  }
}
