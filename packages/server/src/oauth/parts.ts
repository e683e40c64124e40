import type { SigningKeys } from '../keys/index.js'
import type { Brought } from '../marketplace/index.js'
import type { App, Installs, People, TokenLog } from '../marketplace/installs/index.js'
import type { Services } from '../services.js'

// What the authorization server asks of other rooms. Structural: `main.ts` hands in the rooms themselves.

/** One client id and secret of an app, with the app and the version that new consents are for. */
export interface Client {
  readonly key: { readonly id: string; readonly clientId: string; readonly secretHash: Buffer; readonly expiresAt: Date | null }
  readonly app: App
  readonly version: { readonly id: string; readonly scopes: readonly string[] }
}

export interface ClientDirectory {
  app(appId: string): Promise<App | undefined>
  keyByClientId(clientId: string): Promise<Client | undefined>
  /** Notes that a key was used. */
  keyUsed(keyId: string, now: Date): void
}

export interface OAuthParts {
  readonly people: People
  readonly apps: ClientDirectory
  readonly installs: Installs
  readonly keys: SigningKeys
  readonly log: TokenLog
  /** What adding an app brings along. */
  brought(appId: string): Promise<Brought | null>
}

export type OAuthServices = Pick<Services, 'config' | 'clock' | 'pool' | 'db' | 'secret' | 'say'> & { readonly publicUrl: string }
