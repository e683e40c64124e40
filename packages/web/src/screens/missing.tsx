import { Button } from '@mantine/core'
import { isRouteErrorResponse, Link, useRouteError } from 'react-router'
import { Empty } from '../parts/empty.js'

const goHome = (
  <Button component={Link} to="/portal" variant="default">
    Go to the portal
  </Button>
)

/** An address that leads nowhere. */
export const Missing = ({ inside = false }: { inside?: boolean }) => {
  const shown = (
    <Empty order={1} title="There is no such page" action={goHome}>
      <title>Not found · Groundlevel</title>
      The address may be mistyped, or the thing it named may be gone. Press ⌘K in the portal to look it up.
    </Empty>
  )
  return inside ? shown : <main>{shown}</main>
}

const reload = (
  <Button variant="default" onClick={() => window.location.reload()}>
    Load the page again
  </Button>
)

/** A screen that could not be shown: nearly always a new build replaced the files that this page still asks for. */
export const Broken = ({ inside = false }: { inside?: boolean }) => {
  const error = useRouteError()
  const said = isRouteErrorResponse(error) ? error.statusText : error instanceof Error ? error.message : String(error)
  const shown = (
    <Empty order={1} title="This screen could not be shown" action={reload}>
      {said} If Groundlevel was updated a moment ago, loading the page again is all it needs.
    </Empty>
  )
  return inside ? shown : <main>{shown}</main>
}
