import { apiModule } from '@groundlevel/contract-kit'

export const calendars = apiModule({ name: 'calendars', version: '2021-04-15', actors: ['location'], scope: 'calendars' })

export const groups = apiModule({ ...calendars, scope: 'calendars/groups', reaches: 'none' })
export const events = apiModule({ ...calendars, scope: 'calendars/events' })
export const resources = apiModule({ ...calendars, scope: 'calendars/resources', reaches: 'none' })
