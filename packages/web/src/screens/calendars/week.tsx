import { VisuallyHidden } from '@mantine/core'
import { type CSSProperties, type DragEvent, type MouseEvent, useEffect, useRef } from 'react'
import classes from './calendar.module.css'
import { gone, type OnDay, statusNames } from './use-events.js'
import { clockOf, dayOf, hourOf, inLanes, longDay, shortDay } from './wall.js'

const hourPx = 44
const pxOf = (minutes: number) => (minutes / 60) * hourPx
/** Where the day is looked at first. */
const firstHour = 8
const stepMinutes = 15
/** What is dragged is one of ours. */
const held = 'application/x-groundlevel-appointment'

interface EventProps {
  readonly part: OnDay
  readonly style?: CSSProperties
  readonly onOpen: (part: OnDay) => void
  /** Absent: it stays where it is. */
  readonly onDragStart?: ((event: DragEvent<HTMLButtonElement>) => void) | undefined
}

/** One appointment or blocked time, as a button that opens it. */
export const EventButton = ({ part, style, onOpen, onDragStart }: EventProps) => {
  const { event, blocked, from, to, day } = part
  const what = blocked ? event.title || 'Blocked' : event.title
  const status = statusNames[event.appointmentStatus ?? '']
  return (
    <button
      type="button"
      draggable={onDragStart !== undefined}
      onDragStart={onDragStart}
      className={classes.event}
      style={{ ...style, ...(part.colour ? ({ '--event': part.colour } as CSSProperties) : {}) }}
      data-blocked={blocked || undefined}
      data-gone={(!blocked && gone(event)) || undefined}
      onClick={(click) => {
        click.stopPropagation()
        onOpen(part)
      }}
    >
      {clockOf(from)} {what}
      <VisuallyHidden>
        {`, to ${clockOf(to)} on ${longDay(day)}${blocked ? ', blocked' : status ? `, ${status}` : ''}`}
      </VisuallyHidden>
    </button>
  )
}

interface DaysProps {
  readonly days: readonly string[]
  readonly parts: readonly OnDay[]
  readonly now: { readonly day: string; readonly minutes: number }
  readonly onOpen: (part: OnDay) => void
  /** A free place was pressed. */
  readonly onBook: (day: string, minutes: number) => void
  /** An appointment was put elsewhere. */
  readonly onMove: (id: string, day: string, minutes: number) => void
}

/** Where it was taken hold of stays under the pointer. */
const grab = (id: string) => (event: DragEvent<HTMLButtonElement>) => {
  const grip = event.clientY - event.currentTarget.getBoundingClientRect().top
  event.dataTransfer.setData(held, `${id} ${grip}`)
  event.dataTransfer.effectAllowed = 'move'
}

const isMovable = ({ blocked, event, day }: OnDay) => !blocked && !gone(event) && day === dayOf(event.startTime)

const Day = ({ day, parts, now, onOpen, onBook, onMove }: Omit<DaysProps, 'days'> & { day: string }) => {
  const book = (event: MouseEvent<HTMLDivElement>) => {
    const minutes = ((event.clientY - event.currentTarget.getBoundingClientRect().top) / hourPx) * 60
    onBook(day, Math.floor(minutes / stepMinutes) * stepMinutes)
  }
  const over = (event: DragEvent<HTMLDivElement>) => {
    if (!event.dataTransfer.types.includes(held)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'move'
  }
  const drop = (event: DragEvent<HTMLDivElement>) => {
    const [id, grip = '0'] = event.dataTransfer.getData(held).split(' ')
    if (!id) return
    event.preventDefault()
    const px = event.clientY - Number(grip) - event.currentTarget.getBoundingClientRect().top
    const minutes = Math.round(((px / hourPx) * 60) / stepMinutes) * stepMinutes
    onMove(id, day, Math.min(Math.max(minutes, 0), 1440 - stepMinutes))
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button New appointment does the same by the keyboard
    // biome-ignore lint/a11y/noStaticElementInteractions: pressing a free place is a short way for a pointer only
    <div className={classes.day} onClick={book} onDragOver={over} onDrop={drop}>
      {now.day === day && <div className={classes.now} style={{ top: pxOf(now.minutes) }} />}
      {inLanes(parts.filter((part) => part.day === day)).map(({ of, lane, lanes }) => (
        <EventButton
          key={`${of.id} ${of.day}`}
          part={of}
          onOpen={onOpen}
          onDragStart={isMovable(of) ? grab(of.id) : undefined}
          style={{
            top: pxOf(of.from) + 1,
            height: Math.max(pxOf(of.to - of.from) - 2, 18),
            insetInlineStart: `${(lane / lanes) * 100}%`,
            width: `calc(${100 / lanes}% - 3px)`,
          }}
        />
      ))}
    </div>
  )
}

/** Days beside each other with their hours. */
export const Days = ({ days, ...rest }: DaysProps) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (box.current) box.current.scrollTop = pxOf(firstHour * 60) - 12
  }, [])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus
    <div className={classes.scroll} ref={box} tabIndex={0} role="group" aria-label="Appointments by hour">
      <div className={classes.week} style={{ '--days': days.length } as CSSProperties}>
        <div className={classes.head} />
        {days.map((day) => (
          <div key={day} className={classes.head} data-today={day === rest.now.day || undefined}>
            {shortDay(day)}
          </div>
        ))}
        <div className={classes.hours} aria-hidden>
          {Array.from({ length: 23 }, (_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number
            <span key={at} style={{ top: pxOf((at + 1) * 60) }}>
              {hourOf(at + 1)}
            </span>
          ))}
        </div>
        {days.map((day) => (
          <Day key={day} day={day} {...rest} />
        ))}
      </div>
    </div>
  )
}
