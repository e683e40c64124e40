import { apps, consent } from '@groundlevel/contracts'
import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Failure } from '../../parts/failure.js'
import { ScopeList } from '../../parts/scope-list.js'
import { Brought } from '../snapshots/brought.js'
import { AccountChooser } from './account-chooser.js'
import { type Decision, decisionOf, firstChoice, type Interaction, inWords, missingIn } from './choice.js'
import classes from './consent.module.css'
import { Part } from './sheet.js'

const questions = {
  company: 'For which agency?',
  location: 'For which sub-account?',
  bulk: 'For which sub-accounts?',
} as const

const Asker = ({ app }: Pick<Interaction, 'app'>) => (
  <div className={classes.asker}>
    <AppLogo logo={app.logo} name={app.name} size={52} />
    <div style={{ minWidth: 0 }}>
      <Title order={1}>{app.name} wants access</Title>
      <Group gap={6}>
        <Text size="sm" c="dimmed">
          by {app.developerName}
        </Text>
        {/* Nobody has reviewed an app before reviews exist: to say less would be a promise. */}
        <Badge size="sm" color="gray" c="dimmed">
          Not verified
        </Badge>
        {app.appType === 'private' && (
          <Badge size="sm" color="gray" c="dimmed">
            Private app
          </Badge>
        )}
      </Group>
    </div>
  </div>
)

/** Groups of the catalogue that the app asks nothing of, and what no app ever gets. */
const NotGiven = ({ interaction }: { interaction: Interaction }) => {
  const catalogue = useAsk(apps.reference.scopes, {})
  const asked = new Set(interaction.scopes.map((scope) => scope.group))
  const others = [...new Set((catalogue.data?.scopes ?? []).map((scope) => scope.group))].filter((group) => !asked.has(group))
  return (
    <ul className={classes.not}>
      <li>Your password</li>
      <li>{interaction.chooser === 'company' ? 'Other agencies' : 'Sub-accounts that you do not choose'}</li>
      {others.length > 0 && <li>Anything of: {others.join(', ')}</li>}
    </ul>
  )
}

interface DecisionBarProps {
  readonly missing: string
  readonly refused: boolean
  readonly busy: Decision['action'] | undefined
  readonly onDecide: (action: Decision['action']) => void
}

const DecisionBar = ({ missing, refused, busy, onDecide }: DecisionBarProps) => {
  const blocked = refused || missing !== '' || busy !== undefined
  return (
    <div className={classes.buttons}>
      {!refused && (
        <Button size="md" loading={busy === 'allow'} disabled={blocked} onClick={() => onDecide('allow')}>
          Allow
        </Button>
      )}
      <Button
        size="md"
        variant="default"
        loading={busy === 'deny'}
        disabled={busy !== undefined}
        onClick={() => onDecide('deny')}
      >
        Cancel
      </Button>
      {!refused && (
        <Button size="md" variant="default" loading={busy === 'show'} disabled={blocked} onClick={() => onDecide('show')}>
          Allow and show me the code
        </Button>
      )}
    </div>
  )
}

/** Who asks, for which account, for what, and where it ends. The server's row decides; this page only shows it. */
export const Request = ({ interaction }: { interaction: Interaction }) => {
  const [chosen, setChosen] = useState(() => firstChoice(interaction))
  const [action, setAction] = useState<Decision['action']>()
  const decide = useSend(consent.interactions.decide, ({ redirectTo }) => window.location.assign(redirectTo))
  const refused = interaction.refusal !== ''
  const missing = refused ? '' : missingIn(chosen, interaction)
  const send = (wanted: Decision['action']) => {
    setAction(wanted)
    decide.mutate(
      { interactionId: interaction.id, body: decisionOf(wanted, chosen, interaction) },
      { onError: () => setAction(undefined) },
    )
  }
  return (
    <>
      <Part label="Who asks">
        <Asker app={interaction.app} />
      </Part>
      {refused ? (
        <Part label="Why not">
          <Group gap="sm" wrap="nowrap" align="flex-start" role="alert">
            <IconInfoCircle size={20} aria-hidden style={{ flex: 'none' }} />
            <div>
              <Title order={2}>You cannot add this app</Title>
              <Text size="sm">{interaction.refusal}</Text>
            </div>
          </Group>
        </Part>
      ) : (
        <>
          <Part label="Account">
            <Stack gap="sm">
              <Title order={2}>{questions[interaction.chooser]}</Title>
              <AccountChooser interaction={interaction} chosen={chosen} onChange={setChosen} />
            </Stack>
          </Part>
          <Part label="Access">
            <Stack gap="sm">
              <Title order={2}>{interaction.app.name} will be able to</Title>
              <ScopeList scopes={interaction.scopes} />
              {interaction.snapshot && (
                <>
                  <Title order={2} mt="xs">
                    It brings
                  </Title>
                  <Brought snapshot={interaction.snapshot} targetUser={interaction.app.targetUser} />
                </>
              )}
              <Title order={2} mt="xs">
                It will not get
              </Title>
              <NotGiven interaction={interaction} />
            </Stack>
          </Part>
        </>
      )}
      <div className={`${classes.part} ${classes.decision}`}>
        <Stack gap="sm">
          {decide.error && <Failure what="Your decision was not taken" problem={decide.error} focus />}
          <Text size="sm" c="dimmed" role="status">
            {refused
              ? 'Cancel takes you back to the app.'
              : missing || (
                  <>
                    For <b>{inWords(chosen, interaction)}</b>. Allow takes you to <b>{interaction.redirectHost}</b>.
                  </>
                )}
          </Text>
          <DecisionBar missing={missing} refused={refused} busy={action} onDecide={send} />
        </Stack>
      </div>
    </>
  )
}
