import { badRequest } from '@groundlevel/contract-kit'
import type { Db } from '../../database/wire.js'
import { newId } from '../../ids.js'
import { sessionsOf } from '../sessions/sessions.sql.js'
import { accountsOf } from './accounts.sql.js'
import type { Passwords } from './passwords.js'

/**
 * What a password that came with a user is good for, found out before any transaction: hashing takes long.
 * An address that has an account already is joined only by its own password: nobody is let into an agency because
 * somebody once signed up under their address, and nobody's account is taken over.
 */
export interface Access {
  /** The account that the password opened. */
  readonly joins?: string
  /** For a new account, or the new password of the user's own. */
  readonly passwordHash?: string
}

/** The user whose access it is. */
export interface Holder {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly accountId: string | null
}

const shared = () => badRequest('This person signs in elsewhere with the same account: only they can change its password.')

/** The account of a user who has none; null where they cannot sign in yet. */
const open = async (db: Db, { joins, passwordHash }: Access, { email, name }: Pick<Holder, 'email' | 'name'>, now: Date) => {
  if (joins !== undefined || passwordHash === undefined) return joins ?? null
  if (await accountsOf(db).byEmail(email)) return null
  const id = newId(now)
  await accountsOf(db).add({ id, email, name, passwordHash, dateAdded: now })
  return id
}

/** A new password; whoever was signed in with the old one is not any more. */
const change = async (db: Db, access: Access, holder: Holder, now: Date): Promise<string | null> => {
  const { accountId, id } = holder
  if (accountId === null) return open(db, access, holder, now)
  if (await accountsOf(db).isShared(accountId, id)) throw shared()
  if (access.passwordHash !== undefined) {
    await accountsOf(db).setPassword(accountId, access.passwordHash)
    await sessionsOf(db).removeOf(accountId)
  }
  return accountId
}

/** After the user has gone: sessions end, and the account goes too unless it is more than that user. */
const close = async (db: Db, { accountId, id }: Pick<Holder, 'accountId' | 'id'>): Promise<void> => {
  if (accountId === null) return
  await sessionsOf(db).removeOf(accountId)
  if (!(await accountsOf(db).isShared(accountId, id))) await accountsOf(db).remove(accountId)
}

/** How users come by an account of the portal, and lose it. Call `forgetEverybody` once such a change has committed. */
export const createPortalAccess = (pool: Db, passwords: Passwords, forgetEverybody: () => void) => ({
  /** An empty password gives no access. Takes as long whether the address has an account or not. */
  prepare: async (email: string, password: string): Promise<Access> => {
    if (password === '') return {}
    const account = await accountsOf(pool).byEmail(email)
    const right = await passwords.verify(account?.passwordHash, password)
    const passwordHash = await passwords.hash(password)
    return right && account ? { joins: account.id, passwordHash } : { passwordHash }
  },
  open,
  change,
  close,
  forgetEverybody,
})

export type PortalAccess = ReturnType<typeof createPortalAccess>
