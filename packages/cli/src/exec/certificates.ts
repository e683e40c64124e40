import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** One element in DER: its tag, its length, what it holds. */
const element = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const digits = content.length.toString(16)
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content])
}

const sequence = (...parts: readonly Buffer[]) => element(0x30, ...parts)
const set = (...parts: readonly Buffer[]) => element(0x31, ...parts)
const octets = (...parts: readonly Buffer[]) => element(0x04, ...parts)
const bits = (unused: number, bytes: Buffer) => element(0x03, Buffer.from([unused]), bytes)
const text = (tag: number, value: string) => element(tag, Buffer.from(value))
const truth = Buffer.from('0101ff', 'hex')

/** Names of X.509 and its algorithms, as they are in DER. */
const oid = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  subjectKeyIdentifier: Buffer.from('0603551d0e', 'hex'),
  keyUsage: Buffer.from('0603551d0f', 'hex'),
  subjectAltName: Buffer.from('0603551d11', 'hex'),
  basicConstraints: Buffer.from('0603551d13', 'hex'),
  authorityKeyIdentifier: Buffer.from('0603551d23', 'hex'),
  extendedKeyUsage: Buffer.from('0603551d25', 'hex'),
  serverAuth: Buffer.from('06082b06010505070301', 'hex'),
}

const nameOf = (commonName: string) => sequence(set(sequence(oid.commonName, text(0x0c, commonName))))
const algorithm = sequence(oid.ecdsaWithSha256)

// Fixed, so that nothing here reads a clock: who holds the key is one process, and it forgets it when it ends.
const validity = sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z'))

const extension = (name: Buffer, value: Buffer, critical = false) => sequence(name, ...(critical ? [truth] : []), octets(value))

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const makePair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const publicDer = ({ publicKey }: Pair) => publicKey.export({ type: 'spki', format: 'der' })
const keyIdOf = (pair: Pair) => createHash('sha1').update(publicDer(pair)).digest()

interface Wanted {
  readonly subject: string
  readonly of: Pair
  readonly by: Pair
  readonly extensions: readonly Buffer[]
}

const issuer = 'Groundlevel exec'

const certificateOf = ({ subject, of, by, extensions }: Wanted): string => {
  const serial = element(0x02, Buffer.concat([Buffer.from([0x01]), randomBytes(15)]))
  const own = [
    extension(oid.subjectKeyIdentifier, octets(keyIdOf(of))),
    extension(oid.authorityKeyIdentifier, sequence(element(0x80, keyIdOf(by)))),
  ]
  const signed = sequence(
    element(0xa0, Buffer.from('020102', 'hex')),
    serial,
    algorithm,
    nameOf(issuer),
    validity,
    nameOf(subject),
    publicDer(of),
    element(0xa3, sequence(...extensions, ...own)),
  )
  const der = sequence(signed, algorithm, bits(0, sign('sha256', signed, by.privateKey)))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

/** All of it in PEM. */
export interface Certificates {
  /** What a program must trust. Its private key is gone already. */
  readonly authority: string
  readonly certificate: string
  readonly key: string
}

/** A certificate for the given hosts, and the authority that signed it and will never sign another. */
export const makeCertificates = (hosts: readonly string[]): Certificates => {
  const [authority, server] = [makePair(), makePair()]
  return {
    authority: certificateOf({
      subject: issuer,
      of: authority,
      by: authority,
      extensions: [
        extension(oid.basicConstraints, sequence(truth), true),
        extension(oid.keyUsage, bits(1, Buffer.from([0x06])), true),
      ],
    }),
    certificate: certificateOf({
      subject: hosts[0] ?? 'nobody',
      of: server,
      by: authority,
      extensions: [
        extension(oid.keyUsage, bits(7, Buffer.from([0x80])), true),
        extension(oid.extendedKeyUsage, sequence(oid.serverAuth)),
        extension(oid.subjectAltName, sequence(...hosts.map((host) => text(0x82, host)))),
      ],
    }),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
