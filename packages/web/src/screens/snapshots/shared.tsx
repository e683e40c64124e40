import { snapshots } from '@groundlevel/contracts'
import { Button, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { useAsk, useSend } from '../../api.js'
import { Empty } from '../../parts/empty.js'
import { Failure } from '../../parts/failure.js'
import { Loaded } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { When } from '../../parts/when.js'
import { useSession } from '../../session.js'
import { sayDone } from '../developer/save-bar.js'
import classes from './snapshots.module.css'
import { inOrder, kindName, useBase, useCompanyId } from './words.js'

/** Where a share link leads: to the agency of who opened it. */
export const SharedLink = () => {
  const { shareId = '' } = useParams()
  const places = useSession().data?.account?.places ?? []
  const agencies = places.filter(({ kind }) => kind === 'agency')
  const [only] = agencies
  const to = (companyId: string) => `/portal/agency/${companyId}/snapshots/shared/${shareId}`
  if (agencies.length === 1 && only) return <Navigate to={to(only.id)} replace />
  return (
    <Page title="A snapshot is shared with you" width={640}>
      <Card>
        {agencies.length === 0 ? (
          <Empty title="You belong to no agency">
            An agency’s owner or admin takes a snapshot. Open the link signed in as one.
          </Empty>
        ) : (
          <Stack gap="xs">
            <Text size="sm">Which agency takes it?</Text>
            {agencies.map(({ id, name }) => (
              <Button key={id} variant="default" component={Link} to={to(id)}>
                {name}
              </Button>
            ))}
          </Stack>
        )}
      </Card>
    </Page>
  )
}

const Take = ({ shareId, first }: { shareId: string; first: string }) => {
  const companyId = useCompanyId()
  const base = useBase()
  const navigate = useNavigate()
  const [name, setName] = useState(first)
  const take = useSend(snapshots.share.import, ({ snapshot }) => {
    sayDone(`${snapshot.name} is yours`)
    void navigate(`${base}/${snapshot.id}`, { replace: true })
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    take.mutate({ shareId, body: { companyId, name } })
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput label="Name in your agency" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
        {take.error && <Failure what="The copy was not taken" problem={take.error} focus />}
        <Button type="submit" loading={take.isPending}>
          Take a copy
        </Button>
      </Stack>
    </form>
  )
}

/** What a link offers, and the act of taking it. */
export const SharedSnapshot = () => {
  const companyId = useCompanyId()
  const base = useBase()
  const { shareId = '' } = useParams()
  const found = useAsk(snapshots.share.get, { shareId, query: { companyId } })
  if (found.isError && found.error.status === 400)
    return (
      <Page title="A shared snapshot" width={640}>
        <Card>
          <Empty
            title="The link is not good any more"
            action={
              <Button component={Link} to={base} variant="default">
                Your snapshots
              </Button>
            }
          >
            It was revoked, somebody else has taken the one copy, or it is for another agency. Ask who sent it for a new one.
          </Empty>
        </Card>
      </Page>
    )
  return (
    <Loaded from={found} what="The shared snapshot">
      {({ shared }) => (
        <Page
          title={shared.name}
          width={640}
          about={
            <>
              Shared by {shared.sharedBy}, taken <When at={shared.dateAdded} />
            </>
          }
        >
          <Card title="What is in it" flush>
            {inOrder(Object.keys(shared.counts)).map((kind) => (
              <div key={kind} className={classes.row}>
                <Text size="sm" className={classes.grow}>
                  {kindName(kind)}
                </Text>
                <Text size="sm" c="dimmed">
                  {String(shared.counts[kind])}
                </Text>
              </div>
            ))}
          </Card>
          <Card>
            {shared.own ? (
              <Empty title="It is your own">Send the link to another agency, or push the snapshot into your sub-accounts.</Empty>
            ) : (
              <Take shareId={shareId} first={shared.name} />
            )}
          </Card>
        </Page>
      )}
    </Loaded>
  )
}
