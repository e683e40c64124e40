import { badRequest, forbidden, type Reply } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { type Implementation, implement } from '../../http/implement.js'
import type { DemoPerson, Identity } from '../../identity/index.js'
import { asksLoopback } from '../../loopback.js'
import type { Services } from '../../services.js'
import { type DemoFile, demoPath, readDemoFile } from './demo-file.js'

type Part = Pick<Services, 'publicUrl'> & { readonly config: Pick<Services['config'], 'dataDir'> }

type Demo = Reply<typeof api.lab.demo.get>

/** The file, as long as its agency is in the database that we run on. */
const readTrue = async ({ config }: Part, identity: Pick<Identity, 'company'>): Promise<DemoFile | undefined> => {
  const demo = await readDemoFile(config.dataDir)
  return demo && (await identity.company(demo.company.id)) ? demo : undefined
}

const lost = ({ config }: Part) =>
  badRequest(
    `There is no demo world: ${demoPath(config.dataDir)} is missing or belongs to another database, which keeps only hashes of its passwords and secrets. ` +
      'Stop the server, remove the data folder (with DATABASE_URL: name an empty database) and start again to get a new one.',
  )

const shown = ({ company, locations, users, apps, tokens }: DemoFile, url: string): Demo => ({
  url,
  company,
  locations,
  users: users.map(({ id, email, password, role }) => ({ id, email, password, role })),
  apps,
  tokens,
})

/** The demo people, for the local sign-in page. Empty where there is no demo world. */
export const demoPeople = (services: Part, identity: Pick<Identity, 'company'>) => async (): Promise<readonly DemoPerson[]> => {
  const demo = await readTrue(services, identity)
  return (demo?.users ?? []).map(({ email, password, name, role }) => ({ email, password, name, role }))
}

/** The demo world with its secrets, to callers on this machine. Never mounted in production. */
export const demoModule = (services: Part, identity: Pick<Identity, 'company'>): readonly Implementation[] =>
  implement(api.lab.demo, ({ call }) => ({ call }), {
    get: async (_, { call }) => {
      if (!asksLoopback(call.request))
        throw forbidden('The demo world is shown to callers on this machine only: use http://127.0.0.1.')
      const demo = await readTrue(services, identity)
      if (!demo) throw lost(services)
      return shown(demo, services.publicUrl)
    },
  })
