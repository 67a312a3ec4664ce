import { Input, type InputRef, Modal } from 'antd'
import { Search } from 'lucide-react'
import { Fragment, useEffect, useRef, useState } from 'react'
import { useGo } from '../ui/components/Go.tsx'
import { useText } from '../ui/i18n/texts.ts'
import { useGet } from '../ui/query.ts'
import { useMeta } from '../ui/session.ts'
import { useDisplay } from '../ui/theme/display.ts'
import { choose, signOut } from './AvatarMenu.tsx'
import { openKeys } from './KeysHelp.tsx'
import { useSections } from './sections.ts'
import { useT } from './texts.ts'

interface Found {
  kind: string
  id: string | number
  title: string
  sub?: string
  href: string
}
interface Line {
  readonly key: string
  readonly title: string
  readonly sub: string
  readonly act: () => void
}

function useDelayed(value: string, ms: number): string {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}

/** Pages and commands of the program itself, matched by part of the name or by pinyin initials. */
function useLocalLines(q: string): Line[] {
  const t = useT()
  const text = useText()
  const go = useGo()
  const meta = useMeta().data
  const sections = useSections()
  const { lang, theme } = useDisplay()
  const all = [
    ...sections.map((one) => ({ name: t(one.id), initials: one.initials, act: () => go(one.href) })),
    ...(meta?.kinds ?? [])
      .filter((kind) => kind.may.read?.allowed)
      .map((kind) => ({
        name: text(kind.plural),
        initials: '',
        act: () => go(`/records/${kind.id}`),
      })),
    ...(meta?.kinds.some((kind) => kind.may.import?.allowed)
      ? [{ name: t('imports'), initials: 'dr', act: () => go('/imports') }]
      : []),
    ...(meta?.kinds.find((kind) => kind.id === 'account')?.may.create?.allowed
      ? [{ name: t('newAccount'), initials: 'xjkh', act: () => go('/records/account?create=1') }]
      : []),
    theme === 'dark'
      ? { name: t('toLight'), initials: 'qs', act: () => choose({ theme: 'light' }) }
      : { name: t('toDark'), initials: 'ss', act: () => choose({ theme: 'dark' }) },
    lang === 'zh'
      ? { name: t('toEnglish'), initials: 'yw', act: () => choose({ lang: 'en' }) }
      : { name: t('toChinese'), initials: 'zw', act: () => choose({ lang: 'zh' }) },
    { name: t('keys'), initials: 'kjj', act: () => void openKeys() },
    ...(meta?.mayRead['system.audit']?.allowed
      ? [{ name: t('audit'), initials: 'sj', act: () => go('/audit') }]
      : []),
    { name: t('signOut'), initials: 'tc', act: () => void signOut(go) },
  ]
  const wanted = q.trim().toLowerCase()
  const names = new Set<string>()
  return all
    .filter((one) => !names.has(one.name) && names.add(one.name))
    .filter(
      (one) => one.name.toLowerCase().includes(wanted) || (wanted !== '' && one.initials.startsWith(wanted)),
    )
    .slice(0, wanted === '' ? 20 : 5)
    .map((one) => ({ key: one.name, title: one.name, sub: '', act: one.act }))
}

function PaletteBody({ close }: { close: () => void }) {
  const t = useT()
  const text = useText()
  const go = useGo()
  const meta = useMeta().data
  const input = useRef<InputRef>(null)
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const asked = useDelayed(q.trim(), 120)
  const found = useGet<{ items: Found[] }>(asked === '' ? null : '/search', { q: asked })
  const local = useLocalLines(q)
  const records: Line[] = (asked === '' ? [] : (found.data?.items ?? [])).map((one) => {
    const kind = meta?.kinds.find((each) => each.id === one.kind)
    return {
      key: `${one.kind}.${one.id}`,
      title: one.title,
      sub: [kind ? text(kind.label) : '', one.sub ?? ''].filter(Boolean).join(' · '),
      act: () => go(one.href),
    }
  })
  const lines = [...records, ...local]
  useEffect(() => {
    document.getElementById(`kb-found-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const run = (line: Line | undefined) => {
    if (!line) return
    close()
    line.act()
  }
  useEffect(() => {
    input.current?.focus()
  }, [])
  return (
    <div className="kb-palette">
      <Input
        ref={input}
        variant="borderless"
        size="large"
        prefix={<Search size={18} strokeWidth={1.6} aria-hidden />}
        placeholder={t('paletteHint')}
        aria-label={t('palette')}
        role="combobox"
        aria-expanded
        aria-controls="kb-found"
        aria-activedescendant={lines[at] ? `kb-found-${at}` : undefined}
        value={q}
        onChange={(event) => {
          setQ(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((n) => Math.min(lines.length - 1, n + 1))
          else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1))
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(lines[at])
          else return
          event.preventDefault()
        }}
      />
      <div id="kb-found" role="listbox" aria-label={t('palette')} className="kb-found">
        {lines.map((line, index) => (
          <Fragment key={line.key}>
            {index === 0 && records.length > 0 ? (
              <p className="kb-note kb-found-group" role="presentation">
                {t('groupFound')}
              </p>
            ) : null}
            {index === records.length && local.length > 0 ? (
              <p className="kb-note kb-found-group" role="presentation">
                {t('groupPages')}
              </p>
            ) : null}
            <div
              id={`kb-found-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={index === at ? 'kb-found-line kb-found-on' : 'kb-found-line'}
              onMouseMove={() => setAt(index)}
              onClick={() => run(line)}
              onKeyDown={() => undefined}
            >
              <span>{line.title}</span>
              <span className="kb-note">{line.sub}</span>
            </div>
          </Fragment>
        ))}
      </div>
      {lines.length === 0 && !found.isFetching ? (
        <p className="kb-pad kb-2" role="status">
          {t('nothing', { q })}
        </p>
      ) : null}
      <p className="kb-note kb-found-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('keyMove')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('keyOpen')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('keyClose')}
        </span>
      </p>
    </div>
  )
}

/** ⌘K: records, people, clauses from the API; pages and commands at once. */
export default function Palette({ close }: { close: () => void }) {
  const t = useT()
  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      closable={false}
      title={t('palette')}
      classNames={{ header: 'kb-hidden' }}
      width={620}
      style={{ top: 96 }}
      styles={{ container: { padding: 0 } }}
    >
      <PaletteBody close={close} />
    </Modal>
  )
}
