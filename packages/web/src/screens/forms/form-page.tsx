import { Button, Group, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Command } from '../../parts/command.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { TabsInAddress } from '../../parts/tabs-in-address.js'
import { Builder } from './builder.js'
import { type AskingKind, formKind, idIn, oneIn, surveyKind } from './kinds.js'
import { Submissions } from './submissions.js'
import type { Form } from './words.js'

const Share = ({ url, name, noun }: Form & Pick<AskingKind, 'noun'>) => (
  <Stack gap="md">
    <Card title="Address" about="Anybody who has it can answer.">
      <Command text={url} what={`address of the ${noun}`} wrap />
    </Card>
    <Card title="Into your website" about={`The ${noun} appears where you put this.`}>
      <Command
        text={`<iframe src="${url}" title="${name.replace(/[&"<>]/g, '')}" width="100%" height="700" style="border:0"></iframe>`}
        what="code to embed"
        wrap
      />
    </Card>
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      A parameter of a question’s key fills it in: {url}?email=ada@mail.example
    </Text>
  </Stack>
)

const AskingPage = ({ kind }: { kind: AskingKind }) => {
  const { id = '' } = useParams()
  const found = useAsk(kind.operations.get, idIn(kind, id))
  return (
    <Loaded from={found} what={`The ${kind.noun}`} waiting={<Waiting lines={8} />}>
      {(reply) => {
        const form = oneIn(kind, reply)
        return (
          <Page
            title={form.name}
            width={1280}
            about={<Id value={form.id} what={`${kind.noun} id`} />}
            actions={
              <Group>
                <Button
                  component="a"
                  href={form.url}
                  target="_blank"
                  rel="noreferrer noopener"
                  variant="default"
                  leftSection={<IconExternalLink size={16} />}
                >
                  Open the page
                </Button>
              </Group>
            }
          >
            <TabsInAddress
              tabs={{
                build: { word: 'Build', shown: <Builder key={form.id} row={form} kind={kind} /> },
                submissions: { word: 'Submissions', shown: <Submissions form={form} kind={kind} /> },
                share: { word: 'Share', shown: <Share {...form} noun={kind.noun} /> },
              }}
            />
          </Page>
        )
      }}
    </Loaded>
  )
}

/** One form: its questions, what came in, where it is. */
export const FormPage = () => <AskingPage kind={formKind} />

/** The same of a survey. */
export const SurveyPage = () => <AskingPage kind={surveyKind} />
