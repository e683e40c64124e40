import { createClient, NotFound } from '@groundlevel/app-kit'
import { Failure } from './failure.js'

type Reply = Awaited<ReturnType<ReturnType<typeof createClient>['lab']['demo']['get']>>

/** Ids, people, secrets and tokens of the demo world, in the order that `demo --json` prints them. */
export type DemoWorld = Omit<Reply, 'traceId'>

export type Role = DemoWorld['users'][number]['role']

/**
 * The demo world of a local start.
 *
 * @throws Failure where there is none.
 */
export const demoWorld = async (serverUrl: string): Promise<DemoWorld> => {
  try {
    const { url, company, locations, users, apps, tokens } = await createClient({ baseUrl: serverUrl }).lab.demo.get()
    return { url, company, locations, users, apps, tokens }
  } catch (cause) {
    if (cause instanceof NotFound || (cause as { status?: number }).status === 400)
      throw new Failure(
        `The server at ${serverUrl} has no demo world: start one locally, without --production and --seed none.`,
        1,
        { cause },
      )
    throw cause
  }
}

/** @throws Failure when nobody in the demo world has this role. */
export const personOf = (demo: DemoWorld, role: Role) => {
  const person = demo.users.find((user) => user.role === role)
  if (person === undefined) throw new Failure(`Nobody in the demo world is ${role}.`)
  return person
}

/** The sub-account-level demo app, Lead Router. */
export const leadRouterOf = (demo: DemoWorld) => {
  const app = demo.apps.find(({ targetUser }) => targetUser === 'location')
  if (app === undefined)
    throw new Failure('The demo world has no sub-account app; delete the data folder and start again to have Lead Router back.')
  return app
}
