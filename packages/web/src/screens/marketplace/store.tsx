import type { Reply } from '@groundlevel/contract-kit'
import { store } from '@groundlevel/contracts'
import { Badge, Button, Group, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useAsk } from '../../api.js'
import { AppLogo } from '../../parts/app-logo.js'
import { Empty } from '../../parts/empty.js'
import { FilterChips } from '../../parts/filter-chips.js'
import { Loaded, Waiting } from '../../parts/loaded.js'
import { Card, Page } from '../../parts/page.js'
import { targetNames } from '../developer/words.js'
import classes from './marketplace.module.css'

type Listing = Reply<typeof store.listings.list>['apps'][number]

const ListingCard = ({ app }: { app: Listing }) => (
  <Link to={`/portal/store/${app.id}`} className={classes.card}>
    <div className={classes.cardHead}>
      <AppLogo logo={app.logo} name={app.name} size={40} />
      <div style={{ minWidth: 0 }}>
        <Text fw={600} size="sm" truncate>
          {app.name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {app.companyName}
        </Text>
      </div>
    </div>
    <Text size="sm" lineClamp={2} flex={1}>
      {app.tagline}
    </Text>
    <Group gap={6}>
      <Badge size="sm" color="gray" c="dimmed">
        {targetNames[app.targetUser]}
      </Badge>
      {app.categories.map((category) => (
        <Badge key={category} size="sm" color="gray" c="dimmed">
          {category}
        </Badge>
      ))}
    </Group>
  </Link>
)

/** The public apps. The search and the category are the address. */
export const Store = () => {
  const [search, setSearch] = useSearchParams()
  const [typed, setTyped] = useState(search.get('query') ?? '')
  const [query] = useDebouncedValue(typed.trim(), 200)
  const category = search.get('category') ?? ''
  const found = useAsk(store.listings.list, { query: { query, category } }, { keep: true })
  const choose = (value: string) => setSearch(value ? { category: value } : {}, { replace: true })
  return (
    <Page title="Store" about="Apps for your agency and its sub-accounts.">
      <TextInput
        aria-label="Search the store"
        placeholder="Search apps"
        leftSection={<IconSearch size={16} />}
        maw={420}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded from={found} what="The store" waiting={<Waiting lines={3} height={90} />}>
        {({ apps, categories }) => (
          <>
            {categories.length > 0 && (
              <FilterChips
                label="Category"
                value={category}
                onChange={choose}
                options={[{ value: '', label: 'All' }, ...categories.map((value) => ({ value, label: value }))]}
              />
            )}
            {apps.length > 0 ? (
              <ul className={classes.cards}>
                {apps.map((app) => (
                  <li key={app.id}>
                    <ListingCard app={app} />
                  </li>
                ))}
              </ul>
            ) : (
              <Card>
                {query || category ? (
                  <Empty
                    title="No app matches"
                    action={
                      <Button
                        variant="default"
                        onClick={() => {
                          setTyped('')
                          choose('')
                        }}
                      >
                        Show all apps
                      </Button>
                    }
                  >
                    Try fewer words or another category. Private apps are in no list: open them by their link.
                  </Empty>
                ) : (
                  <Empty title="The store is empty">
                    Public apps appear here as soon as a developer creates them. Private ones open by their link.
                  </Empty>
                )}
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}
