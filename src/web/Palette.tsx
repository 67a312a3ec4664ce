import { Input, type InputRef, Modal } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { soundsLike } from '../handbook/words/initials.ts'
import type { Found, FoundList } from '../kernel/search/wire.ts'
import { useGo } from '../ui/components/Go.tsx'
import { useText } from '../ui/i18n/texts.ts'
import { useGet, useLate } from '../ui/query.ts'
import { useMeta } from '../ui/session.ts'
import { useDisplay } from '../ui/theme/display.ts'
import { choose, signOut } from './AvatarMenu.tsx'
import { openKeys } from './KeysHelp.tsx'
import { useSections } from './sections.ts'
import { useT } from './texts.ts'

interface Line {
  readonly key: string
  /** What it is, in a word. */
  readonly is: string
  readonly code: string
  readonly title: string
  readonly sub: string
  readonly act: () => void
}
interface Group {
  readonly id: string
  readonly name: string
  readonly lines: readonly Line[]
}

/** Pages and commands of the program itself, matched by part of the name or by pinyin. */
function useLocalLines(q: string): Line[] {
  const t = useT()
  const text = useText()
  const go = useGo()
  const meta = useMeta().data
  const sections = useSections()
  const { lang, theme } = useDisplay()
  const page = (name: string, href: string) => ({ is: t('isPage'), name, act: () => go(href) })
  const command = (name: string, act: () => void) => ({ is: t('isCommand'), name, act })
  const all = [
    ...sections.map((one) => page(t(one.id), one.href)),
    ...(meta?.kinds ?? [])
      .filter((kind) => kind.may.read?.allowed)
      .map((kind) => page(text(kind.plural), `/records/${kind.id}`)),
    ...(meta?.kinds.some((kind) => kind.may.import?.allowed) ? [page(t('imports'), '/imports')] : []),
    ...(meta?.kinds.find((kind) => kind.id === 'account')?.may.create?.allowed
      ? [command(t('newAccount'), () => go('/records/account?create=1'))]
      : []),
    theme === 'dark'
      ? command(t('toLight'), () => choose({ theme: 'light' }))
      : command(t('toDark'), () => choose({ theme: 'dark' })),
    lang === 'zh'
      ? command(t('toEnglish'), () => choose({ lang: 'en' }))
      : command(t('toChinese'), () => choose({ lang: 'zh' })),
    command(t('keys'), () => void openKeys()),
    ...(meta?.mayRead['system.audit']?.allowed ? [page(t('audit'), '/audit')] : []),
    command(t('signOut'), () => void signOut(go)),
  ]
  const wanted = q.trim().toLowerCase()
  const names = new Set<string>()
  return all
    .filter((one) => !names.has(one.name) && names.add(one.name))
    .filter((one) => one.name.toLowerCase().includes(wanted) || soundsLike(one.name, wanted))
    .slice(0, wanted === '' ? 20 : 5)
    .map((one) => ({ key: one.name, is: one.is, code: '', title: one.name, sub: '', act: one.act }))
}

/** What is found, group by group; a page whose name begins with the words comes before all of it, for it is what was meant. */
function useGroups(q: string): { groups: Group[]; waiting: boolean } {
  const t = useT()
  const go = useGo()
  const asked = useLate(q.trim(), 120)
  const found = useGet<FoundList>(asked === '' ? null : '/search', { q: asked }, { keep: true })
  const local = useLocalLines(q)
  const wanted = q.trim().toLowerCase()
  const items = wanted === '' ? [] : (found.data?.items ?? [])
  const lines = (group: Found['group']): Line[] =>
    items
      .filter((one) => one.group === group)
      .map((one) => ({
        key: `${one.kind} ${one.id} ${one.title}`,
        is: one.is,
        code: one.code ?? '',
        title: one.title,
        sub: one.sub ?? one.line ?? '',
        act: () => go(one.href),
      }))
  const pages: Group = { id: 'pages', name: t('groupPages'), lines: local }
  const named = wanted !== '' && local.some((one) => one.title.toLowerCase().startsWith(wanted))
  const groups = [
    ...(named ? [pages] : []),
    { id: 'record', name: t('groupRecords'), lines: lines('record') },
    { id: 'person', name: t('groupPeople'), lines: lines('person') },
    { id: 'handbook', name: t('groupHandbook'), lines: lines('handbook') },
    ...(named ? [] : [pages]),
  ]
  return {
    groups: groups.filter((one) => one.lines.length > 0),
    waiting: asked !== q.trim() || (asked !== '' && (found.isPlaceholderData || found.isLoading)),
  }
}

function PaletteBody({ close }: { close: () => void }) {
  const t = useT()
  const input = useRef<InputRef>(null)
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  // Enter takes the best of what is typed, also when the answer is still under way.
  const [entered, setEntered] = useState(false)
  const { groups, waiting } = useGroups(q)
  const lines = groups.flatMap((group) => group.lines)
  useEffect(() => {
    document.getElementById(`kb-found-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const run = (line: Line | undefined) => {
    if (!line) return
    close()
    line.act()
  }
  useEffect(() => {
    if (!entered || waiting) return
    setEntered(false)
    run(lines[at])
  })
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
          setEntered(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((n) => Math.min(lines.length - 1, n + 1))
          else if (event.key === 'ArrowUp') setAt((n) => Math.max(0, n - 1))
          else if (event.key === 'Enter' && !event.nativeEvent.isComposing) setEntered(true)
          else return
          event.preventDefault()
        }}
      />
      <div id="kb-found" role="listbox" aria-label={t('palette')} className="kb-found">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box has no element of its own
          <div key={group.id} role="group" aria-labelledby={`kb-group-${group.id}`}>
            <p className="kb-note kb-found-group" id={`kb-group-${group.id}`} role="presentation">
              {group.name}
            </p>
            {group.lines.map((line) => {
              const index = lines.indexOf(line)
              return (
                <div
                  key={line.key}
                  id={`kb-found-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className={index === at ? 'kb-found-line kb-found-on' : 'kb-found-line'}
                  onMouseMove={() => setAt(index)}
                  onClick={() => run(line)}
                  onKeyDown={() => undefined}
                >
                  <span className="kb-found-title">
                    {line.code ? <span className="kb-ref-code">{line.code} </span> : null}
                    {line.title}
                  </span>
                  {line.sub ? <span className="kb-note kb-found-sub">{line.sub}</span> : null}
                  <span className="kb-tag kb-tag-neutral kb-found-is">{line.is}</span>
                </div>
              )
            })}
          </div>
        ))}
      </div>
      {lines.length === 0 && !waiting ? (
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
      // The dialog bears the name of its title alone.
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
