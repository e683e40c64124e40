import { Stack } from '@mantine/core'
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
    </Stack>
  )
}
