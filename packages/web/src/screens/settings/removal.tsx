import type { ReactNode } from 'react'
import { Confirm } from '../../parts/confirm.js'
import type { Problem } from '../../problem.js'
import { sayDone } from '../developer/save-bar.js'

interface RemovalProps<I> {
  readonly name: string
  /** What `useSend` of the deleting operation gave. */
  readonly send: {
    readonly isPending: boolean
    readonly error: Problem | null
    mutate(input: I, options: { onSuccess: () => void }): void
  }
  readonly input: I
  /** Has to be typed where much is lost. */
  readonly type?: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks, deletes, says so. */
export const Removal = <I,>({ name, send, input, type, onClose, children }: RemovalProps<I>) => (
  <Confirm
    title={`Delete ${name}?`}
    action="Delete"
    {...(type === undefined ? {} : { type })}
    busy={send.isPending}
    problem={send.error}
    onConfirm={() =>
      send.mutate(input, {
        onSuccess: () => {
          sayDone(`${name} is deleted`)
          onClose()
        },
      })
    }
    onClose={onClose}
  >
    {children}
  </Confirm>
)
