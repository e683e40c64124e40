import { type Reply, unprocessable } from '@groundlevel/contract-kit'
import type { api } from '@groundlevel/contracts'
import type { usersOf } from '../../identity/index.js'

interface Asked {
  readonly emails: string
  readonly deleted: boolean
  readonly skip?: string | number
  readonly limit?: string | number
  readonly projection?: string
}

type Found = Reply<typeof api.users.user.filterByEmail>['users'][number]

const countOf = (name: string, value: string | number | undefined, fallback: number, max: number) => {
  if (value === undefined || value === '') return fallback
  const count = Number(value)
  if (Number.isInteger(count) && count >= 0 && count <= max) return count
  throw unprocessable([`${name} must be a number string from 0 to ${max}`])
}

const always = ['id', 'email']

/** Empty cells are left out; unknown names of the projection name nothing. */
const projected = (user: Readonly<Record<string, unknown>>, projection: string | undefined): Found => {
  const names = (projection ?? '').split(',').map((name) => name.trim())
  const whole = names.includes('all')
  const kept = Object.entries(user).filter(
    ([name, value]) => value !== null && (whole || always.includes(name) || names.includes(name)),
  )
  return Object.fromEntries(kept)
}

/** Users by their addresses, in the projection that was asked for. */
export const filterByEmail = async (users: ReturnType<typeof usersOf>, { emails, deleted, projection, ...slice }: Asked) => {
  const wanted = emails.split(',').map((each) => each.trim().toLowerCase())
  const skip = countOf('skip', slice.skip, 0, 1_000_000)
  const limit = countOf('limit', slice.limit, 25, 1000)
  const { users: items, count } = await users.byEmail(wanted.filter(Boolean), deleted, skip, limit)
  return { users: items.value.map((user) => projected(user, projection)), count }
}
