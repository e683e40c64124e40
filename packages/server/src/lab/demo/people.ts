import { randomBytes } from 'node:crypto'
import type { Passwords } from '../../identity/index.js'
import { people } from './world.js'

/** Somebody of the demo world, with the password that its file shows and the hash that the database keeps. */
export type Person = (typeof people)[number] & { readonly password: string; readonly passwordHash: string }

/** 96 random bits without characters that are easily misread. */
const newPassword = () => randomBytes(12).toString('base64url').replace(/[-_]/g, 'x')

/** Makes up their passwords. */
export const makeDemoPeople = (passwords: Pick<Passwords, 'hash'>): Promise<readonly Person[]> =>
  Promise.all(
    people.map(async (person) => {
      const password = newPassword()
      return { ...person, password, passwordHash: await passwords.hash(password) }
    }),
  )
