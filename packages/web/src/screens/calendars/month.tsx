import { Anchor, Text, VisuallyHidden } from '@mantine/core'
import classes from './calendar.module.css'
import type { OnDay } from './use-events.js'
import { longDay, weekday, weekOf } from './wall.js'
import { EventButton } from './week.js'

const shownADay = 3

interface MonthProps {
  readonly days: readonly string[]
  readonly month: string
  readonly parts: readonly OnDay[]
  readonly today: string
  readonly onOpen: (part: OnDay) => void
  readonly onDay: (day: string) => void
}

/** Six weeks, with the first few of each day. */
export const Month = ({ days, month, parts, today, onOpen, onDay }: MonthProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
  <div className={classes.scroll} tabIndex={0} role="group" aria-label="Appointments by day">
    <div className={classes.month}>
      {weekOf(days[0] ?? today).map((day) => (
        <div key={day} className={classes.head} aria-hidden>
          {weekday(day)}
        </div>
      ))}
      {days.map((day) => {
        const mine = parts.filter((part) => part.day === day).sort((a, b) => a.from - b.from)
        return (
          <div key={day} className={classes.cell} data-other={day.slice(0, 7) !== month.slice(0, 7) || undefined}>
            <Anchor
              component="button"
              type="button"
              c="var(--mantine-color-text)"
              className={classes.number}
              data-today={day === today || undefined}
              onClick={() => onDay(day)}
            >
              <span aria-hidden>{Number(day.slice(8))}</span>
              <VisuallyHidden>{longDay(day)}</VisuallyHidden>
            </Anchor>
            {mine.slice(0, shownADay).map((part) => (
              <EventButton key={`${part.id} ${part.day}`} part={part} onOpen={onOpen} />
            ))}
            {mine.length > shownADay && (
              <Text size="xs" c="dimmed">
                and {mine.length - shownADay} more
              </Text>
            )}
          </div>
        )
      })}
    </div>
  </div>
)
