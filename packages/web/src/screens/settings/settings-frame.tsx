import { TabsFrame } from '../../parts/tabs-frame.js'

const tabs = [
  ['profile', 'Business profile'],
  ['users', 'Users'],
  ['custom-fields', 'Custom fields'],
  ['custom-values', 'Custom values'],
  ['templates', 'Templates'],
  ['emails', 'E-mail builder'],
  ['tags', 'Tags'],
  ['links', 'Trigger links'],
  ['campaigns', 'Campaigns'],
  ['sending', 'Sending'],
  ['businesses', 'Businesses'],
] as const

/** What can be set in a sub-account, a tab each. */
export const SettingsFrame = () => <TabsFrame label="Settings" tabs={tabs} />
