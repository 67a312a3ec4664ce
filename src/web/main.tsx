import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { taskContent } from '../modules/planning/screens/content.ts'
import { onSignedOut } from '../ui/api.ts'
import { queryClient } from '../ui/query.ts'
import { Look } from '../ui/theme/Look.tsx'
import '../ui/theme/look.css'
import { registerTaskContent } from '../ui/work/content.ts'
import { router } from './router.tsx'
import './shell.css'

registerTaskContent(taskContent)

onSignedOut(() => {
  const { pathname, search } = window.location
  if (pathname === '/sign-in' || pathname === '/set-up') return
  router.history.replace(`/sign-in?back=${encodeURIComponent(pathname + search)}`)
})

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Look />
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
