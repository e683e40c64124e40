import type { FieldSpec } from './fields.js'

// What several kinds ask for.

export const window: FieldSpec = { as: 'window' }
export const name: FieldSpec = { as: 'line', name: 'name', label: 'Name', placeholder: 'As its kind' }
export const appointmentStates = ['confirmed', 'new', 'showed', 'noshow', 'cancelled', 'invalid'].map(
  (each) => [each, each] as const,
)
export const opportunityStates = ['open', 'won', 'lost', 'abandoned'].map((each) => [each, each] as const)
