import { forms } from '@groundlevel/contracts'
import { Button, Group, Stack, Tabs, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useParams, useSearchParams } from 'react-router'
import { useAsk } from '../../api.js'
import { Command } from '../../parts/command.js'
import { Id } from '../../parts/identifier.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { Builder } from './builder.js'
import { Submissions } from './submissions.js'
import type { Form } from './words.js'

const Share = ({ url, name }: Form) => (
  <Stack gap="md">
    <Card title="Address" about="Anybody who has it can answer.">
      <Command text={url} what="address of the form" wrap />
    </Card>
    <Card title="Into your website" about="The form appears where you put this.">
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

const tabs = ['build', 'submissions', 'share'] as const

const Tabbed = ({ form }: { form: Form }) => {
  const [search, setSearch] = useSearchParams()
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'build'
  return (
    <Tabs
      value={tab}
      onChange={(next) => setSearch(next === 'build' ? {} : { tab: next ?? '' }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="build">Build</Tabs.Tab>
        <Tabs.Tab value="submissions">Submissions</Tabs.Tab>
        <Tabs.Tab value="share">Share</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="build">
        <Builder key={form.id} row={form} />
      </Tabs.Panel>
      <Tabs.Panel value="submissions">
        <Submissions form={form} />
      </Tabs.Panel>
      <Tabs.Panel value="share">
        <Share {...form} />
      </Tabs.Panel>
    </Tabs>
  )
}

/** One form: its questions, what came in, where it is. */
export const FormPage = () => {
  const { formId = '' } = useParams()
  const found = useAsk(forms.form.get, { formId })
  return (
    <Loaded from={found} what="The form" waiting={<Waiting lines={8} />}>
      {({ form }) => (
        <Page
          title={form.name}
          width={1280}
          about={<Id value={form.id} what="form id" />}
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
          <Tabbed form={form} />
        </Page>
      )}
    </Loaded>
  )
}
