import { TabsFrame } from '../../parts/tabs-frame.js'

/** What works by itself, a tab each. */
export const AutomationFrame = () => (
  <TabsFrame
    label="Automation"
    tabs={[
      ['workflows', 'Workflows'],
      ['forms', 'Forms'],
      ['surveys', 'Surveys'],
    ]}
  />
)
