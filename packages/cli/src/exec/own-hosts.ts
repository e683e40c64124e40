import { randomInt } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.js'

/** Where Linux keeps whom its programs trust; those that are there are covered by ours. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Every program of Linux has the whole of 127/8: runs beside each other take an address each. */
export const ownAddress = () => `127.${randomInt(64, 255)}.${randomInt(1, 255)}.${randomInt(1, 255)}`

// 125 is what env, chroot and docker end with when they could not begin.
const script = `own=$1 bundle=$2; shift 2
mount --bind "$own" /etc/hosts || exit 125
for each in ${systemBundles.join(' ')}; do [ ! -e "$each" ] || mount --bind "$bundle" "$each" || exit 125; done
exec "$@"`

/** Who is not root mounts as the root of a namespace, and is itself again in one within. */
const asUser = (uid: number, gid: number) =>
  uid === 0
    ? { outer: [], inner: [] }
    : { outer: ['--user', '--map-root-user'], inner: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`, '--'] }

interface Wanted {
  /** For the files that only the program sees. */
  readonly folder: string
  readonly hosts: readonly string[]
  readonly address: string
  /** Whom the program is to trust, in PEM. */
  readonly bundle: string
}

/** The command that runs the given one with a hosts file of its own, and with our authority among those that the system trusts. */
export const withOwnHosts = async (command: readonly string[], { folder, hosts, address, bundle }: Wanted) => {
  const own = join(folder, 'hosts')
  await writeFile(own, `${address} ${hosts.join(' ')}\n${await readFile('/etc/hosts', 'utf8').catch(() => '')}`)
  const { outer, inner } = asUser(process.getuid?.() ?? 0, process.getgid?.() ?? 0)
  return ['unshare', ...outer, '--mount', '--', 'sh', '-c', script, 'sh', own, bundle, ...inner, ...command]
}

/** What is wrong where the front cannot listen at the port that https has. */
export const portFailure = (cause: unknown) =>
  (cause as NodeJS.ErrnoException).code === 'EACCES'
    ? new Failure(
        'exec --hosts listens on port 443, which is not for this user: run it as root or in a container, or set net.ipv4.ip_unprivileged_port_start=443.',
        1,
        { cause },
      )
    : cause
