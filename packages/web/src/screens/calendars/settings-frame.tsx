import { TabsFrame } from '../../parts/tabs-frame.js'

/** What calendars are made of. */
export const CalendarSettingsFrame = () => (
  <TabsFrame
    label="Settings of calendars"
    tabs={[
      ['list', 'Calendars'],
      ['groups', 'Groups'],
      ['schedules', 'Schedules'],
      ['resources', 'Rooms and equipment'],
      ['notifications', 'Notifications'],
      ['feeds', 'Feeds'],
    ]}
  />
)
