import { redirect } from '@tanstack/react-router'
import type { Me } from '../kernel/auth/wire.ts'
import { ApiProblem, get, patch } from '../ui/api.ts'
import { queryClient } from '../ui/query.ts'
import { display } from '../ui/theme/display.ts'

const queryKey = ['get', '/me', {}]

/** Until somebody chooses a language his login speaks the browser's; told before anything else is read in the other one. */
async function asTheBrowser(me: Me): Promise<void> {
  const { lang } = display()
  if (me.lang === lang || me.preferences.langChosen === true) return
  const told = await patch<Me>('/me', { lang }).catch(() => null)
  if (told) queryClient.setQueryData(queryKey, told)
}

/** Whoever is not signed in goes to the sign-in page before any page of the inside is fetched; other troubles the page itself tells. */
export async function atTheDoor({ location }: { location: { href: string } }): Promise<void> {
  try {
    const me = await queryClient.ensureQueryData({
      queryKey,
      queryFn: () => get<Me>('/me'),
      retry: false,
    })
    await asTheBrowser(me)
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 401) return
    throw redirect({ to: '/sign-in', search: { back: location.href } as never, replace: true })
  }
}
