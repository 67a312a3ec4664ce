import { Outlet } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { Away } from '../ui/components/Away.tsx'
import { useGo } from '../ui/components/Go.tsx'
import { Outdated } from '../ui/components/Outdated.tsx'
import { HeadMenu } from '../ui/components/PageHead.tsx'
import { PageState } from '../ui/components/PageState.tsx'
import { Toasts } from '../ui/components/toasts.tsx'
import { useConnection } from '../ui/connection.ts'
import { useMe } from '../ui/session.ts'
import { display, setDisplay } from '../ui/theme/display.ts'
import { useWidth } from '../ui/theme/media.ts'
import { ThemeProvider } from '../ui/theme/ThemeProvider.tsx'
import { AvatarMenu } from './AvatarMenu.tsx'
import { BottomTabs } from './BottomTabs.tsx'
import { KeysHelp } from './KeysHelp.tsx'
import { useKeys } from './keys.ts'
import Palette from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { useT } from './texts.ts'

function usePalette(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const listener = () => setOpen(true)
    window.addEventListener('kambook:palette', listener)
    return () => window.removeEventListener('kambook:palette', listener)
  }, [])
  return [open, setOpen]
}

/** Rail (phone: bottom tabs), the sheet with the page, ⌘K, toasts. Drawn only for someone signed in. */
export const Shell = () => (
  <ThemeProvider>
    <Inside />
  </ThemeProvider>
)

function Inside() {
  const t = useT()
  const me = useMe()
  const { away, outdated } = useConnection()
  const phone = useWidth() === 'phone'
  const [palette, setPalette] = usePalette()
  useKeys(useGo())
  const lang = me.data?.lang
  // The language goes with the login, so that a sheet, a message and a screen speak the same one.
  useEffect(() => {
    if (lang && lang !== display().lang) setDisplay({ lang })
  }, [lang])
  if (me.error && me.error.status !== 401)
    return <PageState error={me.error} onAgain={() => void me.refetch()} />
  if (!me.data) return <PageState rows={3} />
  return (
    <div className="kb-shell">
      <a className="kb-skip" href="#kb-main">
        {t('skip')}
      </a>
      {phone ? null : <Rail />}
      <main className="kb-sheet" id="kb-main" tabIndex={-1}>
        {away ? <Away /> : outdated ? <Outdated /> : null}
        <HeadMenu value={phone ? <AvatarMenu size={40} places /> : null}>
          <Suspense fallback={<PageState />}>
            <Outlet />
          </Suspense>
        </HeadMenu>
      </main>
      {phone ? <BottomTabs /> : null}
      <KeysHelp />
      {palette ? <Palette close={() => setPalette(false)} /> : null}
      <Toasts />
    </div>
  )
}
