import { Navigate, type RouteObject } from 'react-router'
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
      lazy: lazily(() => import('./settings-frame.js'), 'CalendarSettingsFrame'),
      children: [
        { index: true, element: <Navigate to="list" replace /> },
        { path: 'list', lazy: lazily(() => import('./calendar-settings.js'), 'CalendarSettings') },
        { path: 'groups', lazy: lazily(() => import('./groups.js'), 'CalendarGroups') },
        { path: 'schedules', lazy: lazily(() => import('./schedules.js'), 'Schedules') },
        { path: 'resources', lazy: lazily(() => import('./resources.js'), 'CalendarResources') },
        { path: 'notifications', lazy: lazily(() => import('./notifications.js'), 'CalendarNotifications') },
        { path: 'feeds', lazy: lazily(() => import('./feeds.js'), 'CalendarFeeds') },
      ],
    },
  ],
}
