import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { PageState } from '../ui/components/PageState.tsx'
import { pagePart } from '../ui/part.ts'
import { atTheDoor } from './door.ts'
import { SignInPage } from './SignIn.tsx'

const work = pagePart(() => import('../ui/work/routes.tsx'))
const reader = pagePart(() => import('../ui/handbook/routes.tsx'))
const planning = pagePart(() => import('../modules/planning/screens/routes.tsx'))
const kpis = pagePart(() => import('../modules/kpis/screens/routes.tsx'))
const orders = pagePart(() => import('../modules/orders/screens/routes.tsx'))
const records = pagePart(() => import('../ui/records/routes.tsx'))
const imports = pagePart(() => import('../ui/imports/routes.tsx'))
const branches = pagePart(() => import('../ui/branches/routes.tsx'))
const nowhere = lazyRouteComponent(
  pagePart(() => import('./NotFound.tsx')),
  'NotFound',
)

const root = createRootRoute({ component: Outlet })
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: atTheDoor,
  component: lazyRouteComponent(
    pagePart(() => import('./Shell.tsx')),
    'Shell',
  ),
})

/** Address → page; every page is fetched when it is first opened. */
const pages = {
  '/inbox': lazyRouteComponent(work, 'InboxPage'),
  '/inbox/$task': lazyRouteComponent(work, 'TaskPage'),
  '/cases/$id': lazyRouteComponent(work, 'CasePage'),
  '/plans': lazyRouteComponent(planning, 'PlansPage'),
  '/plans/$id': lazyRouteComponent(planning, 'PlanPage'),
  '/plans/$id/sheets/$sheet': lazyRouteComponent(planning, 'SheetPage'),
  '/handbook': lazyRouteComponent(reader, 'ReaderPage'),
  '/handbook/editions': lazyRouteComponent(reader, 'EditionsPage'),
  '/handbook/editions/$id': lazyRouteComponent(reader, 'EditionPage'),
  '/handbook/editions/$id/changes': lazyRouteComponent(reader, 'ChangesPage'),
  '/handbook/$ref': lazyRouteComponent(reader, 'ReaderPage'),
  '/handbook/$ref/$part': lazyRouteComponent(reader, 'ReaderPage'),
  '/figures': lazyRouteComponent(kpis, 'FiguresPage'),
  '/figures/bases': lazyRouteComponent(orders, 'BasesPage'),
  '/records/$kind': lazyRouteComponent(records, 'ListPage'),
  '/records/$kind/$id': lazyRouteComponent(records, 'RecordPage'),
  '/imports': lazyRouteComponent(imports, 'ImportsPage'),
  '/imports/$id': lazyRouteComponent(imports, 'ImportPage'),
  '/branches': lazyRouteComponent(branches, 'BranchesPage'),
  '/audit': lazyRouteComponent(records, 'AuditPage'),
  // The rail stays beside a mistyped address.
  '/$': nowhere,
}

const inside = Object.entries(pages).map(([path, component]) =>
  createRoute({ getParentRoute: () => shell, path, component }),
)
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox' })
  },
})
const outside = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: SignInPage,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/set-up',
    component: lazyRouteComponent(
      pagePart(() => import('./SetUp.tsx')),
      'SetUpPage',
    ),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren([home, ...outside, shell.addChildren(inside)]),
  // Values of the address bar are plain text, as the API takes them.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([name, value]) =>
        value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
      ),
    ).toString()
    return text ? `?${text}` : ''
  },
  defaultPendingComponent: () => <PageState />,
  defaultErrorComponent: ({ error, reset }) => <PageState error={error} onAgain={reset} />,
  defaultNotFoundComponent: nowhere,
})
