import { redirect } from '@tanstack/react-router'
import { ApiProblem, get } from '../ui/api.ts'
import { queryClient } from '../ui/query.ts'

/** Whoever is not signed in goes to the sign-in page before any page of the inside is fetched; other troubles the page itself tells. */
export async function atTheDoor({ location }: { location: { href: string } }): Promise<void> {
  try {
    await queryClient.ensureQueryData({
      queryKey: ['get', '/me', {}],
      queryFn: () => get('/me'),
      retry: false,
    })
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 401) return
    throw redirect({ to: '/sign-in', search: { back: location.href } as never, replace: true })
  }
}
