import { type DemoWorld, demoWorld } from '../demo-world.js'
import { findServer, type ServerOptions } from '../find-server.js'
import { type Io, printJson } from '../io.js'

const people = ({ users }: DemoWorld) => users.map(({ role, email, password }) => `  ${role.padEnd(14)}  ${email}  ${password}`)

const apps = (demo: DemoWorld) =>
  demo.apps.flatMap(({ name, targetUser, clientId, clientSecret, redirectUri, webhookUrl }) => [
    `  ${name} (${targetUser === 'location' ? 'sub-account' : 'agency'} level)`,
    `    client id      ${clientId}`,
    `    client secret  ${clientSecret}`,
    `    redirect URL   ${redirectUri}`,
    `    webhook URL    ${webhookUrl}`,
  ])

/** For people; scripts take `--json`. */
const lines = (demo: DemoWorld) => [
  `Server   ${demo.url}`,
  `Agency   ${demo.company.name}  ${demo.company.id}`,
  'Sub-accounts',
  ...demo.locations.map(({ id, name }) => `  ${id}  ${name}`),
  'People (role, e-mail, password)',
  ...people(demo),
  'Apps',
  ...apps(demo),
  'Private integration tokens',
  `  agency       ${demo.tokens.agency}`,
  `  sub-account  ${demo.tokens.location}  (${demo.locations[0]?.name ?? ''})`,
]

export const demo = async (options: ServerOptions & { readonly json?: boolean }, io: Io): Promise<void> => {
  const world = await demoWorld(await findServer(options, io))
  if (options.json) printJson(io, world)
  else for (const line of lines(world)) io.out(line)
}
