import { event, t } from '@groundlevel/contract-kit'

const payload = t.Object({
  id: t.String(),
  companyId: t.String(),
  name: t.String(),
  email: t.Optional(t.String()),
  stripeProductId: t.Optional(t.String()),
})

/** Goes to the agency's apps alone. */
export const LocationCreate = event('LocationCreate', {
  scope: 'locations.readonly',
  payload,
  summary: 'A sub-account was created',
})

export const LocationUpdate = event('LocationUpdate', {
  scope: 'locations.readonly',
  payload,
  summary: 'A sub-account changed',
  placeless: true,
})
