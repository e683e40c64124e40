import { missing } from '@groundlevel/contract-kit'
import type { ContactAppointments, ContactBusinesses, ContactCampaigns } from './ports.js'

/** What is true where an installation has no such room: there is none of it, and whoever names one is told. */
export const noCampaigns: ContactCampaigns = {
  enrol: async () => {
    throw missing('Campaign')
  },
  remove: async () => {
    throw missing('Campaign')
  },
  removeAll: async () => {},
}

export const noBusinesses: ContactBusinesses = { exists: async () => false }

export const noAppointments: ContactAppointments = { ofContact: async () => [] }
