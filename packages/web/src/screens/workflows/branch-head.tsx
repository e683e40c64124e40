import { ActionIcon, Group, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { textOf } from '../contacts/words.js'
import type { InputProps } from './inputs.js'
import type { Part } from './words.js'

interface BranchHeadProps extends Pick<InputProps, 'set'> {
  readonly at: number
  readonly branches: readonly Part[]
  readonly placeholder: string
  /** False: the last one stays. */
  readonly removable?: boolean
}

/** Changes one of the branches of a step; `about` names the field, for undoing by the word. */
export const putBranch =
  ({ at, branches, set }: Pick<BranchHeadProps, 'at' | 'branches' | 'set'>) =>
  (values: Part, about?: string) =>
    set({ branches: branches.map((each, index) => (index === at ? { ...each, ...values } : each)) }, about && `${about} ${at}`)

/** The name of a branch, and the end of it. */
export const BranchHead = ({ at, branches, set, placeholder, removable = true }: BranchHeadProps) => (
  <Group gap={4} wrap="nowrap" align="flex-end">
    <TextInput
      size="xs"
      flex={1}
      label={`Branch ${at + 1}`}
      placeholder={placeholder}
      value={textOf(branches[at]?.name)}
      onChange={(event) => putBranch({ at, branches, set })({ name: event.currentTarget.value }, 'name')}
    />
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      aria-label={`Remove branch ${at + 1} and its steps`}
      disabled={!removable}
      onClick={() => set({ branches: branches.filter((_, index) => index !== at) })}
    >
      <IconTrash size={15} />
    </ActionIcon>
  </Group>
)
