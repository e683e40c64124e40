import { ActionIcon, Anchor, Badge, Group, Menu, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { Link } from 'react-router'
import { When } from '../../parts/when.js'
import classes from './board.module.css'
import { type Hit, isStatus, type Stage, statusColours, statusNames, useMoney } from './words.js'

export interface CardActs {
  /** The card that the keyboard has picked up. */
  readonly heldId: string | undefined
  readonly onKeys: (row: Hit, event: KeyboardEvent) => void
  readonly onDragStart: (row: Hit) => void
  readonly onDragEnd: () => void
  readonly onMove: (row: Hit, stageId: string) => void
}

interface CardProps extends CardActs {
  readonly row: Hit
  readonly base: string
  readonly stages: readonly Stage[]
  readonly nameOfUser: (id: string) => string
}

/** The way to another stage for who neither drags nor types. */
const MoveMenu = ({ row, stages, onMove }: Pick<CardProps, 'row' | 'stages' | 'onMove'>) => (
  <Menu position="bottom-end" shadow="md">
    <Menu.Target>
      <ActionIcon variant="subtle" color="gray" c="dimmed" size="sm" aria-label={`Move ${row.name}`}>
        <IconDots size={15} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <Menu.Label>Move to</Menu.Label>
      {stages.map((stage) => (
        <Menu.Item key={stage.id} disabled={stage.id === row.pipelineStageId} onClick={() => onMove(row, stage.id)}>
          {stage.name}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
)

/** One opportunity on the board: dragged, carried by the keyboard, or sent by its menu. */
export const OpportunityCard = ({ row, base, stages, nameOfUser, heldId, onKeys, onDragStart, onDragEnd, onMove }: CardProps) => {
  const money = useMoney()
  const status = isStatus(row.status) ? row.status : 'open'
  return (
    <li
      className={classes.card}
      data-held={heldId === row.id || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', row.id ?? '')
        event.dataTransfer.effectAllowed = 'move'
        onDragStart(row)
      }}
      onDragEnd={onDragEnd}
    >
      <Group justify="space-between" wrap="nowrap" gap={4} align="flex-start">
        <Anchor
          component={Link}
          to={`${base}/${row.id}`}
          size="sm"
          fw={500}
          draggable={false}
          id={`card-${row.id}`}
          aria-describedby="board-keys"
          onKeyDown={(event: KeyboardEvent) => onKeys(row, event)}
          className={classes.name}
        >
          {row.name}
        </Anchor>
        <MoveMenu row={row} stages={stages} onMove={onMove} />
      </Group>
      <Text size="xs" c="dimmed" truncate>
        {row.contact?.name || row.contact?.email || row.contact?.phone || 'No name'}
        {row.contact?.companyName && ` · ${row.contact.companyName}`}
      </Text>
      <Group justify="space-between" gap={6} mt={6}>
        <Text size="sm" fw={600}>
          {money(row.monetaryValue)}
        </Text>
        {status !== 'open' && (
          <Badge size="xs" color={statusColours[status]} c="var(--mantine-color-text)">
            {statusNames[status]}
          </Badge>
        )}
        <Text size="xs" c="dimmed" truncate>
          {row.assignedTo ? nameOfUser(row.assignedTo) : row.updatedAt && <When at={row.updatedAt} />}
        </Text>
      </Group>
    </li>
  )
}
