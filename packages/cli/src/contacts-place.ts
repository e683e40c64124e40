import { type ClientOptions, createClient } from '@groundlevel/app-kit'
import { type DemoWorld, demoWorld, personOf } from './demo-world.js'
import { Failure } from './failure.js'
import { findServer, type ServerOptions } from './find-server.js'
import type { Io } from './io.js'
import { portalHeaders, signIn } from './session.js'

type ApiClient = ReturnType<typeof createClient>

export interface PlaceOptions extends ServerOptions {
  readonly location: string
}

/** A sub-account, and who works in it. */
export interface ContactsPlace {
  readonly locationId: string
  readonly client: ApiClient
  /**
   * The body of an answer that is a file, while it arrives.
   *
   * @throws ApiError when it was refused.
   */
  download(ask: (client: ApiClient) => Promise<unknown>): Promise<NonNullable<Response['body']>>
}

/** Sub-accounts made since the demo world are not in its list; the server judges their ids. */
const mayBeId = (text: string) => /^[A-Za-z0-9]{20,24}$/.test(text)

const locationOf = ({ locations }: DemoWorld, text: string): string => {
  const found = locations.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase())
  if (found !== undefined) return found.id
  if (mayBeId(text)) return text
  throw new Failure(
    `There is no sub-account ${JSON.stringify(text)}; use one of ${locations.map(({ name }) => name).join(', ')}, or an id.`,
  )
}

/** The client would read a file whole and into memory; here it gets an empty answer, and the file goes its own way. */
const download = async (how: ClientOptions, ask: (client: ApiClient) => Promise<unknown>) => {
  const send = how.fetch ?? fetch
  let body: Response['body'] = null
  const keep: typeof fetch = async (input, init) => {
    const response = await send(input, init)
    if (!response.ok) return response
    body = response.body
    return new Response(null, { status: 204 })
  }
  await ask(createClient({ ...how, fetch: keep }))
  return body ?? new Blob([]).stream()
}

const placeWith = (locationId: string, how: ClientOptions): ContactsPlace => ({
  locationId,
  client: createClient(how),
  download: (ask) => download(how, ask),
})

/**
 * The sub-account by id or name, as the demo admin; with GROUNDLEVEL_TOKEN set by its id, with that token.
 *
 * @throws Failure when there is no such server or sub-account.
 */
export const contactsPlace = async (options: PlaceOptions, io: Io): Promise<ContactsPlace> => {
  const url = await findServer(options, io)
  const token = io.env.GROUNDLEVEL_TOKEN
  if (token) return placeWith(options.location, { baseUrl: url, token })
  const demo = await demoWorld(url)
  const locationId = locationOf(demo, options.location)
  const { send } = await signIn(url, personOf(demo, 'agency-admin'))
  const headers = { ...portalHeaders, 'x-groundlevel-place': `location:${locationId}` }
  return placeWith(locationId, { baseUrl: url, headers, fetch: send })
}
