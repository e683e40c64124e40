import { Text } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import classes from './parts.module.css'

interface NoticeProps {
  readonly tone: 'bad' | 'waiting' | 'accent'
  readonly title?: string
  readonly role?: 'alert'
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
}

/** Something to read before going on. Its weight comes from words and place; the colour is a line at its side. */
export const Notice = ({ tone, title, role, children, ref }: NoticeProps) => (
  <div ref={ref} tabIndex={-1} role={role} className={classes.notice} data-tone={tone}>
    {title && (
      <Text fw={600} size="sm" mb={4}>
        {title}
      </Text>
    )}
    {children}
  </div>
)
