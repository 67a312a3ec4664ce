import { Dropdown, type MenuProps } from 'antd'
import { Suspense, useState } from 'react'
import type { Me } from '../kernel/auth/wire.ts'
import { api, patch } from '../ui/api.ts'
import { useGo } from '../ui/components/Go.tsx'
import { Avatar } from '../ui/components/PersonTag.tsx'
import { forgetUnsent, onDevice } from '../ui/device.ts'
import { useText } from '../ui/i18n/texts.ts'
import { lazyPart } from '../ui/part.ts'
import { forgetPlaces } from '../ui/place.ts'
import { queryClient } from '../ui/query.ts'
import { useMe, useMeta } from '../ui/session.ts'
import { type Display, setDisplay, useDisplay } from '../ui/theme/display.ts'
import { openKeys } from './KeysHelp.tsx'
import { useSections } from './sections.ts'
import { useT } from './texts.ts'

const SessionsDialog = lazyPart(() => import('./SessionsDialog.tsx'))
const PasswordDialog = lazyPart(() => import('./PasswordDialog.tsx'))

/** Takes a choice of display on the device and with the login. */
export function choose(change: Partial<Display>): void {
  setDisplay(change)
  const { lang, ...preferences } = change
  void patch(
    '/me',
    { ...(lang ? { lang } : {}), preferences: { ...preferences, ...(lang ? { langChosen: true } : {}) } },
    { keepalive: true },
  )
    .then(() => (lang ? queryClient.invalidateQueries() : undefined))
    .catch(() => undefined)
}

/** Ends the session here and on the server; what was written and not sent does not stay on the device. */
export async function signOut(go: (href: string) => void): Promise<void> {
  const login = queryClient.getQueryData<Me>(['get', '/me', {}])?.login
  const store = onDevice()
  if (login && store) forgetUnsent(store, login)
  forgetPlaces()
  await api('DELETE', '/session').catch(() => undefined)
  queryClient.clear()
  go('/sign-in')
}

/** The person's menu: posts held, language, theme, density, what is by right, sign out. `places`: also the places that the phone's tabs leave out. */
export function AvatarMenu({ size = 32, places = false }: { size?: number; places?: boolean }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const me = useMe().data
  const meta = useMeta().data
  const shown = useDisplay()
  const [opened, setOpened] = useState<'password' | 'sessions' | null>(null)
  const sections = useSections()
  const mayImport = meta?.kinds.some((kind) => kind.may.import?.allowed) ?? false
  const choice = (key: string, label: string, values: Record<string, string>, current: string) => ({
    key,
    type: 'group' as const,
    label,
    children: Object.entries(values).map(([value, name]) => ({
      key: `${key}.${value}`,
      label: name,
      'aria-current': value === current,
      className: value === current ? 'kb-menu-on' : '',
    })),
  })
  const items: MenuProps['items'] = [
    {
      key: 'who',
      type: 'group',
      label: me ? `${me.person.name} · ${me.login}` : '',
      children: me?.posts.map((held) => ({
        key: `post.${held.post}.${held.unitId}`,
        label: `${text(held.title)} · ${text(held.unit)}`,
      })),
    },
    ...(places
      ? [
          { type: 'divider' as const },
          ...sections
            .filter((one) => !one.tab)
            .map((one) => ({
              key: `go.${one.href}`,
              label: t(one.id),
              icon: <one.icon size={16} strokeWidth={1.6} aria-hidden />,
            })),
        ]
      : []),
    { type: 'divider' },
    choice('lang', t('language'), { zh: '中文', en: 'English' }, shown.lang),
    choice('theme', t('theme'), { light: t('light'), dark: t('dark'), system: t('system') }, shown.theme),
    choice('density', t('density'), { dense: t('dense'), comfortable: t('comfortable') }, shown.density),
    { type: 'divider' },
    ...(mayImport ? [{ key: 'go./imports', label: t('imports') }] : []),
    // The places above name it already.
    ...(!places && meta?.mayRead['system.audit']?.allowed ? [{ key: 'go./audit', label: t('audit') }] : []),
    // A phone has no keys.
    ...(places ? [] : [{ key: 'keys', label: t('keys') }]),
    { key: 'sessions', label: t('sessions') },
    { key: 'password', label: t('changePassword') },
    { key: 'out', label: t('signOut') },
  ]
  const onClick: MenuProps['onClick'] = ({ key }) => {
    const [what = '', value = ''] = key.split(/\.(.*)/)
    if (what === 'out') void signOut(go)
    else if (what === 'go') go(value)
    else if (what === 'keys') openKeys()
    else if (what === 'password' || what === 'sessions') setOpened(what)
    else if (what === 'post') go(`/handbook/post:${value.split('.')[0]}`)
    else choose({ [what]: value })
  }
  return (
    <>
      <Dropdown
        menu={{ items, onClick, style: { minWidth: 220, maxHeight: '80vh', overflow: 'auto' } }}
        trigger={['click']}
      >
        <button
          type="button"
          className="kb-icon"
          style={{ width: size + 4, height: size + 4, borderRadius: '50%' }}
          aria-label={t('me', { name: me?.person.name ?? '' })}
        >
          <Avatar name={me?.person.name ?? '·'} size={size} />
        </button>
      </Dropdown>
      {opened ? (
        <Suspense fallback={null}>
          {opened === 'password' ? (
            <PasswordDialog close={() => setOpened(null)} />
          ) : (
            <SessionsDialog close={() => setOpened(null)} />
          )}
        </Suspense>
      ) : null}
    </>
  )
}
