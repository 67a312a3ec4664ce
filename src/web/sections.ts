import { BookOpen, Building2, ChartColumn, Handshake, Inbox, ScrollText, Table2 } from 'lucide-react'
import type { Meta } from '../kernel/records/wire.ts'
import { useMeta } from '../ui/session.ts'

const everybody = () => true
const reads = (meta: Meta, kind: string): boolean =>
  meta.kinds.find((one) => one.id === kind)?.may.read?.allowed ?? false

/**
 * The places of the rail, six and for who audits the trail; `under` are the beginnings of addresses that belong to one, `key` follows G, `tab` are the phone's.
 * What a post may never see is absent.
 */
export const sections = [
  {
    id: 'inbox',
    href: '/inbox',
    under: ['/inbox', '/cases'],
    icon: Inbox,
    key: 'i',
    tab: 'today',
    shown: everybody,
  },
  {
    id: 'accounts',
    href: '/records/account',
    under: ['/records/account'],
    icon: Building2,
    key: 'a',
    tab: 'accounts',
    shown: (meta: Meta) => reads(meta, 'account'),
  },
  {
    id: 'deals',
    href: '/records/order',
    under: ['/records', '/imports'],
    icon: Handshake,
    key: 'd',
    tab: null,
    shown: (meta: Meta) => reads(meta, 'order'),
  },
  {
    id: 'plan',
    href: '/plans',
    under: ['/plans'],
    icon: Table2,
    key: 'p',
    tab: null,
    shown: (meta: Meta) => meta.mayRead.plan?.allowed ?? false,
  },
  {
    id: 'figures',
    href: '/figures',
    under: ['/figures'],
    icon: ChartColumn,
    key: 'f',
    tab: 'figures',
    shown: (meta: Meta) => reads(meta, 'order'),
  },
  {
    id: 'handbook',
    href: '/handbook',
    under: ['/handbook'],
    icon: BookOpen,
    key: 'h',
    tab: 'handbook',
    shown: everybody,
  },
  {
    id: 'audit',
    href: '/audit',
    under: ['/audit'],
    icon: ScrollText,
    key: 't',
    tab: null,
    shown: (meta: Meta) => meta.mayRead['system.audit']?.allowed ?? false,
  },
] as const

/** The places of this person; until it is known which, those that most posts have. */
export function useSections(): readonly (typeof sections)[number][] {
  const meta = useMeta().data
  return meta
    ? sections.filter((section) => section.shown(meta))
    : sections.filter((section) => section.id !== 'audit')
}

/** The section an address belongs to; the first that fits. */
export const sectionOf = (path: string) =>
  sections.find((section) => section.under.some((start) => path === start || path.startsWith(`${start}/`)))
