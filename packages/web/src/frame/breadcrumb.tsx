import { Anchor } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { Link, useMatches } from 'react-router'
import classes from './frame.module.css'

const crumbOf = (handle: unknown): ReactNode => (handle as { crumb?: ReactNode } | undefined)?.crumb

/** Where am I: the crumbs that the matched routes name. */
export const Breadcrumb = ({ atLeast = 1 }: { atLeast?: number }) => {
  const named = useMatches().filter((match) => crumbOf(match.handle) !== undefined)
  if (named.length < atLeast) return null
  return (
    <nav aria-label="Breadcrumb" style={{ minWidth: 0 }}>
      <ol className={classes.crumbs}>
        {named.map((match, index) => (
          <li key={match.id} aria-current={index === named.length - 1 ? 'page' : undefined}>
            {index === named.length - 1 ? (
              <Suspense fallback="…">{crumbOf(match.handle)}</Suspense>
            ) : (
              <Anchor component={Link} to={match.pathname} size="sm" c="dimmed">
                <Suspense fallback="…">{crumbOf(match.handle)}</Suspense>
              </Anchor>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
