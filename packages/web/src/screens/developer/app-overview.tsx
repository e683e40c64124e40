import { Stack } from '@mantine/core'
import { Command } from '../../parts/command.js'
import { Card } from '../../parts/page.js'
import { useApp } from './app-frame.js'
import { Checklist } from './checklist.js'
import { useProgress } from './checklist-progress.js'

/** What is done and what comes next, watched while it is open. */
export const AppOverview = () => {
  const app = useApp()
  const progress = useProgress(app)
  const done = progress.filter((step) => step.done).length
  return (
    <Stack gap="md">
      <title>{`${app.name} · Groundlevel`}</title>
      <Card
        flush
        title={done === progress.length ? 'Your app works from end to end' : 'From here to a verified webhook'}
        about={`${done} of ${progress.length} steps done. Each step notices by itself when it is.`}
      >
        <Checklist steps={progress} />
      </Card>
      <Card
        title="Link to its page"
        about={
          app.appType === 'private'
            ? 'A private app is in no list: whoever has this link can open it.'
            : 'Send people here to add the app.'
        }
      >
        <Command text={`${window.location.origin}/portal/store/${app.id}`} what="link to the app’s page" />
      </Card>
    </Stack>
  )
}
