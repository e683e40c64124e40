import { Anchor } from '@mantine/core'
import { Link } from 'react-router'
import { useLocationId } from '../contacts/words.js'
import classes from './canvas.module.css'
import { piecesOf } from './pieces.js'

const tabs: Readonly<Record<string, string>> = { task: 'tasks', message: 'messages', note: 'notes' }

const addressOf = (kind: string, id: string, base: string, contactId: string): string => {
  if (kind === 'opportunity') return `${base}/opportunities/${id}`
  if (kind === 'workflow') return `${base}/automation/workflows/${id}`
  return `${base}/contacts/${contactId}?tab=${tabs[kind]}`
}

interface ToldProps {
  readonly reason: string
  /** Whose way it is; nobody's on trial. */
  readonly contactId: string | undefined
}

/** Why a step ended as it did; what it made is a click away. */
export const Told = ({ reason, contactId }: ToldProps) => {
  const base = `/portal/sub-account/${useLocationId()}`
  return piecesOf(reason).map(({ text, kind }, at) =>
    kind && contactId ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes its order
      <Anchor key={at} component={Link} to={addressOf(kind, text, base, contactId)} className={classes.record ?? ''}>
        {text}
      </Anchor>
    ) : (
      text
    ),
  )
}
