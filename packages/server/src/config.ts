import { resolve } from 'node:path'
import { exitCodes, StartError } from './database/start-error.js'

/** An S3-compatible store for uploaded files. */
export interface S3Settings {
  /** `GROUNDLEVEL_S3_ENDPOINT`, default `https://s3.<region>.amazonaws.com`. Addresses are path style. */
  readonly endpoint: string
  /** `GROUNDLEVEL_S3_REGION`, default `us-east-1`. */
  readonly region: string
  readonly bucket: string
  /** In front of every file's id; may be empty. */
  readonly prefix: string
  /** `GROUNDLEVEL_S3_KEY_ID`. */
  readonly accessKeyId: string
  /** `GROUNDLEVEL_S3_SECRET`. */
  readonly secretAccessKey: string
}

/** A small mail server for the addresses that this installation gives out, and for no others. */
export interface MailInConfig {
  /** Port to listen on, 0 for any free one. `GROUNDLEVEL_MAIL_PORT`; without it no mail comes in. */
  readonly port: number
  /** Address to listen on. `GROUNDLEVEL_MAIL_HOST`, default `HOST`. */
  readonly host: string
  /** What follows the @ of those addresses. `GROUNDLEVEL_MAIL_DOMAIN`, default the host of PUBLIC_URL, or `localhost`. */
  readonly domain: string
}

/** Every setting, parsed once in `main.ts` and passed down. */
export interface Config {
  /** Address to listen on. `HOST`, default 127.0.0.1. */
  readonly host: string
  /** Port to listen on, 0 for any free one. `PORT`, default 4000. */
  readonly port: number
  /** Data folder. `GROUNDLEVEL_DATA`, default `./.groundlevel`. */
  readonly dataDir: string
  /** PostgreSQL to use instead of the embedded one. `DATABASE_URL`. */
  readonly databaseUrl: string | undefined
  /** Address that browsers and apps reach us at; issuer of tokens. `PUBLIC_URL`, default `http://<host>:<port>`. */
  readonly publicUrl: string | undefined
  /** `off` never answers 429; the headers go out all the same. `GROUNDLEVEL_RATE_LIMITS`, default `on`. */
  readonly rateLimits: 'on' | 'off'
  /** What an empty database begins with: `demo` world or `none`. `GROUNDLEVEL_SEED`, default `demo`, in production `none`. */
  readonly seed: 'demo' | 'none'
  /** `off` answers HighLevel's 404 for what only we offer. `GROUNDLEVEL_EXTENSIONS`, default `on`. */
  readonly extensions: 'on' | 'off'
  /** Seals private keys and readable secrets. `GROUNDLEVEL_SECRET`; local: `<data>/secret`, made at first start; production demands it. */
  readonly secret: string | undefined
  /** `--production`: no lab, no demo, weak settings refused. */
  readonly production: boolean
  /** Proxies whose `X-Forwarded-*` headers are believed: addresses or ranges, comma separated. `GROUNDLEVEL_TRUST_PROXY`. */
  readonly trustProxy: readonly string[]
  /** Lifetime of an authorization code in seconds. `GROUNDLEVEL_CODE_TTL`, default 600. */
  readonly codeTtlSeconds: number
  /** Days for which calls and what happened to tokens are kept. `GROUNDLEVEL_LOG_DAYS`, default 30. */
  readonly logDays: number
  /** Days for which events, deliveries and their attempts are kept. `GROUNDLEVEL_EVENT_DAYS`, default 30. */
  readonly eventDays: number
  /**
   * Days for which it is kept how contacts went through workflows, once they are through. Who was in a workflow stays known: one that takes
   * nobody twice still does not. `GROUNDLEVEL_WORKFLOW_DAYS`, default 365.
   */
  readonly workflowDays: number
  /** Where uploaded files are kept: `GROUNDLEVEL_BLOBS=s3://bucket[/prefix]`, default the folder `<data>/blobs`. */
  readonly blobs: S3Settings | undefined
  /**
   * Mail server that e-mails are handed to: `GROUNDLEVEL_SMTP_URL=smtp://user:password@host:587` or `smtps://…:465`. Without one
   * a local start keeps e-mails in its outbox, and in production they fail.
   */
  readonly smtpUrl: string | undefined
  /** Address that e-mails come from where a message names none. `GROUNDLEVEL_MAIL_FROM`, default `no-reply@<host of PUBLIC_URL>`. */
  readonly mailFrom: string | undefined
  /** Whether e-mails tell that they were opened and their links followed. `GROUNDLEVEL_MAIL_TRACKING`, default `on`. */
  readonly mailTracking: 'on' | 'off'
  /** Where mail comes in, as messages of conversations; absent: nowhere. */
  readonly mailIn: MailInConfig | undefined
}

/** A setting that cannot be used: says which, and what to set instead. */
export class ConfigError extends StartError {
  constructor(message: string) {
    super(message, exitCodes.setting)
  }
}

/** Names of flags, each the twin of an environment variable. A flag wins. */
const names = {
  host: 'HOST',
  port: 'PORT',
  data: 'GROUNDLEVEL_DATA',
  'database-url': 'DATABASE_URL',
  'public-url': 'PUBLIC_URL',
  'rate-limits': 'GROUNDLEVEL_RATE_LIMITS',
  seed: 'GROUNDLEVEL_SEED',
  extensions: 'GROUNDLEVEL_EXTENSIONS',
  secret: 'GROUNDLEVEL_SECRET',
  'trust-proxy': 'GROUNDLEVEL_TRUST_PROXY',
  'code-ttl': 'GROUNDLEVEL_CODE_TTL',
  'log-days': 'GROUNDLEVEL_LOG_DAYS',
  'event-days': 'GROUNDLEVEL_EVENT_DAYS',
  'workflow-days': 'GROUNDLEVEL_WORKFLOW_DAYS',
  blobs: 'GROUNDLEVEL_BLOBS',
  's3-endpoint': 'GROUNDLEVEL_S3_ENDPOINT',
  's3-region': 'GROUNDLEVEL_S3_REGION',
  's3-key-id': 'GROUNDLEVEL_S3_KEY_ID',
  's3-secret': 'GROUNDLEVEL_S3_SECRET',
  'smtp-url': 'GROUNDLEVEL_SMTP_URL',
  'mail-from': 'GROUNDLEVEL_MAIL_FROM',
  'mail-tracking': 'GROUNDLEVEL_MAIL_TRACKING',
  'mail-port': 'GROUNDLEVEL_MAIL_PORT',
  'mail-host': 'GROUNDLEVEL_MAIL_HOST',
  'mail-domain': 'GROUNDLEVEL_MAIL_DOMAIN',
} as const

/** Settings by the name of their flag. */
export type Flags = { readonly [K in keyof typeof names]?: string } & { readonly production?: boolean }

type Reader = (flag: keyof typeof names) => string | undefined

const oneOf = <const V extends string>(read: Reader, flag: keyof typeof names, values: readonly V[], fallback: V): V => {
  const value = read(flag) ?? fallback
  if (!(values as readonly string[]).includes(value)) {
    throw new ConfigError(`${names[flag]} is ${JSON.stringify(value)}; use one of ${values.join(', ')}.`)
  }
  return value as V
}

const integer = (read: Reader, flag: keyof typeof names, fallback: number, min: number, max: number) => {
  const text = read(flag)
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new ConfigError(`${names[flag]} is ${JSON.stringify(text)}; use a whole number from ${min} to ${max}.`)
  }
  return value
}

const address = (read: Reader, flag: keyof typeof names, protocols: readonly string[]) => {
  const text = read(flag)
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !protocols.includes(url.protocol)) {
    throw new ConfigError(
      `${names[flag]} is not an address that begins with ${protocols.map((each) => `${each}//`).join(' or ')}.`,
    )
  }
  return text
}

const sender = (read: Reader) => {
  const text = read('mail-from')
  if (text !== undefined && !/^[^\s@<>]+@[^\s@<>]+$/.test(text))
    throw new ConfigError(`GROUNDLEVEL_MAIL_FROM is ${JSON.stringify(text)}; use an e-mail address without a name.`)
  return text
}

const mailIn = (read: Reader, host: string, publicUrl: string | undefined): MailInConfig | undefined => {
  if (read('mail-port') === undefined) return undefined
  const domain = (read('mail-domain') ?? new URL(publicUrl ?? 'http://localhost').hostname).toLowerCase()
  if (!/^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/.test(domain))
    throw new ConfigError(
      `GROUNDLEVEL_MAIL_DOMAIN is ${JSON.stringify(domain)}; use the name of a host, such as mail.agency.example.`,
    )
  return { port: integer(read, 'mail-port', 0, 0, 65_535), host: read('mail-host') ?? host, domain }
}

const blobStore = (read: Reader): S3Settings | undefined => {
  const text = read('blobs')
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 's3:' || !/^[a-z0-9.-]{3,63}$/.test(url.hostname))
    throw new ConfigError(
      'GROUNDLEVEL_BLOBS is not of the form s3://bucket or s3://bucket/prefix; leave it out to use the data folder.',
    )
  const accessKeyId = read('s3-key-id')
  const secretAccessKey = read('s3-secret')
  if (!accessKeyId || !secretAccessKey)
    throw new ConfigError('GROUNDLEVEL_BLOBS needs GROUNDLEVEL_S3_KEY_ID and GROUNDLEVEL_S3_SECRET: set both.')
  const region = read('s3-region') ?? 'us-east-1'
  const endpoint = address(read, 's3-endpoint', ['http:', 'https:']) ?? `https://s3.${region}.amazonaws.com`
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '')
  return { endpoint, region, bucket: url.hostname, prefix, accessKeyId, secretAccessKey }
}

const demandProduction = (config: Config) => {
  if (!config.secret)
    throw new ConfigError(
      'Production needs GROUNDLEVEL_SECRET: set it to 32 random bytes or more, for example from `openssl rand -hex 32`.',
    )
  if (config.secret.length < 32)
    throw new ConfigError(
      'GROUNDLEVEL_SECRET is shorter than 32 characters; take a longer one, for example from `openssl rand -hex 32`.',
    )
  if (!config.publicUrl)
    throw new ConfigError('Production needs PUBLIC_URL: set it to the https:// address that browsers and apps use.')
  if (!config.publicUrl.startsWith('https://'))
    throw new ConfigError('PUBLIC_URL must begin with https:// in production: tokens and cookies travel on it.')
  if (config.seed === 'demo')
    throw new ConfigError('Production has no demo world: leave GROUNDLEVEL_SEED out, or set it to none.')
  if (config.rateLimits === 'off')
    throw new ConfigError('Production keeps its rate limits: leave GROUNDLEVEL_RATE_LIMITS out, or set it to on.')
}

/**
 * Parses flags and environment; a flag wins over its variable.
 *
 * @throws ConfigError one sentence that names the setting and what to set.
 */
export const readConfig = (flags: Flags, env: Readonly<Record<string, string | undefined>>): Config => {
  const read: Reader = (flag) => flags[flag] ?? (env[names[flag]] || undefined)
  const production = flags.production === true
  const publicUrl = address(read, 'public-url', ['http:', 'https:'])
  const host = read('host') ?? '127.0.0.1'
  const config: Config = {
    host,
    port: integer(read, 'port', 4000, 0, 65_535),
    dataDir: resolve(read('data') ?? '.groundlevel'),
    databaseUrl: address(read, 'database-url', ['postgres:', 'postgresql:']),
    publicUrl: publicUrl?.replace(/\/+$/, ''),
    rateLimits: oneOf(read, 'rate-limits', ['on', 'off'], 'on'),
    seed: oneOf(read, 'seed', ['demo', 'none'], production ? 'none' : 'demo'),
    extensions: oneOf(read, 'extensions', ['on', 'off'], 'on'),
    secret: read('secret'),
    production,
    trustProxy: (read('trust-proxy') ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
    codeTtlSeconds: integer(read, 'code-ttl', 600, 1, 3600),
    logDays: integer(read, 'log-days', 30, 1, 3650),
    eventDays: integer(read, 'event-days', 30, 1, 3650),
    workflowDays: integer(read, 'workflow-days', 365, 1, 3650),
    blobs: blobStore(read),
    smtpUrl: address(read, 'smtp-url', ['smtp:', 'smtps:']),
    mailFrom: sender(read),
    mailTracking: oneOf(read, 'mail-tracking', ['on', 'off'], 'on'),
    mailIn: mailIn(read, host, publicUrl),
  }
  if (production) demandProduction(config)
  return config
}
