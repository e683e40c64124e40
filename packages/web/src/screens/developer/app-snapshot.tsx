import type { Reply } from '@groundlevel/contract-kit'
import { apps } from '@groundlevel/contracts'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAsk, useSend } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Loaded } from '../../parts/loaded.js'
import { Notice } from '../../parts/notice.js'
import { Card } from '../../parts/page.js'
import { inOrder, kindName } from '../snapshots/words.js'
import { useApp } from './app-frame.js'
import { sayDone } from './save-bar.js'

type Brought = NonNullable<Reply<typeof apps.appSnapshot.get>['snapshot']>

const Held = ({ of }: { of: Brought }) => (
  <Stack gap={4}>
    <Text size="sm">
      <strong>{of.name}</strong>, shared by {of.sharedBy}
    </Text>
    <Text size="sm" c="dimmed">
      {inOrder(Object.keys(of.counts))
        .map((kind) => `${kindName(kind)} ${of.counts[kind]}`)
        .join(' · ')}
    </Text>
  </Stack>
)

const Choose = ({ appId, before }: { appId: string; before: Brought | null }) => {
  const [link, setLink] = useState('')
  const put = useSend(apps.appSnapshot.put, () => {
    setLink('')
    sayDone('The app brings this snapshot from now on')
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate({ appId, body: { shareLink: link.trim() } })
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Share link"
          description="A permanent one, from an agency's Snapshots. It is fixed once the app is installed anywhere."
          placeholder="https://…/?share=…"
          value={link}
          onChange={(change) => setLink(change.currentTarget.value)}
          required
        />
        {put.error && <Failure what="The snapshot was not set" problem={put.error} />}
        <Group>
          <Button type="submit" loading={put.isPending} disabled={link.trim() === ''}>
            {before ? 'Bring this one instead' : 'Bring this snapshot'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What the app sets up in each sub-account that it is installed in. */
export const AppSnapshot = () => {
  const app = useApp()
  const found = useAsk(apps.appSnapshot.get, { appId: app.id })
  const remove = useSend(apps.appSnapshot.remove, () => sayDone('The app brings nothing any more'))
  return (
    <Stack gap="md" maw={860}>
      <title>{`Snapshot of ${app.name} · Groundlevel`}</title>
      <Loaded from={found} what="The snapshot">
        {({ snapshot }) => (
          <>
            <Card
              title="Brought with each install"
              about="What is there by the same name stays as it is."
              actions={
                snapshot && (
                  <Button variant="default" size="xs" loading={remove.isPending} onClick={() => remove.mutate({ appId: app.id })}>
                    Bring nothing
                  </Button>
                )
              }
            >
              {!snapshot && <Empty title="The app brings nothing">Sub-accounts stay as they are when it is installed.</Empty>}
              {snapshot?.gone && (
                <Notice tone="waiting">
                  <Text size="sm">The share link leads nowhere any more, so that the app brings nothing.</Text>
                </Notice>
              )}
              {snapshot && !snapshot.gone && <Held of={snapshot} />}
              {remove.error && <Failure what="It is still brought" problem={remove.error} />}
            </Card>
            <Card title="Choose a snapshot">
              <Choose appId={app.id} before={snapshot} />
            </Card>
          </>
        )}
      </Loaded>
    </Stack>
  )
}
