import { BookOpen, Building2, ChartColumn, Handshake, Inbox, Table2 } from 'lucide-react'

/** The six places of the rail; `under` are the beginnings of addresses that belong to one. `key` follows G. */
export const sections = [
  { id: 'inbox', href: '/inbox', under: ['/inbox', '/cases'], icon: Inbox, key: 'i', initials: 'db' },
  {
    id: 'accounts',
    href: '/records/account',
    under: ['/records/account'],
    icon: Building2,
    key: 'a',
    initials: 'kh',
  },
  {
    id: 'deals',
    href: '/records/order',
    under: ['/records', '/imports'],
    icon: Handshake,
    key: 'd',
    initials: 'yw',
  },
  { id: 'plan', href: '/plans', under: ['/plans'], icon: Table2, key: 'p', initials: 'jh' },
  { id: 'figures', href: '/figures', under: ['/figures'], icon: ChartColumn, key: 'f', initials: 'zb' },
  { id: 'handbook', href: '/handbook', under: ['/handbook'], icon: BookOpen, key: 'h', initials: 'sc' },
] as const

/** The section an address belongs to; the first that fits. */
export const sectionOf = (path: string) =>
  sections.find((section) => section.under.some((start) => path === start || path.startsWith(`${start}/`)))
