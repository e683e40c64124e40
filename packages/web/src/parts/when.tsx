import { Tooltip } from '@mantine/core'
import { useNow } from '../clock.js'
import { ago } from './ago.js'

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'long' })

/** A point in time: relative, with the exact one in the person's own zone on hover. */
export const When = ({ at }: { at: string }) => {
  const now = useNow(10_000)
  const atMs = Date.parse(at)
  const title = Number.isNaN(atMs) ? at : exact.format(atMs)
  return (
    <Tooltip label={title}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {Number.isNaN(atMs) ? at : ago(atMs, now)}
      </time>
    </Tooltip>
  )
}
