import { allOperations, scopeByName } from '@groundlevel/contracts'
import { expect, test } from 'vitest'
import type { Person, Place } from './principal.js'
import { placeIn, seatIn, sessionPrincipal } from './seats.rules.js'

const place = (seat: Partial<Place>): Place => ({
  kind: 'location',
  id: 'l1',
  name: '',
  role: 'location-user',
  companyId: 'c1',
  ...seat,
})
const person = (...places: Place[]): Person => ({ accountId: 'a1', email: '', name: '', sessionHash: Buffer.alloc(0), places })
const scopesOf = (seat: Partial<Place>) => sessionPrincipal(person(), { kind: 'location', id: 'l1' }, place(seat)).scopes

test('a place is a kind and an id, and nothing else', () => {
  expect(placeIn('location:abc')).toEqual({ kind: 'location', id: 'abc' })
  for (const text of ['', 'location:', 'agency', 'developer:x', 'location:a b', 'location:a\u0000', ' location:a'])
    expect(placeIn(text), text).toBeUndefined()
})

test('an agency’s people sit in each of its sub-accounts, users where they were put', () => {
  const admin = place({ kind: 'agency', id: 'c1', role: 'agency-admin' })
  expect(seatIn(person(admin), { kind: 'location', id: 'any' }, 'c1')).toBe(admin)
  expect(seatIn(person(admin), { kind: 'location', id: 'any' }, 'c2')).toBeUndefined()
  const user = place({})
  expect(seatIn(person(user), { kind: 'location', id: 'l1' }, 'c1')).toBe(user)
  expect(seatIn(person(user), { kind: 'location', id: 'l2' }, 'c1')).toBeUndefined()
  expect(seatIn(person(user), { kind: 'agency', id: 'c1' }, 'c1')).toBeUndefined()
})

test('a sub-account’s user changes neither users nor the sub-account, its admin does', () => {
  expect([scopesOf({}).has('users.write'), scopesOf({}).has('locations.write'), scopesOf({}).has('contacts.write')]).toEqual([
    false,
    false,
    true,
  ])
  const admin = scopesOf({ role: 'location-admin' })
  expect([admin.has('users.write'), admin.has('locations.write'), admin.has('snapshots.write')]).toEqual([true, true, false])
})

test('a permission that is off takes its scopes and leaves the others', () => {
  const without = scopesOf({ permissions: { conversationsEnabled: false, settingsEnabled: false, workflowsReadOnly: true } })
  expect([...without].filter((name) => name.startsWith('conversations'))).toEqual([])
  expect([without.has('locations/customFields.readonly'), without.has('locations/customFields.write')]).toEqual([true, false])
  expect([without.has('workflows.readonly'), without.has('workflows.write')]).toEqual([true, false])
  expect(without.has('contacts.write')).toBe(true)
})

test('every scope that an operation asks for is one that a person can have', () => {
  const unknown = allOperations.filter(({ auth, scope }) => auth === 'token' && scope !== '' && !scopeByName.has(scope))
  expect(unknown.map(({ key, scope }) => `${key}: ${scope}`)).toEqual([])
})
