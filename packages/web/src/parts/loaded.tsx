import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Problem } from '../problem.js'
import { Failure } from './failure.js'

/** Grey lines in the shape of a list. */
export const Waiting = ({ lines = 5, height = 20 }: { lines?: number; height?: number }) => (
  <Stack gap="sm" p="md" aria-busy="true">
    <VisuallyHidden role="status">Loading</VisuallyHidden>
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
      <Skeleton key={line} height={height} width={line === lines - 1 ? '60%' : '100%'} />
    ))}
  </Stack>
)

interface LoadedProps<T> {
  readonly from: UseQueryResult<T, Problem>
  /** What is being loaded, as the subject of "… could not be loaded". */
  readonly what: string
  readonly waiting?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** An answer in its three states: on the way, failed, there. An old answer stays while a new one is on the way. */
export const Loaded = <T,>({ from, what, waiting, children }: LoadedProps<T>) => {
  if (from.data !== undefined) return children(from.data)
  if (from.isError) return <Failure what={`${what} could not be loaded`} problem={from.error} retry={() => void from.refetch()} />
  return waiting ?? <Waiting />
}
