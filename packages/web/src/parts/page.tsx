import { Text, Title } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'
import classes from './parts.module.css'

interface PageProps {
  readonly title: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  readonly width?: number
  readonly children: ReactNode
}

const usualPx = 1080

/** A narrow screen begins where the others do: nothing jumps from one to the next. */
const contentWidth = (width: number) => ({ '--page-content': `${width}px` }) as CSSProperties

/** A screen: its title (in the tab too), one line about it, its actions, its content. */
export const Page = ({ title, about, actions, width = 1080, children }: PageProps) => (
  <div className={classes.page} style={{ maxWidth: Math.max(width, usualPx), ...contentWidth(width) }}>
    <title>{`${title} · Groundlevel`}</title>
    <div className={classes.pageHead}>
      <div style={{ minWidth: 0 }}>
        <Title order={1}>{title}</Title>
        {about && (
          <Text size="sm" c="dimmed" component="div" maw={680}>
            {about}
          </Text>
        )}
      </div>
      {actions}
    </div>
    {children}
  </div>
)

interface CardProps {
  readonly title?: string
  readonly about?: ReactNode
  readonly actions?: ReactNode
  /** Lists and tables bring their own padding. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A bordered block of a screen. */
export const Card = ({ title, about, actions, flush = false, children }: CardProps) => (
  <section className={classes.card} aria-label={title}>
    {title && (
      <div className={classes.cardHead}>
        <div>
          <Title order={2} fz="md">
            {title}
          </Title>
          {about && (
            <Text size="sm" c="dimmed" component="div" maw={640}>
              {about}
            </Text>
          )}
        </div>
        {actions}
      </div>
    )}
    <div className={flush ? undefined : classes.cardBody}>{children}</div>
  </section>
)
