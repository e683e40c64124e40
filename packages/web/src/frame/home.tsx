import { Navigate, useLocation } from 'react-router'
import { Empty } from '../parts/empty.js'
import { homeOf, usePlaces } from './places.js'

/** `/portal` leads to where the person was last, or to their first place. */
export const Home = () => {
  const { current } = usePlaces(useLocation().pathname)
  if (current) return <Navigate to={homeOf(current)} replace />
  return (
    <Empty order={1} title="You belong to no place yet">
      Ask the owner of an agency to add you, or sign up as a developer with another e-mail address.
    </Empty>
  )
}
