import type { FastifyRequest } from 'fastify'
import type { Db } from '../database/wire.js'
import type { Person } from '../http/principal.js'
import { newId } from '../ids.js'
import { createRecent } from '../recent.js'
import type { Services } from '../services.js'
import { accountsOf } from './accounts/accounts.sql.js'
import { createPasswords, type Passwords } from './accounts/passwords.js'
import { createPortalAccess, type PortalAccess } from './accounts/portal-access.js'
import { companiesOf } from './directory/companies.sql.js'
import { developersOf } from './directory/developers.sql.js'
import { type ChoiceFilter, locationById, locationsOf } from './directory/locations.sql.js'
import { userNameById, usersOf } from './directory/users.sql.js'
import type {
  CompanyInfo,
  LocationChoice,
  LocationInfo,
  NewAccount,
  NewCompany,
  NewLocation,
  NewUser,
  UserInfo,
} from './people.js'
import { cookieName, tokenIn } from './sessions/cookie.js'
import { createSessions, type Sessions } from './sessions/sessions.js'
import { sessionsOf } from './sessions/sessions.sql.js'

/** People, agencies and sub-accounts, for every other room. */
export interface Identity {
  /** Name of the session cookie. */
  readonly cookieName: string
  readonly passwords: Passwords
  readonly sessions: Sessions
  /** How users come by an account of the portal, and lose it. */
  readonly access: PortalAccess
  /** The session token in a request's cookie, if there is one of the right form. */
  sessionToken(request: Pick<FastifyRequest, 'headers'>): string | undefined
  /** The person behind a session token, while the session lives. */
  accountOf(sessionToken: string, now: Date): Promise<Person | undefined>
  location(id: string): Promise<LocationInfo | undefined>
  company(id: string): Promise<CompanyInfo | undefined>
  /** First and last name of an agency's owner. */
  ownerName(companyId: string): Promise<string | undefined>
  /** Sub-accounts by name; `query` looks into name, city and e-mail, `ids` keeps only those. */
  locationsOfCompany(
    companyId: string,
    filter: ChoiceFilter,
  ): Promise<{ readonly rows: readonly LocationChoice[]; readonly total: number }>
  countLocations(companyId: string): Promise<number>
  /** The CRM user that an account is in an agency. */
  userOf(accountId: string, companyId: string): Promise<UserInfo | undefined>
  userName(id: string): Promise<string | undefined>
  developersOf(accountId: string): Promise<readonly string[]>
  developerName(id: string): Promise<string | undefined>
  /** Whether some agency has an owner. */
  ownerExists(): Promise<boolean>
  /** Whether nobody and nothing is there yet. */
  isEmpty(db: Db): Promise<boolean>
  createAccount(db: Db, account: NewAccount, now: Date): Promise<string>
  createDeveloper(db: Db, name: string, ownerAccountId: string, now: Date): Promise<string>
  createCompany(db: Db, company: NewCompany, now: Date): Promise<string>
  createLocation(db: Db, location: NewLocation, now: Date): Promise<string>
  createUser(db: Db, user: NewUser, now: Date): Promise<string>
  /** Call it once a change of theirs has committed. */
  forgetLocation(id: string): void
  forgetCompany(id: string): void
  /** Housekeeping: sessions that nobody can use any more. */
  removeExpiredSessions(now: Date): Promise<number>
}

const keepMs = 5000

/** Makes rows and hands their ids out; what was remembered of people is forgotten, since they may now act as more. */
const createCreators = (sessions: Sessions) => {
  const made = async (now: Date, insert: (id: string) => Promise<void>) => {
    const id = newId(now)
    await insert(id)
    sessions.forgetEverybody()
    return id
  }
  return {
    createAccount: (db: Db, account: NewAccount, now: Date) =>
      made(now, (id) => accountsOf(db).add({ ...account, id, dateAdded: now })),
    createDeveloper: (db: Db, name: string, accountId: string, now: Date) =>
      made(now, (id) => developersOf(db).add(id, name, accountId, now)),
    createCompany: (db: Db, company: NewCompany, now: Date) => made(now, (id) => companiesOf(db).add(id, company, now)),
    createLocation: (db: Db, { companyId, ...location }: NewLocation, now: Date) =>
      made(now, (id) => locationsOf(db, companyId).add(id, location, now)),
    createUser: (db: Db, { companyId, ...user }: NewUser, now: Date) =>
      made(now, (id) => usersOf(db, companyId).add(id, user, now)),
  }
}

/** An installation that has an owner keeps having one: asked until the answer is yes, then never again. */
const createOwnerCheck = (db: Db) => {
  let seen = false
  return async () => {
    seen ||= await accountsOf(db).ownerExists()
    return seen
  }
}

export const createIdentity = ({
  db,
  config,
}: {
  readonly db: Db
  readonly config: Pick<Services['config'], 'publicUrl'>
}): Identity => {
  const sessions = createSessions(db)
  const locations = createRecent((id) => locationById(db, id), { keepMs })
  const companies = createRecent((id) => companiesOf(db).find(id), { keepMs })
  const name = cookieName(config.publicUrl)
  const passwords = createPasswords()
  return {
    cookieName: name,
    passwords,
    sessions,
    access: createPortalAccess(db, passwords, sessions.forgetEverybody),
    sessionToken: (request) => tokenIn(request.headers.cookie, name),
    accountOf: sessions.personOf,
    location: locations.get,
    company: companies.get,
    ownerName: async (companyId) => (await companies.get(companyId))?.ownerName ?? undefined,
    locationsOfCompany: (companyId, filter) => locationsOf(db, companyId).choices(filter),
    countLocations: (companyId) => locationsOf(db, companyId).count(),
    userOf: (accountId, companyId) => usersOf(db, companyId).ofAccount(accountId),
    userName: (id) => userNameById(db, id),
    developersOf: (accountId) => developersOf(db).ofAccount(accountId),
    developerName: (id) => developersOf(db).name(id),
    ownerExists: createOwnerCheck(db),
    isEmpty: (on) => accountsOf(on).nobodyExists(),
    ...createCreators(sessions),
    forgetLocation: locations.forget,
    forgetCompany: companies.forget,
    removeExpiredSessions: (now) => sessionsOf(db).removeExpired(now),
  }
}
