import { describe, expect, it } from 'vitest'
import { type Chosen, decisionOf, firstChoice, type Interaction, inWords, missingIn } from './choice.js'

const interaction = (chooser: Interaction['chooser']): Interaction => ({
  id: 'i',
  csrf: 'secret',
  app: {
    id: 'a',
    name: 'App',
    logo: '',
    tagline: '',
    developerName: 'D',
    appType: 'public',
    targetUser: 'location',
    listingType: 'standard',
    bulkInstall: true,
  },
  redirectUri: 'http://h/cb',
  redirectHost: 'h',
  scopes: [],
  chooser,
  companies: [{ id: 'c1', name: 'Agency', whole: true, locationCount: 3 }],
  refusal: '',
})

const two = {
  locations: [
    { id: 'l1', name: 'One' },
    { id: 'l2', name: 'Two' },
  ],
}

describe('a decision', () => {
  it('to deny names no account', () => {
    const chosen: Chosen = { ...firstChoice(interaction('bulk')), ...two }
    expect(decisionOf('deny', chosen, interaction('bulk'))).toEqual({ csrf: 'secret', action: 'deny' })
  })

  it('for all sub-accounts sends no list that could contradict it', () => {
    const chosen: Chosen = { ...firstChoice(interaction('bulk')), ...two, all: true, future: true }
    expect(decisionOf('allow', chosen, interaction('bulk'))).toEqual({
      csrf: 'secret',
      action: 'allow',
      companyId: 'c1',
      all: true,
      future: true,
    })
  })

  it('for a sub-account sends that one alone', () => {
    const chosen: Chosen = { ...firstChoice(interaction('location')), locations: [{ id: 'l1', name: 'One' }] }
    expect(decisionOf('show', chosen, interaction('location'))).toEqual({ csrf: 'secret', action: 'show', locationIds: ['l1'] })
  })
})

it('nobody can allow before an account is chosen, and is told which', () => {
  expect(missingIn(firstChoice(interaction('bulk')), interaction('bulk'))).toBe('Choose one or more sub-accounts first.')
  expect(missingIn(firstChoice(interaction('location')), interaction('location'))).toBe('Choose a sub-account first.')
  expect(missingIn(firstChoice(interaction('company')), interaction('company'))).toBe('')
})

it('says in words what is about to be allowed', () => {
  expect(inWords({ ...firstChoice(interaction('bulk')), ...two }, interaction('bulk'))).toBe('2 sub-accounts')
  expect(inWords({ ...firstChoice(interaction('bulk')), locations: [], all: true, future: true }, interaction('bulk'))).toBe(
    'all sub-accounts of Agency, future ones too',
  )
})
