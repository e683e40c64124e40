import { join } from 'node:path'
import { createOAuth, memoryStore, type OAuth, type TokenRecord } from '@groundlevel/app-kit'
import { fileStore } from '@groundlevel/app-kit/node'
import { type ClientKey, demoKey, type Settings } from './settings.js'

/** One app that this program may act as. */
export interface KnownClient {
  readonly name: string
  readonly clientId: string
  readonly oauth: OAuth
}

/** An account that has connected, as the page lists it. */
export interface Connection {
  readonly client: KnownClient
  readonly record: TokenRecord
}

/** The apps that this program can be: the one it is set up with, and those that a person adds on the page. */
export class Clients {
  readonly #known = new Map<string, KnownClient>()
  #looking: Promise<void> | undefined

  constructor(
    private readonly settings: Settings,
    private readonly redirectUri: () => string,
    private readonly onNew: (client: KnownClient) => void,
  ) {}

  /** Knows this key from now on; a second one of the same client id replaces it. */
  add({ name, clientId, clientSecret }: ClientKey): KnownClient {
    const { platformUrl, tokensFolder } = this.settings
    const store =
      tokensFolder === undefined
        ? memoryStore()
        : fileStore({ folder: join(tokensFolder, clientId.replace(/[^A-Za-z0-9-]/g, '_')) })
    const oauth = createOAuth({ clientId, clientSecret, redirectUri: this.redirectUri(), baseUrl: platformUrl, store })
    const client = { name, clientId, oauth }
    this.#known.set(clientId, client)
    this.onNew(client)
    return client
  }

  /** Every known client; while there is none, the demo world is asked for Lead Router's. */
  async all(): Promise<readonly KnownClient[]> {
    if (this.#known.size === 0) {
      this.#looking ??= this.#lookUp().finally(() => {
        this.#looking = undefined
      })
      await this.#looking
    }
    return [...this.#known.values()]
  }

  byId(clientId: string): KnownClient | undefined {
    return this.#known.get(clientId)
  }

  async byAppId(appId: string | undefined): Promise<KnownClient | undefined> {
    return (await this.all()).findLast(({ oauth }) => oauth.appId === appId)
  }

  async connections(): Promise<readonly Connection[]> {
    const clients = await this.all()
    const lists = await Promise.all(
      clients.map(async (client) => (await client.oauth.connected()).map((record) => ({ client, record }))),
    )
    return lists.flat().toSorted((a, b) => b.record.obtainedAt - a.record.obtainedAt)
  }

  async #lookUp() {
    const key = await demoKey(this.settings)
    if (key && this.#known.size === 0) this.add(key)
  }
}
