import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { exitCodes, StartError } from '../start-error.js'

/** The account that PostgreSQL runs under. */
export interface Account {
  uid: number
  gid: number
}

const candidates = ['postgres', 'nobody']

/**
 * PostgreSQL refuses to run as root, and its initdb refuses a uid without an account. So root lends it one that the
 * system already has; no account is ever created. Anybody else runs it as themselves (undefined).
 */
export function lentAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of candidates) {
    const account = accountOf(name)
    if (account) return account
  }
  throw new StartError(
    'As root, PostgreSQL needs an account named postgres or nobody, and this system has neither. Start as another user, or set DATABASE_URL.',
    exitCodes.setting,
  )
}

/** May the account enter these folders and read these files? Tried as that account: only the kernel knows every rule. */
export function reaches(account: Account, ...paths: string[]): boolean {
  const script = 'for path; do if [ -d "$path" ]; then [ -x "$path" ]; else [ -r "$path" ]; fi || exit 1; done'
  return spawnSync('/bin/sh', ['-c', script, 'sh', ...paths], { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

function accountOf(name: string): Account | undefined {
  const account = listedAccount(name) ?? knownAccount(name)
  return account && account.uid > 0 ? account : undefined
}

/** From the file, which is there nearly everywhere: two processes fewer to start. */
function listedAccount(name: string): Account | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((each) => each.startsWith(`${name}:`))
    const [, , uid, gid] = line?.split(':').map(Number) ?? []
    return uid !== undefined && gid !== undefined ? { uid, gid } : undefined
  } catch {
    return undefined
  }
}

/** From wherever the system keeps its accounts. */
function knownAccount(name: string): Account | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}
