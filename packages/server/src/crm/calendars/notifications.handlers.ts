import { found } from '@groundlevel/contract-kit'
import { api } from '@groundlevel/contracts'
import { implement } from '../../http/implement.js'
import { newHexId } from '../../ids.js'
import { calendarsOf } from './calendars.sql.js'
import { notificationsOf } from './notifications.sql.js'

const named = (found: boolean) => (found ? true : undefined)

export const notificationHandlers = () =>
  implement(
    api.calendars.notifications,
    ({ db, locationId }, { calendarId = '' }) => ({
      calendars: calendarsOf(db, locationId),
      notifications: notificationsOf(db, locationId, calendarId),
    }),
    {
      list: async ({ calendarId, query }, { calendars, notifications }) => {
        found(await calendars.find(calendarId), 'Calendar')
        return notifications.list(query)
      },

      create: async ({ calendarId, body }, { calendars, notifications, now }) => {
        found(await calendars.hold(calendarId), 'Calendar')
        return notifications.add(
          body.notifications.map((fields) => ({ id: newHexId(), fields })),
          now,
        )
      },

      get: async ({ notificationId }, { notifications }) => found(await notifications.find(notificationId), 'Notification'),

      update: async ({ notificationId, body }, { notifications }) => {
        found(named(await notifications.change(notificationId, body)), 'Notification')
        return { message: 'Notification updated successfully' }
      },

      remove: async ({ notificationId }, { notifications }) => {
        found(named(await notifications.change(notificationId, { deleted: true })), 'Notification')
        return { message: 'Notification deleted successfully' }
      },
    },
  )
