/** The walls of the house. Imports point one way; the browser never takes server code. */
const server = '^src/(child|kernel|flows|cli|app[./])'
const types = { dependencyTypesNot: ['type-only'] }
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'child-stands-alone',
      severity: 'error',
      comment: 'whatever works in a process of its own: the runner knows none of it',
      from: { path: '^src/child/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(?!child/)' },
    },
    {
      name: 'handbook-stands-alone',
      severity: 'error',
      comment: 'the handbook knows no database, no http, no module',
      from: { path: '^src/handbook/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(kernel|modules|flows|cli|app[./]|ui|web)' },
    },
    {
      name: 'handbook-no-io-libraries',
      severity: 'error',
      from: { path: '^src/handbook/' },
      to: { path: 'node_modules/(pg|kysely|hono|graphile-worker|react)/' },
    },
    {
      name: 'kernel-knows-no-module',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(modules|flows|cli|app[./]|ui|web)' },
    },
    {
      name: 'one-connection-a-request',
      severity: 'error',
      comment:
        'what serves a request has ctx.tx and no other way to the database; start-up, sign-in, jobs and the life of editions open their own transactions',
      from: {
        path: '^src/(kernel|modules|flows)/',
        pathNot: [
          '\\.test\\.tsx?$',
          '^src/kernel/(db|auth|setup|jobs)/',
          '^src/kernel/handbook/(approval|effective|publish|reference|take|withdraw)\\.ts$',
          '^src/kernel/(audit/chain|exchange/jobs|kept/sweep|records/policies|org/(sample/load|users/routes))\\.ts$',
        ],
      },
      to: { path: '^src/kernel/db/(database|transaction)\\.ts$', ...types },
    },
    {
      name: 'modules-know-no-flow',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(flows|cli|app[./]|web)' },
    },
    {
      name: 'modules-keep-to-themselves',
      severity: 'error',
      comment: 'what one module does because of another stands in flows',
      from: { path: '^src/modules/([^/]+)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/modules/([^/]+)/', pathNot: '^src/modules/$1/' },
    },
    {
      name: 'flows-under-app',
      severity: 'error',
      from: { path: '^src/flows/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(cli|app[./]|ui|web)' },
    },
    {
      name: 'ui-knows-only-the-api',
      severity: 'error',
      comment:
        'types of the wire may be imported, code may not; pictures, words and the blocks of a form are drawn alike on screen and paper',
      from: { path: '^src/ui/', pathNot: '\\.test\\.tsx?$' },
      to: {
        path: '^src/(modules|web|child|kernel|handbook|flows|cli|app[./])',
        pathNot: '^src/handbook/((picture|words)/|print/(block|form|words)\\.ts$)',
        ...types,
      },
    },
    {
      name: 'screens-take-no-server-code',
      severity: 'error',
      from: { path: '^src/(modules/[^/]+/screens|web/)', pathNot: '\\.test\\.tsx?$' },
      to: { path: `${server}|^src/modules/[^/]+/(?!screens|rules)`, ...types },
    },
    {
      name: 'server-takes-no-screens',
      severity: 'error',
      from: { path: '^src/(child|handbook|kernel|flows|cli|app[./]|modules/[^/]+/(?!screens))' },
      to: { path: '^src/(ui|web|modules/[^/]+/screens)' },
    },
    {
      name: 'browser-takes-no-node',
      severity: 'error',
      from: { path: '^src/(ui|web|modules/[^/]+/screens)', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'not-in-manifest',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'resolves', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
