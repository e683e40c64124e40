import type { RouteObject } from 'react-router'
import { lazily } from '../lazily.js'

/** What is booked in a sub-account. */
export const calendars: RouteObject = {
  path: 'calendars',
  handle: { crumb: 'Calendar' },
  children: [
    { index: true, lazy: lazily(() => import('./calendars.js'), 'Calendars') },
    {
      path: 'settings',
      handle: { crumb: 'Calendars' },
      lazy: lazily(() => import('./calendar-settings.js'), 'CalendarSettings'),
    },
  ],
}
