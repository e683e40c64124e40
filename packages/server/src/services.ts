import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Config } from './config.js'
import type { Tables } from './database/tables.js'
import type { Clock } from './lab/clock.js'

/** What `main.ts` makes once and hands down; a room takes the part of it that it needs. */
export interface Services {
  readonly config: Config
  /** The address that tokens, links and metadata name: `config.publicUrl`, or where the server listens. */
  readonly publicUrl: string
  readonly clock: Clock
  readonly pool: Pool
  readonly db: Kysely<Tables>
  /** 32 bytes derived from `GROUNDLEVEL_SECRET`, or from the file in the data folder. */
  readonly secret: Buffer
  /** One line for the terminal or the operator's log. */
  say(line: string): void
}
