import { securityEvent } from '../audit/security.ts'
import type { Lane } from '../db/database.ts'
import { asOwner } from '../db/transaction.ts'
import { userNamed } from './password.ts'
import { openSession } from './session.ts'

/**
 * Makes a bearer token for a login; for whoever is at the server's own terminal.
 * @returns the secret, of which only the digest is stored
 * @throws Refusal 404 `no-login`
 */
export async function issueToken(
  lane: Lane,
  { login, days, label }: { login: string; days: number; label: string },
): Promise<string> {
  return asOwner(lane, async (tx) => {
    const user = await userNamed(tx, login)
    await securityEvent(tx, 'token-made', { login: user.login, detail: { days, label } })
    return openSession(tx, user.id, 'token', days * 24, label)
  })
}
