import type { Operation } from '@groundlevel/contract-kit'
import { allOperations } from '@groundlevel/contracts'
import { type Explored, explore } from './explore.js'
import { type Asked, written } from './requests.js'
import type { Answer, Tenant, WholeApp } from './whole-app.js'

/** Operations of the portal, for which a person must be signed in. */
export const withSession = allOperations.filter(({ auth }) => auth === 'session')

/** A person who is all that one can be for this tenant: its app's developer, its agency's owner, admin of its sub-account. */
export const cookieOf = (on: WholeApp, { name, companyId, locationId, userId, accountId, developerId }: Tenant): string =>
  on.session({
    accountId,
    email: `${name}@people.example`,
    name: `${name} person`,
    sessionHash: Buffer.alloc(32),
    places: [
      { kind: 'developer', id: developerId, name, role: 'developer' },
      { kind: 'agency', id: companyId, name, role: 'agency-owner', companyId, userId },
      { kind: 'location', id: locationId, name, role: 'location-admin', companyId, userId },
    ],
  })

export const sendAs = (on: WholeApp, operation: Operation, asked: Asked, cookie: string): Promise<Answer> => {
  const { url, headers, payload } = written(operation, asked)
  return on.send(operation.method, url, { ...headers, cookie, 'x-groundlevel': 'test' }, payload)
}

/** What works for this person, beside what works for the tokens of their tenant. */
export const explorePortal = (on: WholeApp, { tenant, ids }: Explored, cookie: string): Promise<Explored> =>
  explore(on, tenant, (operation, asked) => sendAs(on, operation, asked, cookie), { operations: withSession, ids })
