import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'

interface TabsInAddressProps {
  /** By the word that stands in the address; the first is open where the address says nothing. */
  readonly tabs: Readonly<Record<string, { readonly word: string; readonly shown: ReactNode }>>
}

/** Tabs of a page. The open one stands in the address (`?tab=`), so that a link and a step back lead to it; others are not mounted. */
export const TabsInAddress = ({ tabs }: TabsInAddressProps) => {
  const [search, setSearch] = useSearchParams()
  const [first = ''] = Object.keys(tabs)
  const asked = search.get('tab') ?? ''
  const open = Object.hasOwn(tabs, asked) ? asked : first
  return (
    <Tabs
      value={open}
      onChange={(next) => setSearch(next === first ? {} : { tab: next ?? '' }, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        {Object.entries(tabs).map(([name, { word }]) => (
          <Tabs.Tab key={name} value={name}>
            {word}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {Object.entries(tabs).map(([name, { shown }]) => (
        <Tabs.Panel key={name} value={name}>
          {shown}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
