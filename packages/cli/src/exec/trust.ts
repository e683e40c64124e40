import { createHash, X509Certificate } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { rootCertificates } from 'node:tls'
import type { Io } from '../io.js'

/** Files that name whom to trust, for as many kinds of program as read such a thing, and the variables that lead there. */
export interface Trust {
  /** The authority and whom programs trust anyway, in PEM. */
  readonly bundle: string
  /** The same for Java, as a JKS. */
  readonly javaStore: string
  readonly variables: Readonly<Record<string, string>>
}

/** What tells programs whom to trust, and whom besides. */
const bundleVariables = ['SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PERL_LWP_SSL_CA_FILE', 'MOJO_CA_FILE'] as const
const extraVariables = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT'] as const

const kept = async (path: string | undefined) => (path ? await readFile(path, 'utf8').catch(() => '') : '')
const keptOf = async (names: readonly string[], env: Io['env']) =>
  new Set(await Promise.all(names.map((name) => kept(env[name]))))

const number = (bytes: number, value: number) => Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex')
const text = (value: string) => Buffer.concat([number(2, value.length), Buffer.from(value)])

const entry = (pem: string, at: number) => {
  const der = new X509Certificate(pem).raw
  return Buffer.concat([number(4, 2), text(`c${at}`), number(8, 0), text('X.509'), number(4, der.length), der])
}

/** The one format of Java's that needs no cipher. The password is the one that Java's own has: it protects nothing, certificates are public. */
export const javaStoreOf = (pems: readonly string[]): Buffer => {
  const content = Buffer.concat([number(4, 0xfeedfeed), number(4, 2), number(4, pems.length), ...pems.map(entry)])
  const password = Buffer.from('changeit', 'utf16le').swap16()
  return Buffer.concat([content, createHash('sha1').update(password).update('Mighty Aphrodite').update(content).digest()])
}

/** Those who use PHP's curl or its streams, and wget, read no variable but one that names their settings. */
const writeSettings = async (folder: string, bundle: string, env: Io['env']) => {
  const php = join(folder, 'php')
  await mkdir(php)
  await writeFile(join(php, 'groundlevel.ini'), `curl.cainfo="${bundle}"\nopenssl.cafile="${bundle}"\n`)
  const own = await kept(env.WGETRC ?? join(env.HOME ?? homedir(), '.wgetrc'))
  // Theirs may hold passwords.
  await writeFile(join(folder, 'wgetrc'), `${own}\nca_certificate = ${bundle}\n`, { mode: 0o600 })
  // Nothing before the delimiter means the folder that PHP was built with.
  return { PHP_INI_SCAN_DIR: `${env.PHP_INI_SCAN_DIR ?? ''}${delimiter}${php}`, WGETRC: join(folder, 'wgetrc') }
}

/** Writes them into the folder: the authority, and with it whom the program has trusted so far. */
export const writeTrust = async (folder: string, authority: string, env: Io['env']): Promise<Trust> => {
  const at = (file: string) => join(folder, file)
  const [bundle, besides, javaStore] = [at('trusted.pem'), at('besides.pem'), at('trusted.jks')]
  const named = (names: readonly string[], file: string) => Object.fromEntries(names.map((name) => [name, file]))
  await writeFile(bundle, [authority, ...rootCertificates, ...(await keptOf(bundleVariables, env))].join('\n'))
  await writeFile(besides, [authority, ...(await keptOf(extraVariables, env))].join('\n'))
  await writeFile(javaStore, javaStoreOf([authority, ...rootCertificates]))
  const settings = await writeSettings(folder, bundle, env)
  return { bundle, javaStore, variables: { ...named(bundleVariables, bundle), ...named(extraVariables, besides), ...settings } }
}
