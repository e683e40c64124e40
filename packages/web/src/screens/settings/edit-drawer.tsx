import { Button, Drawer, Group, Stack } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import type { FormEventHandler, ReactNode } from 'react'
import { FormProblem, markFields } from '../../parts/form-problem.js'
import type { Problem } from '../../problem.js'

type Values = Record<string, unknown>

/** A form whose fields are marked by what the server refuses. */
export const useRecordForm = <T extends Values>(initialValues: T) => {
  const form = useForm<T>({ initialValues })
  const options = { onError: (problem: Problem) => markFields(form as unknown as UseFormReturnType<Values>, problem) }
  return { form, options, names: Object.keys(initialValues) }
}

/** What the drawer reads of a send, whatever it sends. */
interface Sending {
  readonly error: Problem | null
  readonly isPending: boolean
}

interface EditDrawerProps {
  readonly title: string
  /** "The tag was not saved". */
  readonly failed: string
  /** What its button sends: one of these at a time, such as making and changing. */
  readonly sends: readonly Sending[]
  readonly names: readonly string[]
  readonly action?: string
  readonly onSubmit: FormEventHandler<HTMLFormElement>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One thing of a list, made or changed at the side of it. What was typed stays when it is refused. */
export const EditDrawer = ({ title, failed, sends, names, action = 'Save', ...rest }: EditDrawerProps) => (
  <Drawer opened onClose={rest.onClose} position="right" title={title}>
    <form onSubmit={rest.onSubmit} noValidate>
      <Stack gap="md">
        {rest.children}
        <FormProblem what={failed} problem={sends.find(({ error }) => error)?.error ?? null} names={names} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={rest.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={sends.some(({ isPending }) => isPending)}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  </Drawer>
)
