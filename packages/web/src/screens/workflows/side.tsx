import { CloseButton, Drawer, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './canvas.module.css'

interface SideProps {
  readonly title: string
  /** Changes with what is shown: the focus goes to it. */
  readonly about: string
  readonly onClose?: (() => void) | undefined
  /** Below the canvas where there is no room beside it, instead of over it. */
  readonly inPlace?: boolean
  readonly children: ReactNode
}

const firstField = ['input', 'button', 'textarea'].map((name) => `[data-first] ${name}`).join(', ')

/** Beside the canvas where there is room, over it where there is none. */
export const Side = ({ title, about, onClose, inPlace = false, children }: SideProps) => {
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false })
  const box = useRef<HTMLElement>(null)
  const takesFocus = onClose !== undefined
  useEffect(() => {
    if (takesFocus && about) box.current?.querySelector<HTMLElement>(firstField)?.focus()
  }, [about, takesFocus])
  if (isNarrow && onClose && !inPlace)
    return (
      <Drawer opened onClose={onClose} position="right" title={title}>
        {children}
      </Drawer>
    )
  return (
    <section
      ref={box}
      className={classes.side}
      aria-label={title}
      onKeyDown={(event) => {
        // An open list closes first.
        if (
          event.key !== 'Escape' ||
          event.defaultPrevented ||
          (event.target as HTMLElement).getAttribute('aria-expanded') === 'true'
        )
          return
        onClose?.()
      }}
    >
      <div className={classes.sideHead}>
        <Title order={2} fz="md">
          {title}
        </Title>
        {onClose && <CloseButton aria-label="Close" onClick={onClose} />}
      </div>
      <div className={classes.sideBody} data-first>
        {children}
      </div>
    </section>
  )
}
