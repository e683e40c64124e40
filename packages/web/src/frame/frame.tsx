import { AppShell, Box, Burger, Center, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type CSSProperties, useEffect, useRef } from 'react'
import { Navigate, Outlet, ScrollRestoration, useLocation, useParams } from 'react-router'
import { Failure } from '../parts/failure.js'
import { type Account, useSession } from '../session.js'
import { AccountMenu } from './account-menu.js'
import { Bell } from './bell.js'
import { Breadcrumb } from './breadcrumb.js'
import classes from './frame.module.css'
import { Palette } from './palette.js'
import { PlaceSwitcher } from './place-switcher.js'
import { colourOf, entriesOf, usePlaces } from './places.js'
import { Sidebar } from './sidebar.js'

/** After a change of address the focus goes to the content, as it would on a page load. */
const useFocusOnArrival = (pathname: string) => {
  const main = useRef<HTMLDivElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (!first.current && pathname) main.current?.focus({ preventScroll: true })
    first.current = false
  }, [pathname])
  return main
}

const Inside = ({ account }: { account: Account }) => {
  const { pathname } = useLocation()
  const { locationId } = useParams()
  const { places, current } = usePlaces(pathname)
  const [open, { toggle, close }] = useDisclosure(false)
  const main = useFocusOnArrival(pathname)
  const place = { '--place': current ? colourOf(current.kind) : 'transparent' } as CSSProperties
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding="md"
      transitionDuration={100}
      style={place}
    >
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      {/* Its menus open over the left side. */}
      <AppShell.Header zIndex={102}>
        <div className={classes.strip} style={{ background: 'var(--place)' }} />
        <div className={classes.header}>
          <Burger
            opened={open}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={open ? 'Close the menu' : 'Open the menu'}
          />
          <PlaceSwitcher places={places} current={current} />
          <Box visibleFrom="sm" ml="md" style={{ minWidth: 0 }}>
            <Breadcrumb />
          </Box>
          <Box flex={1} />
          <Palette places={places} current={current} />
          {locationId && <Bell key={locationId} locationId={locationId} />}
          <AccountMenu account={account} />
        </div>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--gl-surface)">
        <Sidebar entries={entriesOf(current)} onLeave={close} />
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
        <div className={classes.main}>
          {/* One crumb alone would only say the title twice. */}
          <Box hiddenFrom="sm" mb="sm">
            <Breadcrumb atLeast={2} />
          </Box>
          <Outlet />
        </div>
      </AppShell.Main>
      <ScrollRestoration />
    </AppShell>
  )
}

const Whole = ({ children }: { children: React.ReactNode }) => (
  <Center component="main" mih="100vh" p="md">
    {children}
  </Center>
)

/** Everything under /portal but the doors: nobody sees it without a session. */
export const Frame = () => {
  const session = useSession()
  const { pathname, search } = useLocation()
  if (session.data?.firstRun) return <Navigate to="/portal/first-run" replace />
  if (session.data?.account) return <Inside account={session.data.account} />
  if (session.data) return <Navigate to={`/portal/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />
  return (
    <Whole>
      {session.isError ? (
        <Failure what="Groundlevel could not be reached" problem={session.error} retry={() => void session.refetch()} />
      ) : (
        <Loader size="sm" aria-label="Loading" role="status" />
      )}
    </Whole>
  )
}
