import type { api } from '@groundlevel/contracts'
import { type ClientOptions, createClient } from '../client/client.js'
import { ApiError } from '../client/errors.js'
import type { TokenSource } from '../client/token-source.js'
import type { Client } from '../client/types.js'
import type { Clock } from '../time.js'
import { Disconnected } from './errors.js'
import { keyOf, type Owner, recordOf, type TokenRecord, type TokenStore } from './tokens.js'

/** Renews this long before the end, so that no call leaves with a token that dies on the way. */
const earlyMs = 60_000

export interface KeeperOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly store: TokenStore
  readonly now: Clock
  readonly client: Client<typeof api>
  readonly connection: ClientOptions
}

/** One run at a time for each key; whoever asks meanwhile gets the same answer. */
class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>()

  run(key: string, work: () => Promise<T>): Promise<T> {
    const current = this.#running.get(key)
    if (current !== undefined) return current
    const started = work().finally(() => this.#running.delete(key))
    this.#running.set(key, started)
    return started
  }
}

/** The server refused these credentials, which no repetition changes. */
const isOver = (error: unknown): error is ApiError => error instanceof ApiError && [400, 401, 403, 422].includes(error.status)

/** Whether an agency's tokens may be good for the sub-account; the server decides. */
const mayCover = ({ approvedLocations, approveAllLocations, installToFutureLocations }: TokenRecord, locationId: string) =>
  approvedLocations === undefined ||
  approvedLocations.includes(locationId) ||
  approveAllLocations === true ||
  installToFutureLocations === true

/** Keeps tokens usable: refresh before expiry and after refusal, sub-account tokens out of an agency's. */
export class Keeper {
  readonly #flights = new SingleFlight<TokenRecord>()

  constructor(private readonly options: KeeperOptions) {}

  sourceOf(owner: Owner): TokenSource {
    return {
      get: async () => (await this.#current(owner)).accessToken,
      refresh: async (stale) => (await this.#replace(owner, stale)).accessToken,
    }
  }

  async #current(owner: Owner): Promise<TokenRecord> {
    const { store, now } = this.options
    const key = keyOf(owner)
    const record = await store.get(key)
    if (record !== undefined && this.#isFresh(record)) return record
    try {
      return await this.#renewUnless(owner, (stored) => this.#isFresh(stored))
    } catch (error) {
      // An early renewal that failed for a passing reason leaves a token that still works.
      if (record !== undefined && record.expiresAt > now() && !(error instanceof Disconnected)) return record
      throw error
    }
  }

  #replace(owner: Owner, stale: string): Promise<TokenRecord> {
    return this.#renewUnless(owner, (stored) => stored.accessToken !== stale)
  }

  /** Renews, unless what is stored by now will do: somebody else was faster. */
  #renewUnless(owner: Owner, willDo: (stored: TokenRecord) => boolean): Promise<TokenRecord> {
    const key = keyOf(owner)
    return this.#flights.run(key, async () => {
      const stored = await this.options.store.get(key)
      return stored !== undefined && willDo(stored) ? stored : this.#renew(owner, stored)
    })
  }

  #isFresh(record: TokenRecord): boolean {
    return record.expiresAt - this.options.now() > earlyMs
  }

  async #renew(owner: Owner, record: TokenRecord | undefined): Promise<TokenRecord> {
    const key = keyOf(owner)
    if (record?.refreshToken !== undefined) {
      try {
        return await this.#spend(key, record, record.refreshToken)
      } catch (error) {
        if (!isOver(error)) throw error
        return this.#afterRefusal(owner, record, error)
      }
    }
    const made = await this.#fromAgency(owner, record)
    if (made !== undefined) return made
    throw new Disconnected(key, `There is no token for ${key}: install the app there.`)
  }

  async #spend(key: string, record: TokenRecord, refreshToken: string): Promise<TokenRecord> {
    const { client, clientId, clientSecret, now } = this.options
    const body = {
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token' as const,
      refresh_token: refreshToken,
      user_type: record.userType,
    }
    return this.#save(key, recordOf(await client.oauth.token.exchange({ body }), now(), record))
  }

  /** The other ways to a token, once a refresh was refused for good. */
  async #afterRefusal(owner: Owner, spent: TokenRecord, error: ApiError): Promise<TokenRecord> {
    const key = keyOf(owner)
    // Another process may have spent this refresh token and stored its successor.
    const stored = await this.options.store.get(key)
    if (stored !== undefined && stored.accessToken !== spent.accessToken) return stored
    const made = await this.#fromAgency(owner, spent)
    if (made !== undefined) return made
    const said = error.messages.join('; ')
    throw new Disconnected(
      key,
      `${key} is no longer connected, its refresh token was refused (${said}). Install the app again.`,
      { cause: error },
    )
  }

  /** A sub-account's token out of its agency's, where one is stored (wire-contract §1.5). */
  async #fromAgency(owner: Owner, record: TokenRecord | undefined): Promise<TokenRecord | undefined> {
    const { locationId } = owner
    if (locationId === undefined) return undefined
    let refused: ApiError | undefined
    for (const companyId of await this.#agenciesFor(locationId, owner.companyId ?? record?.companyId)) {
      try {
        return await this.#exchange(companyId, locationId)
      } catch (error) {
        if (!isOver(error)) throw error
        refused = error
      }
    }
    if (refused === undefined) return undefined
    const said = refused.messages.join('; ')
    throw new Disconnected(
      keyOf(owner),
      `The agency’s token gives none for sub-account ${locationId} (${said}): install the app there.`,
      { cause: refused },
    )
  }

  /** Agencies with stored tokens that may stand for the sub-account; the named one alone where one is named. */
  async #agenciesFor(locationId: string, companyId: string | undefined): Promise<readonly string[]> {
    const { store } = this.options
    if (companyId !== undefined) return (await store.get(keyOf({ companyId }))) === undefined ? [] : [companyId]
    const keys = ((await store.list?.()) ?? []).filter((key) => key.startsWith('company:'))
    const records = await Promise.all(keys.map((key) => store.get(key)))
    return records.flatMap((record) =>
      record?.companyId !== undefined && mayCover(record, locationId) ? [record.companyId] : [],
    )
  }

  async #exchange(companyId: string, locationId: string): Promise<TokenRecord> {
    const agency = createClient({ ...this.options.connection, token: this.sourceOf({ companyId }) })
    const reply = await agency.oauth.token.locationToken({ body: { companyId, locationId } })
    const known = { locationId, companyId, userType: 'Location' } as const
    return this.#save(keyOf({ locationId }), recordOf(reply, this.options.now(), known))
  }

  async #save(key: string, record: TokenRecord): Promise<TokenRecord> {
    await this.options.store.set(key, record)
    return record
  }
}
