import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { Confirm } from './confirm.js'

/** Asks before a page is left on which something was not saved; a change of the address's parameters stays on the page. */
export const LeaveGuard = ({ dirty, what }: { dirty: boolean; what: string }) => {
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  if (blocker.state !== 'blocked') return null
  return (
    <Confirm
      title="Leave without saving?"
      action="Leave"
      cancel="Stay here"
      busy={false}
      problem={null}
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    >
      {what} has changes that are not saved. They are lost when you leave.
    </Confirm>
  )
}
